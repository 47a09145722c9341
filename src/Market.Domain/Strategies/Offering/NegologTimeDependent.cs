namespace Market.Domain.Strategies;

/// <summary>
/// A time-dependent strategy of the family <c>negolog:</c>: it offers the outcome closest to its target, whose time is
/// the share of rounds that have passed, and accepts what is worth at least its own next offer. Without state.
/// </summary>
/// <param name="preset">The curve.</param>
/// <param name="own">The own outcomes, ranked.</param>
public sealed class NegologTimeDependent(NegologPreset preset, RankedOutcomes own) : NextAcceptingNegotiator(own)
{
    /// <summary>The curve.</summary>
    public NegologPreset Preset => preset;

    /// <inheritdoc/>
    public override int Bid(in TurnView turn) =>
        Own.ClosestIndex(preset.TargetAt((double)turn.Round / turn.RoundsMax, Own.ReservationValue));
}
