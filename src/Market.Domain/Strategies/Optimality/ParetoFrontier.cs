namespace Market.Domain.Strategies;

/// <summary>
/// The Pareto-optimal among rational outcomes: none that is rational is worth as much to everybody and more to
/// somebody. Outcomes of the same utilities are on it together.
/// </summary>
internal static class ParetoFrontier
{
    /// <summary>Their indices, in falling order of the first party's utility, then rising of the index.</summary>
    internal static int[] Of(ReadOnlySpan<RankedOutcomes> profiles) =>
        profiles.Length == 2 ? OfTwo(profiles[0], profiles[1]) : OfMany(profiles);

    // One pass over the first party's ranking from the best: what comes is on the frontier if it is worth more to the
    // second party than all before. The ranking is there already, so there is nothing to sort.
    private static int[] OfTwo(RankedOutcomes first, RankedOutcomes second)
    {
        var frontier = new List<int>();
        var utilities = first.RankedUtilities;
        var indices = first.RankedIndices;
        var worst = first.Space.Count - first.RationalCount;
        var most = double.NegativeInfinity;
        for (var end = utilities.Length; end > worst;)
        {
            // A run of equals for the first party: only the best of them for the second.
            var start = end - 1;
            var best = second.UtilityOf(indices[start]);
            while (start > worst && utilities[start - 1] == utilities[start])
            {
                best = Math.Max(best, second.UtilityOf(indices[--start]));
            }

            if (best > most && best >= second.ReservationValue)
            {
                most = best;
                AddEquals(indices[start..end], second, best, frontier);
            }

            end = start;
        }

        return [.. frontier];
    }

    private static void AddEquals(
        ReadOnlySpan<int> outcomes, RankedOutcomes party, double utility, List<int> frontier)
    {
        foreach (var outcome in outcomes)
        {
            if (party.UtilityOf(outcome) == utility)
            {
                frontier.Add(outcome);
            }
        }
    }

    // In falling order of the first party's utility, then the second's and so on, nobody is dominated by a later one.
    private static int[] OfMany(ReadOnlySpan<RankedOutcomes> profiles)
    {
        var all = profiles.ToArray();
        var rational = new List<int>();
        for (var outcome = 0; outcome < all[0].Space.Count; outcome++)
        {
            if (Array.TrueForAll(all, profile => profile.UtilityOf(outcome) >= profile.ReservationValue))
            {
                rational.Add(outcome);
            }
        }

        rational.Sort((a, b) => Compare(all, a, b));
        var frontier = new List<int>();
        foreach (var outcome in rational)
        {
            if (!frontier.Exists(other => Dominates(all, other, outcome)))
            {
                frontier.Add(outcome);
            }
        }

        return [.. frontier];
    }

    private static int Compare(RankedOutcomes[] profiles, int a, int b)
    {
        foreach (var profile in profiles)
        {
            var order = profile.UtilityOf(b).CompareTo(profile.UtilityOf(a));
            if (order != 0)
            {
                return order;
            }
        }

        return a.CompareTo(b);
    }

    private static bool Dominates(RankedOutcomes[] profiles, int a, int b)
    {
        var isBetter = false;
        foreach (var profile in profiles)
        {
            var (ofA, ofB) = (profile.UtilityOf(a), profile.UtilityOf(b));
            if (ofA < ofB)
            {
                return false;
            }

            isBetter |= ofA > ofB;
        }

        return isBetter;
    }
}
