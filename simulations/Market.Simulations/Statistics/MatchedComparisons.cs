using Market.Domain.Strategies;

namespace Market.Simulations.Statistics;

/// <summary>Compares series of scenario means with each other, matched by scenario.</summary>
internal static class MatchedComparisons
{
    /// <summary>Compares pairs of series, and corrects their p for the number of pairs.</summary>
    /// <param name="pairs">Names of both, and their means by scenario.</param>
    /// <param name="options">Seed and number of resamples.</param>
    public static IReadOnlyList<StrategyComparison> Of(
        IEnumerable<(string First, string Second, SortedDictionary<string, double> FirstMeans,
            SortedDictionary<string, double> SecondMeans)> pairs,
        StatisticsOptions options)
    {
        var comparisons = pairs
            .Select(pair => One(pair.First, pair.Second, pair.FirstMeans, pair.SecondMeans, options))
            .ToList();
        var adjusted = Holm.Adjust([.. comparisons.Select(static comparison => comparison.Wilcoxon.P)]);
        return [.. comparisons.Select((comparison, i) => comparison with { AdjustedP = adjusted[i] })];
    }

    private static StrategyComparison One(
        string first,
        string second,
        SortedDictionary<string, double> firstMeans,
        SortedDictionary<string, double> secondMeans,
        StatisticsOptions options)
    {
        var matched = firstMeans.Keys.Where(secondMeans.ContainsKey).ToList();
        double[] ours = [.. matched.Select(scenario => firstMeans[scenario])];
        double[] theirs = [.. matched.Select(scenario => secondMeans[scenario])];
        double[] differences = [.. ours.Zip(theirs, static (one, other) => one - other)];
        var seed = Seeds.Derive(options.Seed, "comparison", first, second, options.Measure.Key);
        return new StrategyComparison(
            first,
            second,
            ClusterBootstrap.MeanOf(
                [.. differences.Select(static difference => new Cluster(difference, 1))],
                new SeededGenerator(seed),
                options.Resamples),
            WilcoxonSignedRank.Test(differences),
            1,
            EffectSizes.CohenD(ours, theirs),
            EffectSizes.CliffDelta(ours, theirs));
    }
}
