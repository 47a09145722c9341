namespace Market.Domain.Strategies;

/// <summary>
/// Concedes the same utility in every round: its target falls from its largest utility to the larger of its smallest
/// one and its reservation value, target = u_max − r·(u_max − lo)/(n − 1), found by the nearest rule among outcomes no
/// worse than no agreement. It accepts what is worth at least its own next offer. Without state.
/// </summary>
/// <param name="own">The own outcomes, ranked.</param>
public sealed class FixedStep(RankedOutcomes own) : NextAcceptingNegotiator(own)
{
    /// <inheritdoc/>
    public override int Bid(in TurnView turn)
    {
        // In the only round of a negotiation nothing has been conceded yet.
        var steps = Math.Max(1, turn.RoundsMax - 1);
        var target = Own.UtilityMax - (turn.Round * (Own.UtilityMax - Own.UtilityLow) / steps);
        return Own.NearestIndex(target, rationalOnly: true);
    }
}
