namespace Market.Domain.Strategies;

/// <summary>Offers and accepts only its best outcome. Without state.</summary>
/// <param name="own">The own outcomes, ranked.</param>
public sealed class Tough(RankedOutcomes own) : RankedNegotiator(own)
{
    /// <inheritdoc/>
    public override bool Accepts(in TurnView turn) => turn.Offer == Own.BestIndex;

    /// <inheritdoc/>
    public override int Bid(in TurnView turn) => Own.BestIndex;
}
