using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// A time-dependent strategy: what it asks for falls with the rounds along the curve of its preset, whatever the
/// counterparty does. Without state of its own, so one instance serves any number of negotiations at once.
/// </summary>
/// <param name="preset">The curve.</param>
/// <param name="own">The own outcomes, ranked by the own utility.</param>
public sealed class TimeDependent(TimeDependentPreset preset, RankedOutcomes own) : RankedNegotiator(own)
{
    private readonly double _low = own.UtilityLow;
    private readonly double _high = own.UtilityMax;

    /// <summary>The curve.</summary>
    public TimeDependentPreset Preset => preset;

    /// <summary>
    /// The least utility asked for at a relative time: max(lo, min(hi, (hi − lo)·a(t) + lo − ε)), where lo is the
    /// larger of the reservation value and the smallest utility, and hi the largest utility.
    /// </summary>
    public double LowerBoundAt(double relativeTime)
    {
        var aspired = ((_high - _low) * preset.AspirationAt(relativeTime)) + _low - preset.Slack;
        return Math.Max(_low, Math.Min(_high, aspired));
    }

    /// <summary>
    /// The aspiration rule: whether an offer is worth at least what is asked for at this relative time.
    /// </summary>
    /// <exception cref="ArgumentException">The offer is not of the agenda.</exception>
    public bool Accepts(Outcome offer, double relativeTime) => Own.Utility.Of(offer) >= LowerBoundAt(relativeTime);

    /// <summary>
    /// The own offer at a relative time, by the nearest rule. A party whose best outcome is worse than no agreement
    /// still proposes it: whoever makes firm offers in its name looks at <see cref="RankedOutcomes.RationalCount"/>
    /// first.
    /// </summary>
    public Outcome Propose(double relativeTime) => Own.Nearest(LowerBoundAt(relativeTime), preset.RationalOnly);

    /// <inheritdoc/>
    public override bool Accepts(in TurnView turn) => Own.UtilityOf(turn.Offer) >= LowerBoundAt(turn.RelativeTime);

    /// <inheritdoc/>
    public override int Bid(in TurnView turn) =>
        Own.NearestIndex(LowerBoundAt(turn.RelativeTime), preset.RationalOnly);

    /// <inheritdoc/>
    public override TurnAct Act(in TurnView turn)
    {
        var bound = LowerBoundAt(turn.RelativeTime);
        return turn.HasOffer && Own.UtilityOf(turn.Offer) >= bound
            ? TurnAct.Accept
            : TurnAct.Propose(Own.NearestIndex(bound, preset.RationalOnly));
    }
}
