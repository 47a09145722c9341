using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

/// <summary>What is said of a negotiation apart from distances: classes of moves, anomalies, surplus, speed.</summary>
public sealed class NegotiationLabelTests
{
    private static readonly RankedOutcomes First = Some.Ranked(0.5, 0, 1, 2, 1, 1, 3);
    private static readonly RankedOutcomes Second = Some.Ranked(0.5, 3, 2, 1, 3, 2, 3);
    private static readonly Optimality Both = new(First, Second);
    private static readonly Party?[] Sides = [Party.Seller, Party.Buyer];

    [Theory]
    [InlineData(1, 1, MoveClass.Fortunate)]
    [InlineData(1, -1, MoveClass.Selfish)]
    [InlineData(1, 0, MoveClass.Selfish)]
    [InlineData(-1, 1, MoveClass.Concession)]
    [InlineData(-1, 0, MoveClass.Concession)]
    [InlineData(0, 1, MoveClass.Nice)]
    [InlineData(0, 0, MoveClass.Silent)]
    [InlineData(5e-10, -5e-10, MoveClass.Silent)]
    [InlineData(0, -1, MoveClass.Unfortunate)]
    [InlineData(-1, -1, MoveClass.Unfortunate)]
    public void A_move_is_classed_by_what_it_changed(double own, double other, MoveClass expected) =>
        Assert.Equal(expected, MoveCounts.ClassOf(own, other));

    [Fact]
    public void A_partys_moves_are_counted_from_offer_to_offer()
    {
        // The first party: 2 → 1 concedes, 1 → 4 is silent, 4 → 3 is nice, 3 → 5 is selfish.
        PartyAct[] acts =
        [
            Offer(0, 0, 2), Offer(0, 1, 0), Offer(1, 0, 1), Offer(1, 1, 0), Offer(2, 0, 4), Offer(2, 1, 5),
            Offer(3, 0, 3), Offer(3, 1, 5), Offer(4, 0, 5), new(4, 1, NegotiatorActKind.Accept, 5),
        ];
        Assert.Equal(new MoveCounts(0, 1, 1, 1, 1, 0), MoveCounts.Of(acts, 0, [First, Second]));
        Assert.Equal(new MoveCounts(0, 0, 0, 1, 2, 0), MoveCounts.Of(acts, 1, [First, Second]));
        Assert.Equal(0.25, MoveCounts.Of(acts, 0, [First, Second]).ShareOf(1));
        Assert.Equal(0, MoveCounts.Of([], 0, [First, Second]).ShareOf(0));
    }

    [Fact]
    public void Whoever_agrees_below_its_limit_is_named_by_its_side()
    {
        Assert.Equal(Anomalies.BelowCost, LabelsOf(Agreed(0)));
        Assert.Equal(Anomalies.None, LabelsOf(Agreed(1)));
        var sold = new Optimality(Some.Ranked(0, 1, 1), Some.Ranked(0.5, 0.5 - 2e-9, 0.5 - 0.5e-9));
        Assert.Equal(Anomalies.OverBudget, AnomalyRules.Of(Agreed(0), [], sold, Sides));
        Assert.Equal(Anomalies.None, AnomalyRules.Of(Agreed(1), [], sold, Sides));
        Assert.Equal(Anomalies.BelowReservation, AnomalyRules.Of(Agreed(0), [], sold, [null, null]));
    }

    [Fact]
    public void No_agreement_is_a_missed_deal_where_one_was_better_for_all()
    {
        var result = new AlternatingOffersResult(AlternatingOffersEnd.OutOfRounds, TurnView.NoOffer, 1, 2, -1);
        Assert.Equal(Anomalies.MissedFeasibleDeal, LabelsOf(result));
        var apart = new Optimality(Some.Ranked(0.5, 0, 1), Some.Ranked(0.5, 1, 0));
        Assert.Equal(Anomalies.None, AnomalyRules.Of(result, [], apart, Sides));
    }

