using Market.Domain.Strategies;

namespace Market.Simulations.Running.Users;

/// <summary>A foreign strategy whose every act is timed; its making counts as a part of its first act.</summary>
/// <param name="own">The own outcomes.</param>
/// <param name="make">Makes the strategy.</param>
/// <param name="seat">Its seat from 0.</param>
/// <param name="clock">What times it.</param>
internal sealed class TimedNegotiator(RankedOutcomes own, Func<RankedNegotiator> make, int seat, ActClock clock)
    : RankedNegotiator(own)
{
    private readonly SeenOffers _seen = new();
    private RankedNegotiator? _strategy;

    /// <inheritdoc/>
    public override void Observe(int party, int offer, in TurnView turn) => _seen.Add(party, offer);

    /// <inheritdoc/>
    public override TurnAct Act(in TurnView turn)
    {
        clock.Start(seat);
        try
        {
            _strategy ??= make();
            return _seen.Play(_strategy, turn);
        }
        finally
        {
            clock.Stop();
        }
    }

    /// <inheritdoc/>
    public override bool Accepts(in TurnView turn) => Act(turn).Kind == NegotiatorActKind.Accept;

    /// <inheritdoc/>
    public override int Bid(in TurnView turn) =>
        Act(turn) is { Kind: NegotiatorActKind.Propose } act ? act.Outcome : TurnView.NoOffer;
}
