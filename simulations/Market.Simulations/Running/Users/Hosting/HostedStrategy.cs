using Market.Domain.Strategies;

namespace Market.Simulations.Running.Users.Hosting;

/// <summary>A user's strategy in a negotiation, played by a process of its own.</summary>
/// <param name="own">The own outcomes.</param>
/// <param name="host">Its process, ready for the negotiation.</param>
internal sealed class HostedStrategy(RankedOutcomes own, StrategyHost host) : RankedNegotiator(own)
{
    private readonly SeenOffers _seen = new();

    /// <inheritdoc/>
    public override void Observe(int party, int offer, in TurnView turn) => _seen.Add(party, offer);

    /// <inheritdoc/>
    /// <exception cref="StrategyFailureException">What the strategy did wrong.</exception>
    public override TurnAct Act(in TurnView turn)
    {
        var act = host.Act(turn, _seen);
        _seen.Clear();
        return act;
    }

    /// <inheritdoc/>
    public override bool Accepts(in TurnView turn) => Act(turn).Kind == NegotiatorActKind.Accept;

    /// <inheritdoc/>
    public override int Bid(in TurnView turn) =>
        Act(turn) is { Kind: NegotiatorActKind.Propose } act ? act.Outcome : TurnView.NoOffer;
}