    [Fact]
    public void Ending_while_something_better_than_nothing_stands_is_irrational()
    {
        var result = new AlternatingOffersResult(AlternatingOffersEnd.EndedByParty, TurnView.NoOffer, 1, 1, 1);
        PartyAct end = new(0, 1, NegotiatorActKind.End, TurnView.NoOffer);
        Assert.True(LabelsOf(result, Offer(0, 0, 2), end).HasFlag(Anomalies.IrrationalRefusal));
        var refused = new Optimality(First, Some.Ranked(1, 3, 2, 1, 3, 2, 3));
        Assert.False(AnomalyRules.Of(result, [Offer(0, 0, 2), end], refused, Sides)
            .HasFlag(Anomalies.IrrationalRefusal));
        Assert.False(LabelsOf(result, end).HasFlag(Anomalies.IrrationalRefusal));
    }

    [Fact]
    public void A_deadlock_is_three_turns_of_everybody_without_change()
    {
        var result = new AlternatingOffersResult(AlternatingOffersEnd.OutOfRounds, TurnView.NoOffer, 4, 8, -1);
        PartyAct[] acts =
        [
            Offer(0, 0, 1), Offer(0, 1, 0), Offer(1, 0, 2), Offer(1, 1, 3),
            Offer(2, 0, 2), Offer(2, 1, 3), Offer(3, 0, 2), Offer(3, 1, 3),
        ];
        Assert.True(LabelsOf(result, acts).HasFlag(Anomalies.Deadlock));
        Assert.False(LabelsOf(result, acts[..^1]).HasFlag(Anomalies.Deadlock));
        Assert.False(LabelsOf(result, acts[4..]).HasFlag(Anomalies.Deadlock));
    }

    [Fact]
    public void Too_much_is_more_than_was_posted_or_asked_before_for_terms_no_worse()
    {
        Assert.True(AnomalyRules.IsOverpayment(101, 5, 100, []));
        Assert.False(AnomalyRules.IsOverpayment(100, 5, 100, []));
        Assert.True(AnomalyRules.IsOverpayment(100, 5, null, [(120, 9), (99, 5)]));
        Assert.False(AnomalyRules.IsOverpayment(100, 5, null, [(99, 4.9), (100, 9)]));
        Assert.True(AnomalyRules.IsSubstitution(("soup", 2, 10), ("soup", 2, 11)));
        Assert.False(AnomalyRules.IsSubstitution(("soup", 2, 10), ("soup", 2, 10)));
    }

    [Fact]
    public void A_surplus_is_split_in_money_or_by_advantage()
    {
        Assert.Equal(0.25, Surplus.ShareInMoney(0, [5, 15]));
        Assert.Null(Surplus.ShareInMoney(0, [5, -5]));
        Assert.Null(Surplus.ShareInMoney(0, [double.PositiveInfinity, 1]));
        Assert.Equal(0.75, Surplus.ShareOfAdvantage(1, [0.2, 0.6])!.Value, 12);
        Assert.Null(Surplus.ShareOfAdvantage(1, [null, 0.6]));
        Assert.Null(Surplus.ShareOfAdvantage(1, [0, 0]));
    }

    [Fact]
    public void Speed_odds_compare_the_first_quotes_luck_with_chance()
    {
        Assert.Equal(3, SpeedOdds.Of([(2, true), (2, true), (2, true), (2, false), (1, true)])!.Value, 12);
        Assert.Equal(1, SpeedOdds.Of([(4, true), (4, false), (4, false), (4, false)])!.Value, 12);
        Assert.Null(SpeedOdds.Of([(2, true)]));
        Assert.Null(SpeedOdds.Of([(1, true)]));
    }

    [Fact]
    public void A_utility_is_discounted_by_the_time_of_the_end()
    {
        Assert.Equal(8 * 0.5, Discounting.Of(8, 0.25, 0.5), 12);
        Assert.Equal(8, Discounting.Of(8, 1, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Discounting.Of(8, 0, 0.5));
    }

    private static PartyAct Offer(int round, int party, int outcome) =>
        new(round, party, NegotiatorActKind.Propose, outcome);

    private static AlternatingOffersResult Agreed(int outcome) =>
        new(AlternatingOffersEnd.Agreement, outcome, 1, 1, 1);

    private static Anomalies LabelsOf(AlternatingOffersResult result, params PartyAct[] acts) =>
        AnomalyRules.Of(result, acts, Both, Sides);
}
