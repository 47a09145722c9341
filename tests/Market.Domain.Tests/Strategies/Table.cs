using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

/// <summary>Plays one strategy by hand: what it is offered, and what it does.</summary>
internal sealed class Table(RankedNegotiator strategy, int rounds)
{
    /// <summary>Its turn in a round, with an offer's index or without one.</summary>
    public TurnAct Turn(int round, int offer = TurnView.NoOffer)
    {
        var turn = new TurnView(2, round, rounds, offer);
        if (turn.HasOffer)
        {
            strategy.Observe(1, offer, turn);
        }

        return strategy.Act(turn);
    }

    /// <summary>The outcome that it offers in a round.</summary>
    public int Bid(int round, int offer = TurnView.NoOffer)
    {
        var act = Turn(round, offer);
        Assert.Equal(NegotiatorActKind.Propose, act.Kind);
        return act.Outcome;
    }
}
