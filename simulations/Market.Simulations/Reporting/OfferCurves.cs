using Market.Domain.Strategies;
using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>
/// What each strategy offers over the time of a negotiation: the mean utility to itself, from its worst outcome at 0 to
/// its best at 1, since scenarios have scales of their own; from the log of acts, with each scenario counting alike.
/// </summary>
internal static class OfferCurves
{
    /// <summary>Parts of a negotiation's time.</summary>
    public const int Bins = 20;

    /// <summary>About how many negotiations are read; of larger runs, each k-th.</summary>
    public const int NegotiationsMax = 20_000;

    /// <summary>A line for each strategy, in the order of the statistics.</summary>
    public static IReadOnlyList<LineSeries> Of(
        ResultFolder folder,
        IReadOnlyDictionary<string, StageBench> benches,
        TournamentStatistics statistics,
        List<string> notes)
    {
        var stride = Math.Max(1, folder.Rows.Count / NegotiationsMax);
        if (stride > 1)
        {
            notes.Add($"Offers over time are of every {stride}th negotiation.");
        }

        var sums = new Dictionary<(string Strategy, string Scenario), (double Sum, int Count)[]>();
        if (benches.Count > 0)
        {
            Read(folder, benches, stride, sums);
        }

        return [.. statistics.Strategies.Select(strategy => new LineSeries(
            strategy.Name,
            Curve([.. sums.Where(sum => sum.Key.Strategy == strategy.Name).Select(static sum => sum.Value)])))];
    }

    private static void Read(
        ResultFolder folder,
        IReadOnlyDictionary<string, StageBench> benches,
        int stride,
        Dictionary<(string Strategy, string Scenario), (double Sum, int Count)[]> sums)
    {
        // Both files are in the order of numbers; the log of a run that was cut off may be ahead of its rows.
        foreach (var (row, acts) in folder.Rows.Zip(folder.Acts()))
        {
            if (row.Number % stride != 0 || !benches.TryGetValue(row.Scenario, out var bench))
            {
                continue;
            }

            var seats = bench.Seats(row.Rotation);
            for (var i = 0; i < acts.Acts.Count; i++)
            {
                if (acts.Acts[i] >= 0)
                {
                    var seat = i % seats.Count;
                    Add(row, seat, i / seats.Count, ShareOf(seats[seat], acts.Acts[i]));
                }
            }
        }

        void Add(NegotiationRow row, int seat, int round, double utility)
        {
            var key = (row.Parties[seat].Strategy, row.Scenario);
            if (!sums.TryGetValue(key, out var bins))
            {
                sums.Add(key, bins = new (double, int)[Bins]);
            }

            var bin = Math.Min(Bins - 1, (int)((long)round * Bins / row.RoundsMax));
            bins[bin] = (bins[bin].Sum + utility, bins[bin].Count + 1);
        }
    }

    private static double ShareOf(RankedOutcomes own, int outcome) => own.UtilityMax > own.UtilityMin
        ? (own.UtilityOf(outcome) - own.UtilityMin) / (own.UtilityMax - own.UtilityMin)
        : 1;

    private static List<UtilityPoint> Curve(List<(double Sum, int Count)[]> scenarios) =>
        [.. Enumerable.Range(0, Bins)
            .Select(bin => (bin, Means: scenarios.Where(bins => bins[bin].Count > 0)
                .Select(bins => bins[bin].Sum / bins[bin].Count).ToList()))
            .Where(static point => point.Means.Count > 0)
            .Select(static point => new UtilityPoint((point.bin + 0.5) / Bins, point.Means.Average()))];
}
