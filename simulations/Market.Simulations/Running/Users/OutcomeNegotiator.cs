using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.Running.Users;

/// <summary>
/// A strategy that answers in outcomes, in the form of one that answers in their numbers. Of several counterparties it
/// sees the standing offer only: that is all that a <see cref="NegotiationView"/> has.
/// </summary>
/// <param name="strategy">The strategy.</param>
/// <param name="own">The own outcomes.</param>
/// <param name="side">The side that it sees itself on.</param>
internal sealed class OutcomeNegotiator(INegotiator strategy, RankedOutcomes own, Party side) : RankedNegotiator(own)
{
    /// <summary>The strategy itself where it works on numbers, else this form of it.</summary>
    public static RankedNegotiator Of(INegotiator strategy, RankedOutcomes own, Party side) =>
        strategy as RankedNegotiator ?? new OutcomeNegotiator(strategy, own, side);

    /// <inheritdoc/>
    /// <exception cref="StrategyFailureException">It proposed what is not of the agenda.</exception>
    public override TurnAct Act(in TurnView turn)
    {
        var space = Own.Space;
        Outcome? offer = turn.HasOffer ? space[turn.Offer] : null;
        var act = strategy.Act(
            new NegotiationView(side, space.Agenda, turn.Round, turn.RoundsMax, offer, turn.HasOffer));
        return act.Kind switch
        {
            NegotiatorActKind.Accept => TurnAct.Accept,
            NegotiatorActKind.Propose when space.Agenda.Contains(act.Outcome) =>
                TurnAct.Propose(space.IndexOf(act.Outcome)),
            NegotiatorActKind.Propose =>
                throw new StrategyFailureException($"It proposed {act.Outcome}, which is not of the agenda."),
            _ => TurnAct.End,
        };
    }

    /// <inheritdoc/>
    public override bool Accepts(in TurnView turn) => Act(turn).Kind == NegotiatorActKind.Accept;

    /// <inheritdoc/>
    public override int Bid(in TurnView turn) =>
        Act(turn) is { Kind: NegotiatorActKind.Propose } act ? act.Outcome : TurnView.NoOffer;
}
