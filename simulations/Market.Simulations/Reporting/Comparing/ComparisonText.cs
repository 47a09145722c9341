using Market.Silo.Commands.Audit;
using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>Two runs beside each other, as text for people.</summary>
internal static class ComparisonText
{
    private const int RowsMax = 20;

    /// <summary>Writes it.</summary>
    public static void Write(FolderComparison comparison, TextWriter to)
    {
        to.WriteLine(comparison.Settings.Count == 0
            ? "The configuration is the same."
            : "The configuration differs:");
        foreach (var setting in comparison.Settings)
        {
            to.WriteLine($"  {setting.Name}:\n    first  {setting.First}\n    second {setting.Second}");
        }

        to.WriteLine($"{comparison.Common} negotiations are in both, {comparison.OnlyFirst} only in the first, " +
            $"{comparison.OnlySecond} only in the second.");
        to.WriteLine(comparison.IsSame
            ? "All digests are equal: the runs are the same, act by act."
            : $"{comparison.DigestsEqual} of {comparison.Common} digests are equal.");
        if (comparison.Common == 0 || comparison.IsSame)
        {
            return;
        }

        WriteRows(comparison, to);
        var measure = comparison.Options.Measure.Name;
        to.WriteLine($"Mean {measure}, second minus first, by strategy:");
        WriteTable(comparison.Strategies, to);
        to.WriteLine($"Mean {measure}, second minus first, by pair:");
        WriteTable([.. comparison.Pairs.OrderBy(static pair => pair.Wilcoxon.P).Take(RowsMax)], to);
        WriteMore(comparison.Pairs.Count, "pairs", to);
        WriteScenarios(comparison, to);
    }

    private static void WriteRows(FolderComparison comparison, TextWriter to)
    {
        var table = AuditConsole.NewTable("number", "there", "scenario", "strategies", "differs in");
        foreach (var row in comparison.Different.Take(RowsMax))
        {
            table.Add(
                FormattableString.Invariant($"{row.First.Number}"),
                FormattableString.Invariant($"{row.Second.Number}"),
                row.First.Scenario,
                string.Join(" – ", row.First.Parties.Select(static party => party.Strategy)),
                string.Join(", ", row.Fields));
        }

        AuditConsole.Over(to).Write(table);
        WriteMore(comparison.Different.Count, "negotiations that differ", to);
    }

    private static void WriteTable(IReadOnlyList<StrategyComparison> comparisons, TextWriter to)
    {
        var table = AuditConsole.NewTable("who", "difference", "scenarios", "p", "p (Holm)", "rank-biserial");
        foreach (var comparison in comparisons)
        {
            table.Add(
                comparison.First,
                FigureText.Of(comparison.Difference, 4),
                FormattableString.Invariant($"{comparison.Difference.Scenarios}"),
                FigureText.P(comparison.Wilcoxon.P),
                FigureText.P(comparison.AdjustedP),
                Markup.Number(comparison.Wilcoxon.RankBiserial, 2));
        }

        AuditConsole.Over(to).Write(table);
    }

    private static void WriteScenarios(FolderComparison comparison, TextWriter to)
    {
        to.WriteLine($"Mean {comparison.Options.Measure.Name} by scenario:");
        var table = AuditConsole.NewTable("scenario", "negotiations", "first", "second", "difference");
        foreach (var scenario in comparison.Scenarios
            .OrderByDescending(static scenario => Math.Abs(scenario.Difference ?? 0)).Take(RowsMax))
        {
            table.Add(
                scenario.Scenario,
                FormattableString.Invariant($"{scenario.Negotiations}"),
                Markup.Number(scenario.First, 4),
                Markup.Number(scenario.Second, 4),
                Markup.Number(scenario.Difference, 4));
        }

        AuditConsole.Over(to).Write(table);
        WriteMore(comparison.Scenarios.Count, "scenarios", to);
    }

    private static void WriteMore(int count, string what, TextWriter to)
    {
        if (count > RowsMax)
        {
            to.WriteLine($"The first {RowsMax} of {count} {what}; --json gives all.");
        }
    }
}
