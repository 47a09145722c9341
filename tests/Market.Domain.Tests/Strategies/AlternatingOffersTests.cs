using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class AlternatingOffersTests
{
    private static readonly Agenda Agenda = Some.PriceAgenda(0, 9);

    [Fact]
    public void The_first_party_opens_and_both_see_the_same_time_in_a_round()
    {
        var first = new ScriptedNegotiator(_ => NegotiatorAct.Propose(Outcome.Of(1)));
        var second = new ScriptedNegotiator(_ => NegotiatorAct.Propose(Outcome.Of(2)));
        new AlternatingOffers(new OutcomeSpace(Agenda)).Run([first, second], 2, null, Party.Seller);

        Assert.Equal(new NegotiationView(Party.Seller, Agenda, 0, 2, null, false), first.Views[0]);
        Assert.Equal(new NegotiationView(Party.Buyer, Agenda, 0, 2, Outcome.Of(1), true), second.Views[0]);
        Assert.Equal([1.0 / 3, 2.0 / 3], first.Views.Select(view => view.RelativeTime));
        Assert.Equal([1.0 / 3, 2.0 / 3], second.Views.Select(view => view.RelativeTime));
        Assert.Equal(Outcome.Of(2), first.Views[1].CounterpartyOffer);
    }

    [Fact]
    public void Without_agreement_the_rounds_run_out() => Assert.Equal(
        new AlternatingOffersResult(AlternatingOffersEnd.OutOfRounds, TurnView.NoOffer, 7, 14, -1),
        Run(7, Proposing(1), Proposing(2)));

    [Fact]
    public void Accepting_ends_with_the_standing_offer()
    {
        var counter = NegotiatorAct.Propose(Outcome.Of(2));
        var accepting = new ScriptedNegotiator(view => view.Round == 2 ? NegotiatorAct.Accept : counter);
        var trace = new ActTrace();
        var result = new AlternatingOffers(new OutcomeSpace(Agenda)).Run([Proposing(5), accepting], 7, trace);
        Assert.Equal(new AlternatingOffersResult(AlternatingOffersEnd.Agreement, 5, 3, 5, 1), result);
        Assert.Equal(new PartyAct(1, 1, NegotiatorActKind.Propose, 2), trace.Acts[3]);
        Assert.Equal(new PartyAct(2, 1, NegotiatorActKind.Accept, 5), trace.Acts[^1]);
        Assert.Equal(5, trace.Offers.Count());
    }

    [Fact]
    public void A_party_can_end_the_negotiation() => Assert.Equal(
        new AlternatingOffersResult(AlternatingOffersEnd.EndedByParty, TurnView.NoOffer, 1, 1, 1),
        Run(7, Proposing(5), new ScriptedNegotiator(_ => NegotiatorAct.End)));

    [Fact]
    public void A_strategy_that_breaks_the_protocol_has_failed_and_is_named()
    {
        var early = Run(5, new ScriptedNegotiator(_ => NegotiatorAct.Accept), Proposing(1));
        Assert.Equal((AlternatingOffersEnd.Failed, 0), (early.End, early.By));
        Assert.Contains("no offer to accept", early.Failure, StringComparison.Ordinal);
        var foreign = Run(5, Proposing(1), Proposing(10));
        Assert.Equal((AlternatingOffersEnd.Failed, 1, 1), (foreign.End, foreign.By, foreign.Offers));
        Assert.Contains("[10]", foreign.Failure, StringComparison.Ordinal);
        var outside = Run(5, Proposing(1), new IndexNegotiator(_ => TurnAct.Propose(10)));
        Assert.Contains("outcome 10", outside.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strategy_that_throws_has_failed_with_what_it_threw()
    {
        var throwing = new ScriptedNegotiator(view =>
            view.Round == 1 ? throw new FormatException("No idea.") : NegotiatorAct.Propose(Outcome.Of(3)));
        var result = Run(5, throwing, Proposing(1));
        Assert.Equal(
            new AlternatingOffersResult(
                AlternatingOffersEnd.Failed, TurnView.NoOffer, 2, 2, 0, "FormatException: No idea."),
            result);
    }

    [Fact]
    public void The_number_of_rounds_has_both_limits()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(0, Proposing(1), Proposing(2)));
        Assert.Equal(1, Run(1, Proposing(1), Proposing(2)).Rounds);
        const int Most = AlternatingOffers.RoundsMax;
        Assert.Equal(Most, Run(Most, Indexed(1), Indexed(2)).Rounds);
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(Most + 1, Proposing(1), Proposing(2)));
    }

    [Fact]
    public void Two_to_a_hundred_negotiate()
    {
        const int Most = AlternatingOffers.PartiesMax;
        Assert.Throws<ArgumentException>(() => Run(3, Proposing(1)));
        Assert.Equal(3 * Most, Run(3, [.. Enumerable.Repeat(Indexed(1), Most)]).Offers);
        Assert.Throws<ArgumentException>(() => Run(3, [.. Enumerable.Repeat(Indexed(1), Most + 1)]));
    }

    [Fact]
    public void Who_ranks_other_outcomes_is_refused() => Assert.Throws<ArgumentException>(
        () => Run(3, Proposing(1), new Tough(Some.Ranked(0, 1, 2, 3))));

    [Fact]
    public void Only_a_proposal_has_an_outcome()
    {
        Assert.Equal(Outcome.Of(3), NegotiatorAct.Propose(Outcome.Of(3)).Outcome);
        Assert.Throws<InvalidOperationException>(() => NegotiatorAct.Accept.Outcome);
        Assert.Throws<InvalidOperationException>(() => default(NegotiatorAct).Outcome);
        Assert.Equal(NegotiatorActKind.End, default(NegotiatorAct).Kind);
    }

    [Fact]
    public void Among_three_an_offer_is_agreed_when_both_others_accept_in_succession()
    {
        // The second accepts the first's offer, the third counters; the third's offer is accepted by both others.
        var first = new IndexNegotiator(turn => turn.Round == 0 ? TurnAct.Propose(1) : TurnAct.Accept);
        var second = new IndexNegotiator(_ => TurnAct.Accept);
        var third = new IndexNegotiator(_ => TurnAct.Propose(3));
        var trace = new ActTrace();
        var result = new AlternatingOffers(new OutcomeSpace(Agenda)).Run([first, second, third], 9, trace);
        Assert.Equal(new AlternatingOffersResult(AlternatingOffersEnd.Agreement, 3, 2, 2, 1), result);
        Assert.Equal(
            [
                new(0, 0, NegotiatorActKind.Propose, 1), new(0, 1, NegotiatorActKind.Accept, 1),
                new(0, 2, NegotiatorActKind.Propose, 3), new(1, 0, NegotiatorActKind.Accept, 3),
                new(1, 1, NegotiatorActKind.Accept, 3),
            ],
            trace.Acts.ToArray());
    }

    [Fact]
    public void Everybody_learns_of_each_offer_of_the_others_once_and_in_order()
    {
        var first = new IndexNegotiator(turn => TurnAct.Propose(turn.Round));
        var second = new IndexNegotiator(turn => turn.Round == 1 ? TurnAct.Accept : TurnAct.Propose(5));
        var third = new IndexNegotiator(_ => TurnAct.Propose(7));
        Run(3, first, second, third);
        Assert.Equal([(1, 1, 5), (1, 2, 7), (2, 2, 7)], first.Observed);
        Assert.Equal([(0, 2, 0), (1, 1, 7), (1, 2, 1), (2, 1, 7), (2, 2, 2)], second.Observed);
        Assert.Equal([(0, 1, 0), (0, 2, 5), (1, 1, 1), (2, 1, 2), (2, 2, 5)], third.Observed);
    }

    private static AlternatingOffersResult Run(int roundsMax, params INegotiator[] parties) =>
        new AlternatingOffers(new OutcomeSpace(Agenda)).Run(parties, roundsMax);

    private static ScriptedNegotiator Proposing(long price) => new(_ => NegotiatorAct.Propose(Outcome.Of(price)));

    private static IndexNegotiator Indexed(int outcome) => new(_ => TurnAct.Propose(outcome));

    private sealed class ScriptedNegotiator(Func<NegotiationView, NegotiatorAct> script) : INegotiator
    {
        public List<NegotiationView> Views { get; } = [];

        public NegotiatorAct Act(in NegotiationView view)
        {
            Views.Add(view);
            return script(view);
        }
    }

    private sealed class IndexNegotiator(Func<TurnView, TurnAct> script)
        : RankedNegotiator(Some.Ranked(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9))
    {
        public List<(int Round, int Party, int Offer)> Observed { get; } = [];

        public override void Observe(int party, int offer, in TurnView turn) =>
            Observed.Add((turn.Round, party, offer));

        public override bool Accepts(in TurnView turn) => script(turn).Kind == NegotiatorActKind.Accept;

        public override int Bid(in TurnView turn) => script(turn).Outcome;

        public override TurnAct Act(in TurnView turn) => script(turn);
    }
}
