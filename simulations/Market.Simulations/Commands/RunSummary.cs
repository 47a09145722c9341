using System.Text.Json;
using Market.Silo.Commands.Audit;
using Market.Simulations.Running;

namespace Market.Simulations.Commands;

/// <summary>What a run came to: for people a table of the strategies, else JSON, an object a line.</summary>
internal static class RunSummary
{
    /// <summary>Writes it.</summary>
    public static void Write(RunReport report, TextWriter to, bool isJson)
    {
        if (isJson)
        {
            WriteJson(report, to);
            return;
        }

        var totals = report.Totals;
        WriteTable(report, to);
        var plan = report.Setup.Plan;
        to.WriteLine(Text($"{totals.Negotiations:N0} negotiations, {totals.Agreements:N0} agreements, ")
            + Text($"{totals.Offers:N0} offers; seed {plan.Settings.Seed}"));
        if (plan.RepetitionsLeftOut > 0)
        {
            to.WriteLine(Text($"{plan.RepetitionsLeftOut:N0} repetitions were left out: ")
                + "strategies without chance do the same each time.");
        }

        if (totals.Strategies.Sum(static strategy => strategy.LeftOut) is > 0 and var leftOut)
        {
            to.WriteLine(Text($"Mean utilities leave out {leftOut:N0} seats without agreement whose reservation value ")
                + "is −∞; advantage is not defined there either.");
        }

        WriteFailures(totals, to);
        to.WriteLine(Text($"{report.Negotiations:N0} of them now, in {report.Elapsed.TotalSeconds:N2} s: ")
            + Text($"{report.NegotiationsPerSecond:N0} negotiations and {report.OffersPerSecond:N0} offers a second, ")
            + Text($"{report.Parallel} at once"));
        if (report.Folder is { } folder)
        {
            to.WriteLine($"Results are in {folder}.");
        }
    }

    private static void WriteTable(RunReport report, TextWriter to)
    {
        var table = AuditConsole.NewTable(
            "strategy", "seats", "agreed", "utility", "advantage", "self-play: agreed", "utility");
        foreach (var strategy in report.Totals.Strategies
            .OrderByDescending(strategy => strategy.Advantage ?? double.NegativeInfinity)
            .ThenBy(strategy => strategy.Name, StringComparer.Ordinal))
        {
            table.Add(
                strategy.Name,
                Text($"{strategy.Seats:N0}"),
                Percent(strategy.AgreementRate),
                Number(strategy.Utility),
                Number(strategy.Advantage),
                Percent(strategy.SelfAgreementRate),
                Number(strategy.SelfUtility));
        }

        AuditConsole.Over(to).Write(table);
    }

    private static void WriteFailures(RunTotals totals, TextWriter to)
    {
        if (totals.Failed == 0)
        {
            return;
        }

        to.WriteLine(Text(
            $"{totals.Failed:N0} negotiations were ended by a strategy's failure, and count as without agreement:"));
        foreach (var (failure, times) in totals.Failures)
        {
            to.WriteLine(Text($"  {times:N0} × {failure}"));
        }
    }

    private static void WriteJson(RunReport report, TextWriter to)
    {
        var totals = report.Totals;
        to.WriteLine(JsonSerializer.Serialize(new
        {
            kind = "run",
            complete = report.IsComplete,
            folder = report.Folder,
            seed = report.Setup.Plan.Settings.Seed,
            negotiations = totals.Negotiations,
            agreements = totals.Agreements,
            offers = totals.Offers,
            failed = totals.Failed,
            repetitionsLeftOut = report.Setup.Plan.RepetitionsLeftOut,
            parallel = report.Parallel,
            session = new
            {
                negotiations = report.Negotiations,
                seconds = Math.Round(report.Elapsed.TotalSeconds, 4),
                negotiationsPerSecond = Math.Round(report.NegotiationsPerSecond, 1),
                offersPerSecond = Math.Round(report.OffersPerSecond, 1),
                firstResultSeconds = report.FirstResult is { } first
                    ? Math.Round(first.TotalSeconds, 3)
                    : (double?)null,
                peakMemoryBytes = report.PeakMemoryBytes,
            },
        }));
        foreach (var strategy in totals.Strategies.OrderBy(strategy => strategy.Name, StringComparer.Ordinal))
        {
            to.WriteLine(JsonSerializer.Serialize(new
            {
                kind = "strategy",
                name = strategy.Name,
                seats = strategy.Seats,
                agreementRate = strategy.AgreementRate,
                utility = Finite(strategy.Utility),
                advantage = Finite(strategy.Advantage),
                selfAgreementRate = strategy.SelfAgreementRate,
                selfUtility = Finite(strategy.SelfUtility),
                utilitiesLeftOut = strategy.LeftOut,
            }));
        }

        foreach (var (failure, times) in totals.Failures)
        {
            to.WriteLine(JsonSerializer.Serialize(new { kind = "failure", failure, times }));
        }
    }

    // JSON has no word for −∞, the utility of no agreement of some profiles.
    private static double? Finite(double? number) => number is { } value && double.IsFinite(value) ? value : null;

    private static string Percent(double? share) => share is { } value ? Text($"{value:P0}") : "";

    private static string Number(double? number) => number is { } value ? Text($"{value:F4}") : "";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
