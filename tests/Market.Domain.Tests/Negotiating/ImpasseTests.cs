using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>Rounds in which neither side moves end a negotiation, where its rules say so.</summary>
public sealed class ImpasseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_offer_that_completes_as_many_rounds_without_movement_ends_the_negotiation(int rounds)
    {
        var bench = Opened(rounds);
        bench.Do(bench.Offer(Party.Seller, 90_00));
        for (var i = 0; i < (2 * rounds) - 1; i++)
        {
            Assert.IsType<OfferMade>(bench.Do(Repeat(bench)).Event);
        }

        var decision = bench.Do(Repeat(bench));

        var cancelled = Assert.IsType<NegotiationCancelled>(decision.Event);
        Assert.Equal(CancelReason.Impasse, cancelled.Reason);
        Assert.Equal(bench.State.Seq, decision.Answer!.Seq);
        Assert.Equal(NegotiationStatus.Cancelled, bench.State.Status);
        Assert.Equal(CancelReason.Impasse, bench.State.Cancellation);
        Assert.True(bench.State.HasEnded);
        Assert.Null(bench.State.Standing);
    }

    [Fact]
    public void The_same_message_again_gets_the_same_answer()
    {
        var bench = Opened(1);
        bench.Do(bench.Offer(Party.Seller, 90_00));
        bench.Do(bench.Offer(Party.Buyer, 60_00));
        var last = bench.Offer(Party.Seller, 90_00);

        Assert.Equal(bench.Do(last).Answer, bench.Do(last).Answer);
        Assert.Equal(4, bench.Events.Count);
    }

    [Fact]
    public void A_movement_of_either_side_begins_the_count_anew()
    {
        var bench = Opened(1);
        bench.Do(bench.Offer(Party.Seller, 90_00));
        bench.Do(bench.Offer(Party.Buyer, 60_00));
        bench.Do(bench.Offer(Party.Seller, 89_00));
        bench.Do(bench.Offer(Party.Buyer, 60_00));

        Assert.IsType<NegotiationCancelled>(bench.Do(bench.Offer(Party.Seller, 89_00)).Event);
    }

    [Fact]
    public void Making_an_indicative_offer_firm_is_a_movement()
    {
        var bench = Opened(1);
        bench.Do(bench.Offer(Party.Seller, ProposedOffer.Indicative(Some.Terms(90_00))));
        bench.Do(bench.Offer(Party.Buyer, 60_00));

        Assert.IsType<OfferMade>(bench.Do(bench.Offer(Party.Seller, 90_00)).Event);
    }

    [Fact]
    public void A_side_that_repeats_itself_alone_is_no_impasse()
    {
        var bench = Opened(1);
        for (var i = 0; i < 5; i++)
        {
            bench.Do(bench.Withdraw(Party.Buyer));
            Assert.IsType<OfferMade>(bench.Do(bench.Offer(Party.Buyer, 60_00)).Event);
        }
    }

    [Fact]
    public void It_is_off_unless_the_rules_say_otherwise()
    {
        var bench = NegotiationBench.Opened();
        bench.Do(bench.Offer(Party.Seller, 90_00));
        for (var i = 0; i < 10; i++)
        {
            Assert.IsType<OfferMade>(bench.Do(Repeat(bench)).Event);
        }
    }

    [Theory]
    [InlineData(-1, NegotiationRefusal.ImpasseOutOfRange)]
    [InlineData(0, null)]
    [InlineData(11, null)]
    [InlineData(12, null)]
    [InlineData(13, NegotiationRefusal.ImpasseOutOfRange)]
    public void It_comes_after_0_to_all_rounds(int rounds, NegotiationRefusal? refusal) => Assert.Equal(
        refusal,
        new NegotiationBench().RefusalOf(
            Some.Opening() with { Rules = Some.Rules(roundsMax: 12) with { ImpasseAfter = rounds } }));

    [Fact]
    public void The_other_side_sees_neither_the_act_nor_any_offer_in_it()
    {
        var bench = Opened(1);
        bench.Do(bench.Offer(Party.Seller, 90_00));
        bench.Do(bench.Offer(Party.Buyer, 60_00));
        var cancelled = (NegotiationCancelled)bench.Do(bench.Offer(Party.Seller, 90_00)).Event!;

        Assert.Null(((NegotiationCancelled)NegotiationViews.SeenBy(cancelled, Party.Buyer)).Act);
        Assert.Equal(cancelled, NegotiationViews.SeenBy(cancelled, Party.Seller));
    }

    private static NegotiationBench Opened(int impasseAfter) => NegotiationBench.Opened(
        Some.Opening() with { Rules = Some.Rules() with { ImpasseAfter = impasseAfter } });

    private static PerformAct Repeat(NegotiationBench bench) => bench.State.Turn == Party.Buyer
        ? bench.Offer(Party.Buyer, 60_00)
        : bench.Offer(Party.Seller, 90_00);
}
