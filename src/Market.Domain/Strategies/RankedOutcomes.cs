using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// The outcomes of a space in the order of one party's utility, sorted once; immutable, so that any number of
/// negotiations about the same agenda share it. Of equal outcomes the one with the lowest index is found. An outcome's
/// <em>index</em> is its number in the space; its <em>rank</em> its place here, from the worst.
/// </summary>
public sealed class RankedOutcomes
{
    /// <summary>How far below a target an outcome may lie and still be taken by the nearest rule.</summary>
    private const double NearestWindow = 1e-6;

    // Ascending by (utility, index); two arrays, because a binary search then reads eight bytes a step.
    private readonly double[] _utilities;
    private readonly int[] _indices;
    private readonly double[] _byIndex;
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
        _byIndex = utility.OfAll(Space);
        _utilities = new double[Space.Count];
        _indices = new int[Space.Count];
        for (var i = 0; i < Space.Count; i++)
        {
            _indices[i] = i;
            _utilities[i] = _byIndex[i];
            if (!double.IsFinite(_utilities[i]))
            {
                throw new ArgumentException($"The utility of the outcome {Space[i]} is not finite.", nameof(utility));
            }
        }

        Array.Sort(_utilities, _indices);
        SortTiesByIndex();
        _firstRational = FirstAtLeast(utility.ReservationValue, 0);
        BestIndex = _indices[FirstAtLeast(UtilityMax, 0)];
    }

    /// <summary>The party's utility.</summary>
    public UtilityFunction Utility { get; }

    /// <summary>The outcomes and their numbers.</summary>
    public OutcomeSpace Space { get; }

    /// <summary>The utility of no agreement; −∞ where any agreement is better than none.</summary>
    public double ReservationValue => Utility.ReservationValue;

    /// <summary>Smallest utility of any outcome, rational or not.</summary>
    public double UtilityMin => _utilities[0];

    /// <summary>Largest utility of any outcome.</summary>
    public double UtilityMax => _utilities[^1];

    /// <summary>
    /// The least that a party aims at: the larger of the smallest utility and the reservation value; lo of the
    /// formulas.
    /// </summary>
    public double UtilityLow => Math.Max(UtilityMin, ReservationValue);

    /// <summary>Number of outcomes that are no worse than no agreement.</summary>
    public int RationalCount => _utilities.Length - _firstRational;

    /// <summary>The outcome of the largest utility, whether or not it is rational.</summary>
    public Outcome Best => Space[BestIndex];

    /// <summary>The index of the outcome of the largest utility, whether or not it is rational.</summary>
    public int BestIndex { get; }

    /// <summary>Each outcome's utility, by its index.</summary>
    public ReadOnlySpan<double> Utilities => _byIndex;

    /// <summary>The utilities from the worst to the best.</summary>
    public ReadOnlySpan<double> RankedUtilities => _utilities;

    /// <summary>The outcomes' indices from the worst to the best; of equal ones the lowest first.</summary>
    public ReadOnlySpan<int> RankedIndices => _indices;

    /// <summary>The utility of the outcome with an index.</summary>
    public double UtilityOf(int index) => _byIndex[index];

    /// <summary>The utility of how a negotiation ended: of an agreement's index, or the reservation value.</summary>
    /// <param name="agreement">An index, or <see cref="TurnView.NoOffer"/> without agreement.</param>
    public double UtilityOfEnd(int agreement) => agreement >= 0 ? _byIndex[agreement] : ReservationValue;

    /// <summary>
    /// The nearest rule: the outcome with the smallest utility at or above a target; but if an outcome lies less than
    /// 1e-6 below it and is nearer, that one; with nothing reachable, the best outcome.
    /// </summary>
    /// <param name="target">The utility aimed at.</param>
    /// <param name="rationalOnly">Whether only outcomes no worse than no agreement are searched.</param>
    public Outcome Nearest(double target, bool rationalOnly) => Space[NearestIndex(target, rationalOnly)];

    /// <summary>The index of the outcome that the nearest rule finds; see <see cref="Nearest"/>.</summary>
    public int NearestIndex(double target, bool rationalOnly)
    {
        var first = rationalOnly ? _firstRational : 0;
        var above = FirstAtLeast(target, first);
        if (above > first)
        {
            var below = _utilities[above - 1];
            var isNearer = above == _utilities.Length || target - below < _utilities[above] - target;
            if (below >= target - NearestWindow && isNearer)
            {
                return _indices[FirstAtLeast(below, first)];
            }
        }

        return above < _utilities.Length ? _indices[above] : BestIndex;
    }

    /// <summary>
    /// The index of the outcome whose utility is closest to a target, above or below, rational or not; of two equally
    /// close the one with the lowest index.
    /// </summary>
    public int ClosestIndex(double target)
    {
        var above = FirstAtLeast(target, 0);
        if (above == 0)
        {
            return _indices[0];
        }

        var belowUtility = _utilities[above - 1];
        var distance = target - belowUtility;
        var distanceAbove = above < _utilities.Length ? _utilities[above] - target : double.PositiveInfinity;
        if (distanceAbove < distance)
        {
            return _indices[above];
        }

        var below = _indices[FirstAtLeast(belowUtility, 0)];
        return distance < distanceAbove ? below : Math.Min(below, _indices[above]);
    }

    /// <summary>The utility at a place from the best, 0 for the best.</summary>
    public double UtilityFromTop(int place) => _utilities[_utilities.Length - 1 - place];

    /// <summary>
    /// The index at a place from the best, 0 for the best; of equal outcomes the lowest index comes first.
    /// </summary>
    public int IndexFromTop(int place)
    {
        var rank = _utilities.Length - 1 - place;
        var utility = _utilities[rank];
        var isTied = (rank > 0 && _utilities[rank - 1] == utility)
            || (place > 0 && _utilities[rank + 1] == utility);
        if (!isTied)
        {
            return _indices[rank];
        }

        // Ranks ascend by index among equals; places from the top do too, so the run of equals is read the other way.
        var (start, end) = (FirstAtLeast(utility, 0), FirstAbove(utility));
        return _indices[start + (end - 1 - rank)];
    }

    /// <summary>The first rank with a utility at or above a bound; the number of outcomes if there is none.</summary>
    public int FirstRankAtLeast(double bound) => FirstAtLeast(bound, 0);

    /// <summary>The first rank with a utility above a bound; the number of outcomes if there is none.</summary>
    public int FirstAbove(double bound) => FirstAtLeast(Math.BitIncrement(bound), 0);

    /// <summary>
    /// The first place from <paramref name="first"/> on with a utility ≥ the bound; the length if there is none.
    /// </summary>
    private int FirstAtLeast(double bound, int first)
    {
        var utilities = _utilities;
        var low = first;
        var high = utilities.Length;
        while (low < high)
        {
            var middle = low + ((high - low) >> 1);
            if (utilities[middle] >= bound)
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

            if (end - start > 1)
            {
                Array.Sort(_indices, start, end - start);
            }

            start = end;
        }
    }
}
