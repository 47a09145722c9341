using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>What strategies gain, how they move, and what they learn of each other.</summary>
internal static class BehaviourSection
{
    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        var strategies = source.Statistics.Strategies.Where(static strategy => strategy.Others.Count > 0).ToList();
        page.Section("behaviour", "Gains and moves");
        WriteSurplus(page, strategies);
        WriteClasses(page, strategies);
        WriteModels(page, source.Statistics.Strategies);
    }

    private static void WriteSurplus(Page page, List<StrategyStatistics> strategies)
    {
        page.Figure(
            SvgBoxPlot.Draw(
                "Advantage of each strategy", "advantage: 0 is the reservation value, 1 the best outcome",
                [.. strategies.Select(static strategy => (strategy.Name, Values(strategy, "advantage")))]),
            "What strategies gain over their reservation values, in all negotiations with others. Box: quartiles; " +
            "bar: median; diamond: mean; line: from 5 % to 95 %.");
        WriteShare(
            page, strategies, "surplusShare", "Share of the surplus",
            "How the gain from agreements is split between two parties, each gain as an advantage; " +
            "½ is an even split.");
        WriteShare(
            page, strategies, "surplusShareInMoney", "Share of the surplus in money",
            "The same in money, where both parties' utilities are straight lines of the total price: a gain is the " +
            "distance of the agreement from the price that leaves nothing.");
    }

    private static void WriteShare(
        Page page, List<StrategyStatistics> strategies, string measure, string title, string caption)
    {
        if (strategies.Any(strategy => strategy.Figures[measure].Value is not null))
        {
            page.Figure(
                SvgBoxPlot.Draw(
                    title, "own share of the surplus",
                    [.. strategies.Select(strategy => (strategy.Name, Values(strategy, measure)))]),
                caption);
        }
    }

    private static void WriteClasses(Page page, List<StrategyStatistics> strategies) => page.Figure(
        SvgStackedBars.Draw(
            "Classes of offers",
            [.. Measures.Classes.Select(static measure => measure.Name)],
            [.. strategies.Select(static strategy => (strategy.Name, (IReadOnlyList<double>)
                [.. Measures.Classes.Select(measure => strategy.Figures[measure.Key].Value ?? 0)]))]),
        "Each offer against the same party's one before. Fortunate: better for both; nice: better for the other at " +
        "no cost; concession: better for the other, worse for itself; silent: the same for both; selfish: better for " +
        "itself, worse for the other; unfortunate: worse for the other without a gain. First offers have no class.");

    private static void WriteModels(Page page, IReadOnlyList<StrategyStatistics> strategies)
    {
        var modelled = strategies.Where(static s => s.Figures["modelRmse"].Value is not null).ToList();
        if (modelled.Count > 0)
        {
            page.Table(
                "Opponent models at the end of negotiations, against the true profile",
                ["strategy", "#RMSE", "#Spearman", "#Kendall τ-b"],
                modelled.Select(static strategy => (IReadOnlyList<string>)
                [
                    strategy.Name,
                    FigureText.Of(strategy.Figures["modelRmse"]),
                    FigureText.Of(strategy.Figures["modelSpearman"]),
                    FigureText.Of(strategy.Figures["modelKendall"]),
                ]));
        }
    }

    private static IReadOnlyList<double> Values(StrategyStatistics strategy, string key)
    {
        var measure = Measures.Find(key)!;
        return [.. strategy.Others.All.Select(measure.Of).OfType<double>().Where(double.IsFinite)];
    }
}
