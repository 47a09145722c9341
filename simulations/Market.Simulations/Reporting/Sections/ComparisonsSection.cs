using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>Differences between strategies, and how many scenarios would show smaller ones.</summary>
internal static class ComparisonsSection
{
    private const int RowsMax = 500;
    private static readonly double[] HalfWidths = [0.05, 0.02, 0.01];

    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        var statistics = source.Statistics;
        page.Section("comparisons", "Differences");
        page.Paragraph(
            $"Differences of mean {statistics.Options.Measure.Name} over the scenarios that both strategies have " +
            "played. p is of the Wilcoxon signed-rank test, two-sided, and beside it after Holm's correction over " +
            $"all {statistics.Comparisons.Count} pairs.");
        if (statistics.Comparisons.Count > RowsMax)
        {
            page.Paragraph($"The {RowsMax} pairs with the smallest p are shown; the others are in report --json.");
        }

        page.Table(
            "Pairs of strategies",
            ["first", "second", "#difference", "#scenarios", "#p", "#p (Holm)", "#rank-biserial", "#Cohen's d",
                "#Cliff's δ"],
            statistics.Comparisons.OrderBy(static comparison => comparison.Wilcoxon.P).Take(RowsMax).Select(Row));
        page.Heading("How many scenarios a precision needs");
        page.Paragraph(
            "From the spread of scenario means that was seen: the number of scenarios for a 95 % interval of so much " +
            "either way.");
        page.Table(
            "Scenarios needed",
            ["strategy", "#spread of scenario means", "#interval now", "#± 0.05", "#± 0.02", "#± 0.01"],
            statistics.Strategies.Select(static strategy => (IReadOnlyList<string>)
            [
                strategy.Name,
                Markup.Number(strategy.Spread),
                strategy.Spread is { } spread
                    ? "± " + Markup.Number(Precision.HalfWidthOf(spread, strategy.Others.Scenarios))
                    : "–",
                .. HalfWidths.Select(width =>
                    strategy.ScenariosFor(width) is { } count ? Markup.Count(count) : "–"),
            ]));
    }

    private static IReadOnlyList<string> Row(StrategyComparison comparison) =>
    [
        comparison.First,
        comparison.Second,
        FigureText.Of(comparison.Difference),
        Markup.Count(comparison.Difference.Scenarios),
        FigureText.P(comparison.Wilcoxon.P),
        FigureText.P(comparison.AdjustedP),
        Markup.Number(comparison.Wilcoxon.RankBiserial, 2),
        Markup.Number(comparison.CohenD, 2),
        Markup.Number(comparison.CliffDelta, 2),
    ];
}
