namespace Market.Domain.Strategies;

/// <summary>
/// A time-dependent strategy of the family <c>genius:</c>: it offers the outcome closest to its target, above or below,
/// also one worse than no agreement, and accepts what is worth at least its own next offer. Without state.
/// </summary>
/// <param name="preset">The curve.</param>
/// <param name="own">The own outcomes, ranked.</param>
public sealed class GeniusTimeDependent(GeniusPreset preset, RankedOutcomes own) : NextAcceptingNegotiator(own)
{
    /// <summary>The curve.</summary>
    public GeniusPreset Preset => preset;

    /// <summary>P_min + (P_max − P_min)(1 − F(t)).</summary>
    public double TargetAt(double relativeTime) =>
        Own.UtilityMin + ((Own.UtilityMax - Own.UtilityMin) * (1 - preset.ConcededAt(relativeTime)));

    /// <inheritdoc/>
    public override int Bid(in TurnView turn) => Own.ClosestIndex(TargetAt(turn.RelativeTime));
}
