using System.Globalization;
using System.Text.Json;
using Market.Silo.Commands.Audit;
using Market.Simulations.Results;
using Market.Simulations.Running;
using Spectre.Console;

namespace Market.Simulations.Commands;

/// <summary>
/// Shows one negotiation: every act with what it is worth to each party, the solution points, and the end.
/// </summary>
internal sealed class NegotiationShow
{
    private readonly StageBench _bench;
    private readonly NegotiationRow _row;
    private readonly TextWriter _to;

    private NegotiationShow(StageBench bench, NegotiationRow row, TextWriter to) =>
        (_bench, _row, _to) = (bench, row, to);

    /// <summary>Writes it.</summary>
    /// <param name="bench">Its scenario.</param>
    /// <param name="row">How it ended.</param>
    /// <param name="acts">Its acts.</param>
    /// <param name="to">Where to.</param>
    /// <param name="isJson">Whether as JSON, an object a line.</param>
    public static void Write(
        StageBench bench, NegotiationRow row, ReadOnlySpan<int> acts, TextWriter to, bool isJson)
    {
        var steps = NegotiationStep.Of(bench, row.Rotation, acts);
        var show = new NegotiationShow(bench, row, to);
        if (isJson)
        {
            show.WriteJson(steps);
            return;
        }

        show.WriteSteps(steps);
        show.WritePoints();
        show.WriteEnd();
    }

    private void WriteSteps(IReadOnlyList<NegotiationStep> steps)
    {
        var seats = _row.Parties.Count;
        var table = AuditConsole.NewTable(
            ["round", "party", "act", "outcome", .. Enumerable.Range(1, seats).Select(seat => $"u {seat}"), "class"]);
        foreach (var step in steps)
        {
            table.Add(
            [
                Text($"{step.Round + 1}"),
                Text($"{step.Seat + 1} {_row.Parties[step.Seat].Profile}"),
                step.Word,
                step.Outcome >= 0 ? TextOf(step.Outcome) : "",
                .. step.Utilities.Select(utility => Text($"{utility:F4}")),
                step.Class,
            ]);
        }

        AuditConsole.Over(_to).Write(table);
    }

    private void WritePoints()
    {
        var table = AuditConsole.NewTable("point", "outcome", "utilities");
        foreach (var point in NamedPoints.Of(_bench.OptimalityOf(_row.Rotation)))
        {
            table.Add(point.Name, TextOf(point.Outcome), string.Join(" / ", Utilities(point.Outcome)));
        }

        AuditConsole.Over(_to).Write(table);
        var frontier = _bench.OptimalityOf(_row.Rotation).Frontier.Count;
        _to.WriteLine(Text($"The rational Pareto frontier has {frontier:N0} outcomes."));
    }

    private void WriteEnd()
    {
        var table = AuditConsole.NewTable(
            "party", "strategy", "profile", "utility", "discounted", "advantage",
            "fortunate", "selfish", "concession", "nice", "silent", "unfortunate");
        foreach (var (party, seat) in _row.Parties.Select((party, seat) => (party, seat)))
        {
            table.Add(
            [
                Text($"{seat + 1}"), party.Strategy, party.Profile,
                Text($"{party.Utility:F4}"), Text($"{party.Discounted:F4}"), Number(party.Advantage),
                .. new[]
                {
                    party.Fortunate, party.Selfish, party.Concession, party.Nice, party.Silent, party.Unfortunate,
                }.Select(share => Text($"{share:P0}")),
            ]);
        }

        AuditConsole.Over(_to).Write(table);
        var metrics = _row.Metrics;
        var time = Text($"{_row.Rounds} of {_row.RoundsMax} rounds and {_row.Offers} offers");
        _to.WriteLine(_row.IsAgreement
            ? Text($"Agreement after {time}: {_row.Agreement}")
            : Text($"No agreement ({_row.End}) after {time}. {_row.Failure}"));
        _to.WriteLine(Text($"welfare {Number(_row.Welfare)} ({Number(metrics.MaxWelfareOptimality)} of the best)")
            + $", optimality: Pareto {Number(metrics.ParetoOptimality)}, Nash {Number(metrics.NashOptimality)}"
            + $", Kalai {Number(metrics.KalaiOptimality)}"
            + $", Kalai-Smorodinsky {Number(metrics.KalaiSmorodinskyOptimality)}");
        if (_row.Anomalies.Length > 0)
        {
            _to.WriteLine($"Anomalies: {_row.Anomalies}");
        }

        _to.WriteLine(Text($"seed {_row.Seed}, digest {_row.Digest}"));
    }

    private void WriteJson(IReadOnlyList<NegotiationStep> steps)
    {
        foreach (var step in steps)
        {
            _to.WriteLine(JsonSerializer.Serialize(new
            {
                kind = "act",
                round = step.Round,
                party = step.Seat + 1,
                act = step.Word,
                outcome = step.Outcome >= 0 ? TextOf(step.Outcome) : null,
                utilities = step.Utilities,
                @class = step.Class,
            }));
        }

        foreach (var point in NamedPoints.Of(_bench.OptimalityOf(_row.Rotation)))
        {
            _to.WriteLine(JsonSerializer.Serialize(new
            {
                kind = "point",
                name = point.Name,
                outcome = TextOf(point.Outcome),
                utilities = UtilitiesOf(point.Outcome),
            }));
        }

        _to.WriteLine(JsonSerializer.Serialize(new { kind = "end", negotiation = _row }, JsonOfRow));
    }

    private static readonly JsonSerializerOptions JsonOfRow = new(JsonSerializerDefaults.Web)
    {
        // JSON has no −∞, which a reservation value may be; it is written as text then.
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private string TextOf(int outcome) => _bench.Scenario.TextOf(_bench.Ranked[0].Space[outcome]);

    private double[] UtilitiesOf(int outcome) =>
        [.. _bench.Seats(_row.Rotation).Select(own => own.UtilityOf(outcome))];

    private IEnumerable<string> Utilities(int outcome) =>
        UtilitiesOf(outcome).Select(utility => utility.ToString("F4", CultureInfo.InvariantCulture));

    private static string Number(double? number) => number switch
    {
        null => "-",
        double.NegativeInfinity => "−∞",
        { } value => Text($"{value:F4}"),
    };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
