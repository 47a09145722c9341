using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class MicroTests
{
    [Fact]
    public void It_concedes_one_outcome_for_each_new_offer_and_accepts_what_it_would_offer_next()
    {
        // By utility: outcomes 1, 2, 0; outcome 3 is worse than no agreement.
        var table = new Table(new Micro(Some.Ranked(0.5, 1, 3, 2, 0), 1), 10);
        Assert.Equal(1, table.Bid(0));
        Assert.Equal(2, table.Bid(1, offer: 3));
        Assert.Contains(table.Bid(2, offer: 3), new[] { 1, 2 });
        Assert.Equal(NegotiatorActKind.Accept, table.Turn(3, offer: 0).Kind);
    }

    [Fact]
    public void When_it_is_not_ready_it_accepts_only_what_is_no_worse_than_its_last_new_offer()
    {
        var table = new Table(new Micro(Some.Ranked(0, 3, 2, 1, 1.5), 1), 10);
        Assert.Equal(0, table.Bid(0));
        Assert.Equal(1, table.Bid(1, offer: 2));

        // One offer received, twice; two sent: the least of its own is worth 2, and outcome 1 is accepted, not 3.
        Assert.Contains(table.Bid(2, offer: 2), new[] { 0, 1 });
        var other = new Table(new Micro(Some.Ranked(0, 3, 2, 1, 1.5), 1), 10);
        other.Bid(0);
        Assert.Equal(NegotiatorActKind.Accept, other.Turn(1, offer: 1).Kind);
    }

    [Fact]
    public void When_all_outcomes_are_sent_it_repeats_them_and_accepts_the_worst_of_them()
    {
        var table = new Table(new Micro(Some.Ranked(0.5, 3, 1, 0.2, 0.1, 0.3), 5), 20);
        Assert.Equal([0, 1], [table.Bid(0), table.Bid(1, offer: 2)]);
        var repeated = Enumerable.Range(2, 12).Select(round => table.Bid(round, offer: 2 + (round % 3))).ToHashSet();
        Assert.Equal([0, 1], repeated.Order());
        Assert.Equal(NegotiatorActKind.Accept, table.Turn(15, offer: 1).Kind);
    }

    [Fact]
    public void Repeated_offers_depend_on_the_seed_alone()
    {
        int[] Bids(ulong seed)
        {
            var table = new Table(new Micro(Some.Ranked(0, 3, 2, 1, 0), seed), 50);
            int[] first = [table.Bid(0), table.Bid(1, offer: 3)];
            return [.. first, .. Enumerable.Range(2, 40).Select(round => table.Bid(round, offer: 3))];
        }

        Assert.Equal(Bids(8), Bids(8));
        Assert.NotEqual(Bids(8), Bids(9));
    }

    [Fact]
    public void Equal_outcomes_are_offered_in_order_of_their_index()
    {
        var table = new Table(new Micro(Some.Ranked(0, 2, 5, 5, 2, 0, 0.1, 0.2), 1), 10);
        Assert.Equal([1, 2, 0, 3], [table.Bid(0), table.Bid(1, offer: 4), table.Bid(2, offer: 5), table.Bid(3, 6)]);
    }

    [Fact]
    public void With_nothing_to_offer_it_ends() =>
        Assert.Equal(TurnAct.End, new Table(new Micro(Some.Ranked(5, 1, 2), 1), 10).Turn(0));

    [Fact]
    public void Without_a_reservation_value_every_outcome_is_offered()
    {
        var table = new Table(new Micro(Some.Ranked(double.NegativeInfinity, -5, 1, -9), 1), 10);
        Assert.Equal([1, 0], [table.Bid(0), table.Bid(1, offer: 2)]);
    }

    [Fact]
    public void The_paper_variant_offers_of_equals_what_the_other_has_offered()
    {
        // Asked for its offers alone: it would accept an offer as good as the next of its own.
        var strategy = new MicroOfPaper(Some.Ranked(0, 2, 5, 5, 5, 6), 1);
        var turn = new TurnView(2, 1, 10, TurnView.NoOffer);
        strategy.Observe(1, 3, turn);
        strategy.Observe(1, 0, turn);
        Assert.Equal([4, 3, 1], [strategy.Bid(turn), strategy.Bid(turn), strategy.Bid(turn)]);
    }

    [Fact]
    public void Without_ties_the_two_variants_are_the_same()
    {
        var own = Some.Ranked(0.1, 0.9, 0.3, 0.5, 0.7, 0.05);
        var (one, other) = (new Table(new Micro(own, 1), 9), new Table(new MicroOfPaper(own, 1), 9));
        int[] offers = [4, 1, 2];
        Assert.Equal(one.Bid(0), other.Bid(0));
        for (var round = 1; round <= 3; round++)
        {
            Assert.Equal(one.Turn(round, offers[round - 1]), other.Turn(round, offers[round - 1]));
        }
    }
}
