using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class NaiveTitForTatTests
{
    private static readonly RankedOutcomes Even = Some.Ranked(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    [Fact]
    public void It_gives_a_step_in_the_first_rounds_and_then_as_much_as_it_is_given()
    {
        var table = new Table(new NaiveTitForTat(Even), 20);
        Assert.Equal(10, table.Bid(0));
        Assert.Equal(9, table.Bid(1, offer: 0));
        Assert.Equal(9, table.Bid(2, offer: 0));
        Assert.Equal(7, table.Bid(3, offer: 3));
        Assert.Equal(10, table.Bid(4, offer: 0));
        Assert.Equal(NegotiatorActKind.Accept, table.Turn(5, offer: 5).Kind);
    }

    [Fact]
    public void Accepting_and_offering_both_move_the_iterator()
    {
        // From the best: 10, 4, 1, 0. Round 1: accepting takes 10 − 4, offering 1 − 0; round 2 finds nothing left.
        var table = new Table(new NaiveTitForTat(Some.Ranked(0, 0, 1, 4, 10)), 20);
        Assert.Equal(3, table.Bid(0));
        Assert.Equal(NegotiatorActKind.Accept, table.Turn(1, offer: 2).Kind);

        var other = new Table(new NaiveTitForTat(Some.Ranked(0, 0, 1, 4, 10)), 20);
        Assert.Equal(3, other.Bid(1, offer: 1));
        Assert.Equal(3, other.Bid(2, offer: 2));
    }

    [Fact]
    public void In_its_first_turn_it_accepts_only_the_best() =>
        Assert.Equal(
            [NegotiatorActKind.Propose, NegotiatorActKind.Accept],
            new[] { 9, 10 }.Select(offer => new Table(new NaiveTitForTat(Even), 20).Turn(0, offer).Kind));

    [Fact]
    public void An_offer_is_judged_above_the_reservation_value_and_answered_over_the_whole_range()
    {
        // n(8) = (8 − 6)/(10 − 6) = ½: it accepts n ≥ ½, so 8; and n(7) = ¼ is answered with u ≥ 0.75·10.
        var own = Some.Ranked(6, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Assert.Equal(NegotiatorActKind.Accept, new Table(new NaiveTitForTat(own), 20).Turn(3, offer: 8).Kind);
        Assert.Equal(8, new Table(new NaiveTitForTat(own), 20).Bid(3, offer: 7));

        // n(2) is negative, so nothing is given.
        Assert.Equal(10, new Table(new NaiveTitForTat(own), 20).Bid(3, offer: 2));
    }

    [Fact]
    public void A_concession_that_is_no_number_is_none()
    {
        // Three outcomes: offering takes the last one and the missing reservation value, −∞.
        var table = new Table(new NaiveTitForTat(Some.Ranked(double.NegativeInfinity, 0, 4, 10)), 20);
        Assert.Equal(2, table.Bid(1, offer: 0));

        // All outcomes are worth the same: every share is 0/0.
        var flat = new Table(new NaiveTitForTat(Some.Ranked(0, 3, 3)), 20);
        Assert.Equal(0, flat.Bid(3, offer: 1));
    }
}
