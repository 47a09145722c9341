using Market.Simulations.Reporting.Drawing;

namespace Market.Simulations.Reporting;

/// <summary>Each strategy against each.</summary>
internal static class PairsSection
{
    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        var statistics = source.Statistics;
        string[] names = [.. statistics.Strategies.Select(static strategy => strategy.Name)];
        var pairs = statistics.Pairs.ToDictionary(static pair => (pair.Strategy, pair.Opponent));
        page.Section("pairs", "Strategy against strategy");
        page.Figure(
            SvgHeatMap.Draw(
                $"Mean {statistics.Options.Measure.Name} of each strategy against each",
                names,
                (i, j) => pairs.TryGetValue((names[i], names[j]), out var pair) ? pair.Score : null),
            $"Mean {statistics.Options.Measure.Name} of the row's strategy against the column's, with 95 % " +
            "intervals. The strategies are in the order of the ranking.");
        page.Details("The same as a table, with agreement rate, rounds and welfare", () => page.Table(
            "Pairs",
            ["strategy", "against", "#parties", "#" + statistics.Options.Measure.Name, "#agreement rate", "#rounds",
                "#welfare", "repeated"],
            statistics.Pairs.Select(static pair => (IReadOnlyList<string>)
            [
                pair.Strategy,
                pair.Opponent,
                Markup.Count(pair.Observations.Count),
                FigureText.Of(pair.Score),
                Markup.Percent(pair.AgreementRate.Value),
                Markup.Number(pair.Rounds.Value, 1),
                FigureText.Of(pair.Welfare),
                pair.RanOnce ? "no" : "yes",
            ])));
    }
}
