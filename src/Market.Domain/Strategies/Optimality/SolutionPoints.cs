namespace Market.Domain.Strategies;

/// <summary>Outcomes with their utilities, in falling order of the first party's; immutable.</summary>
public sealed class SolutionPoints
{
    private readonly int _parties;
    private readonly int[] _outcomes;
    private readonly double[] _utilities;

    internal SolutionPoints(ReadOnlySpan<RankedOutcomes> profiles, int[] outcomes)
    {
        _parties = profiles.Length;
        _outcomes = outcomes;
        _utilities = new double[outcomes.Length * _parties];
        for (var place = 0; place < outcomes.Length; place++)
        {
            for (var party = 0; party < _parties; party++)
            {
                _utilities[(place * _parties) + party] = profiles[party].UtilityOf(outcomes[place]);
            }
        }
    }

    private SolutionPoints(SolutionPoints all, List<int> places)
    {
        _parties = all._parties;
        _outcomes = new int[places.Count];
        _utilities = new double[places.Count * _parties];
        for (var i = 0; i < places.Count; i++)
        {
            _outcomes[i] = all._outcomes[places[i]];
            all.PointAt(places[i]).CopyTo(_utilities.AsSpan(i * _parties));
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _outcomes.Length;

    /// <summary>Their indices.</summary>
    public ReadOnlySpan<int> Outcomes => _outcomes;

    /// <summary>The utilities of one of them, a party each.</summary>
    public ReadOnlySpan<double> PointAt(int place) => _utilities.AsSpan(place * _parties, _parties);

    /// <summary>A party's utility of one of them.</summary>
    public double UtilityOf(int place, int party) => _utilities[(place * _parties) + party];

    /// <summary>The Euclidean distance of utilities to the nearest of these points; null where there is none.</summary>
    public double? DistanceTo(ReadOnlySpan<double> utilities)
    {
        if (Count == 0)
        {
            return null;
        }

        // From the place where the first party's utility is passed, outwards; a point is no nearer than that utility.
        var start = FirstAtMost(utilities[0]);
        var least = double.PositiveInfinity;
        for (var place = start; place < Count && IsWithin(place, utilities[0], least); place++)
        {
            least = Math.Min(least, SquaredDistance(place, utilities));
        }

        for (var place = start - 1; place >= 0 && IsWithin(place, utilities[0], least); place--)
        {
            least = Math.Min(least, SquaredDistance(place, utilities));
        }

        return Math.Sqrt(least);
    }

    internal SolutionPoints Subset(List<int> places) => new(this, places);

    internal double LargestWelfare()
    {
        var most = double.NegativeInfinity;
        for (var place = 0; place < Count; place++)
        {
            var sum = 0.0;
            foreach (var utility in PointAt(place))
            {
                sum += utility;
            }

            most = Math.Max(most, sum);
        }

        return most;
    }

    private bool IsWithin(int place, double utility, double squared)
    {
        var difference = UtilityOf(place, 0) - utility;
        return difference * difference < squared;
    }

    private double SquaredDistance(int place, ReadOnlySpan<double> utilities)
    {
        var point = PointAt(place);
        var sum = 0.0;
        for (var i = 0; i < point.Length; i++)
        {
            var difference = point[i] - utilities[i];
            sum += difference * difference;
        }

        return sum;
    }

    private int FirstAtMost(double utility)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (UtilityOf(middle, 0) <= utility)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
