using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class BilateralSessionTests
{
    private static readonly Agenda Agenda = Some.PriceAgenda(0, 9);

    [Fact]
    public void The_first_party_opens_and_both_see_the_same_time_in_a_round()
    {
        var first = new ScriptedNegotiator(_ => NegotiatorAct.Propose(Outcome.Of(1)));
        var second = new ScriptedNegotiator(_ => NegotiatorAct.Propose(Outcome.Of(2)));
        BilateralSession.Run(Agenda, first, second, 2, Party.Seller);

        Assert.Equal(new NegotiationView(Party.Seller, Agenda, 0, 2, null, false), first.Views[0]);
        Assert.Equal(new NegotiationView(Party.Buyer, Agenda, 0, 2, Outcome.Of(1), true), second.Views[0]);
        Assert.Equal([1.0 / 3, 2.0 / 3], first.Views.Select(view => view.RelativeTime));
        Assert.Equal([1.0 / 3, 2.0 / 3], second.Views.Select(view => view.RelativeTime));
        Assert.Equal(Outcome.Of(2), first.Views[1].CounterpartyOffer);
    }

    [Fact]
    public void Without_agreement_the_rounds_run_out()
    {
        var result = Run(Proposing(1), Proposing(2), 7);
        Assert.Equal((BilateralEnd.OutOfRounds, null, 7), (result.End, result.Agreement, result.Steps));
        Assert.Equal(14, result.Offers.Count);
    }

    [Fact]
    public void Accepting_ends_with_the_standing_offer()
    {
        var counter = NegotiatorAct.Propose(Outcome.Of(2));
        var accepting = new ScriptedNegotiator(view => view.Round == 2 ? NegotiatorAct.Accept : counter);
        var result = BilateralSession.Run(Agenda, Proposing(5), accepting, 7);
        Assert.Equal((BilateralEnd.Agreement, Outcome.Of(5), 3), (result.End, result.Agreement, result.Steps));
        Assert.Equal(5, result.Offers.Count);
        Assert.Equal(new BilateralOffer(1, Party.Seller, Outcome.Of(2)), result.Offers[3]);
    }

    [Fact]
    public void A_party_can_end_the_negotiation()
    {
        var result = BilateralSession.Run(Agenda, Proposing(5), new ScriptedNegotiator(_ => NegotiatorAct.End), 7);
        Assert.Equal((BilateralEnd.EndedByParty, null, 1), (result.End, result.Agreement, result.Steps));
    }

    [Fact]
    public void A_strategy_that_breaks_the_protocol_is_named()
    {
        var accepting = new ScriptedNegotiator(_ => NegotiatorAct.Accept);
        var early = Assert.Throws<InvalidOperationException>(() => Run(accepting, Proposing(1), 5));
        Assert.Contains("Buyer accepted", early.Message, StringComparison.Ordinal);
        var foreign = Assert.Throws<InvalidOperationException>(() => Run(Proposing(1), Proposing(10), 5));
        Assert.Contains("Seller proposed [10]", foreign.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_rounds_has_both_limits()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(Proposing(1), Proposing(2), 0));
        Assert.Equal(1, Run(Proposing(1), Proposing(2), 1).Steps);
        var most = MarketLimits.RoundsMax;
        Assert.Equal(most - 1, Run(Proposing(1), Proposing(2), most - 1).Steps);
        Assert.Equal(most, Run(Proposing(1), Proposing(2), most).Steps);
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(Proposing(1), Proposing(2), most + 1));
    }

    [Fact]
    public void Only_a_proposal_has_an_outcome()
    {
        Assert.Equal(Outcome.Of(3), NegotiatorAct.Propose(Outcome.Of(3)).Outcome);
        Assert.Throws<InvalidOperationException>(() => NegotiatorAct.Accept.Outcome);
        Assert.Throws<InvalidOperationException>(() => default(NegotiatorAct).Outcome);
        Assert.Equal(NegotiatorActKind.End, default(NegotiatorAct).Kind);
    }

    private static BilateralResult Run(INegotiator first, INegotiator second, int roundsMax) =>
        BilateralSession.Run(Agenda, first, second, roundsMax);

    private static ScriptedNegotiator Proposing(long price) => new(_ => NegotiatorAct.Propose(Outcome.Of(price)));

    private sealed class ScriptedNegotiator(Func<NegotiationView, NegotiatorAct> script) : INegotiator
    {
        public List<NegotiationView> Views { get; } = [];

        public NegotiatorAct Act(in NegotiationView view)
        {
            Views.Add(view);
            return script(view);
        }
    }
}
