namespace Market.Domain.Strategies;

/// <summary>
/// A strategy without an acceptance rule of its own: it accepts what is worth at least its next offer.
/// </summary>
/// <param name="own">The own outcomes, ranked.</param>
public abstract class NextAcceptingNegotiator(RankedOutcomes own) : RankedNegotiator(own)
{
    /// <inheritdoc/>
    public sealed override bool Accepts(in TurnView turn) => Own.UtilityOf(turn.Offer) >= Own.UtilityOfEnd(Bid(turn));

    /// <inheritdoc/>
    public sealed override TurnAct Act(in TurnView turn)
    {
        // The next offer is found once, to compare with and to make.
        var bid = Bid(turn);
        return turn.HasOffer && Own.UtilityOf(turn.Offer) >= Own.UtilityOfEnd(bid) ? TurnAct.Accept
            : bid >= 0 ? TurnAct.Propose(bid)
            : TurnAct.End;
    }
}
