using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// The outcomes of a space in the order of one party's utility, sorted once; immutable, so that any number of
/// negotiations about the same agenda share it. Of equal outcomes the one with the lowest index is found.
/// </summary>
public sealed class RankedOutcomes
{
    /// <summary>How far below a target an outcome may lie and still be taken by the nearest rule.</summary>
    private const double NearestWindow = 1e-6;

    // Ascending by (utility, index); two arrays, because a binary search then reads eight bytes a step.
    private readonly double[] _utilities;
    private readonly int[] _indices;
    private readonly int _firstRational;

    /// <summary>Ranks all outcomes of the utility's agenda.</summary>
    /// <exception cref="OutcomeSpaceTooLargeException">There are more than
    /// <see cref="OutcomeSpace.CountMax"/>.</exception>
    /// <exception cref="ArgumentException">A utility is not finite.</exception>
    public RankedOutcomes(UtilityFunction utility)
    {
        ArgumentNullException.ThrowIfNull(utility);
        Utility = utility;
        Space = new OutcomeSpace(utility.Agenda);
        _utilities = new double[Space.Count];
        _indices = new int[Space.Count];
        for (var i = 0; i < Space.Count; i++)
        {
            _indices[i] = i;
            _utilities[i] = utility.Of(Space[i]);
            if (!double.IsFinite(_utilities[i]))
            {
                throw new ArgumentException($"The utility of the outcome {Space[i]} is not finite.", nameof(utility));
            }
        }

        Array.Sort(_utilities, _indices);
        SortTiesByIndex();
        _firstRational = FirstAtLeast(utility.ReservationValue, 0);
    }

    /// <summary>The party's utility.</summary>
    public UtilityFunction Utility { get; }

    /// <summary>The outcomes and their numbers.</summary>
    public OutcomeSpace Space { get; }

    /// <summary>Smallest utility of any outcome, rational or not.</summary>
    public double UtilityMin => _utilities[0];

    /// <summary>Largest utility of any outcome.</summary>
    public double UtilityMax => _utilities[^1];

    /// <summary>Number of outcomes that are no worse than no agreement.</summary>
    public int RationalCount => _utilities.Length - _firstRational;

    /// <summary>The outcome of the largest utility, whether or not it is rational.</summary>
    public Outcome Best => At(FirstAtLeast(UtilityMax, 0));

    /// <summary>
    /// The nearest rule: the outcome with the smallest utility at or above a target; but if an outcome lies less than
    /// 1e-6 below it and is nearer, that one; with nothing reachable, the best outcome.
    /// </summary>
    /// <param name="target">The utility aimed at.</param>
    /// <param name="rationalOnly">Whether only outcomes no worse than no agreement are searched.</param>
    public Outcome Nearest(double target, bool rationalOnly)
    {
        var first = rationalOnly ? _firstRational : 0;
        var above = FirstAtLeast(target, first);
        if (above > first)
        {
            var below = _utilities[above - 1];
            var isNearer = above == _utilities.Length || target - below < _utilities[above] - target;
            if (below >= target - NearestWindow && isNearer)
            {
                return At(FirstAtLeast(below, first));
            }
        }

        return above < _utilities.Length ? At(above) : Best;
    }

    private Outcome At(int rank) => Space[_indices[rank]];

    /// <summary>
    /// The first place from <paramref name="first"/> on with a utility ≥ the bound; the length if there is none.
    /// </summary>
    private int FirstAtLeast(double bound, int first)
    {
        var low = first;
        var high = _utilities.Length;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (_utilities[middle] >= bound)
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

    // The library's sort is not stable, so equal utilities are put in order of index here.
    private void SortTiesByIndex()
    {
        for (var start = 0; start < _utilities.Length;)
        {
            var end = start + 1;
            while (end < _utilities.Length && _utilities[end] == _utilities[start])
            {
                end++;
            }

            Array.Sort(_indices, start, end - start);
            start = end;
        }
    }
}
