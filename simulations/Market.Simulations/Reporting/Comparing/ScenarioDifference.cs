using Market.Simulations.Results;
using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>A scenario's mean in two runs.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Negotiations">Number of negotiations that both runs have.</param>
/// <param name="First">The first run's mean over negotiations and parties; null where nothing defines it.</param>
/// <param name="Second">The second's.</param>
internal sealed record ScenarioDifference(string Scenario, int Negotiations, double? First, double? Second)
{
    /// <summary>Second minus first.</summary>
    public double? Difference => Second - First;

    /// <summary>The scenarios of rows that are matched one by one.</summary>
    public static IReadOnlyList<ScenarioDifference> Between(
        List<NegotiationRow> first, List<NegotiationRow> second, Measure measure) =>
        [.. first.Zip(second)
            .GroupBy(static pair => pair.First.Scenario)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(group => new ScenarioDifference(
                group.Key,
                group.Count(),
                Mean(group.Select(static pair => pair.First), measure),
                Mean(group.Select(static pair => pair.Second), measure)))];

    private static double? Mean(IEnumerable<NegotiationRow> rows, Measure measure)
    {
        var cluster = Cluster.Of(rows.SelectMany(row =>
            Enumerable.Range(0, row.Parties.Count).Select(seat => measure.Of(new Observation(row, seat)))));
        return cluster.Weight > 0 ? cluster.Sum / cluster.Weight : null;
    }
}
