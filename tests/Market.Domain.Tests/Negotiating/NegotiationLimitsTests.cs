using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>Every limit of a negotiation at its last allowed value and at the next one.</summary>
public sealed class NegotiationLimitsTests
{
    [Theory]
    [InlineData(0, NegotiationRefusal.RoundsOutOfRange)]
    [InlineData(1, null)]
    [InlineData(MarketLimits.RoundsMax - 1, null)]
    [InlineData(MarketLimits.RoundsMax, null)]
    [InlineData(MarketLimits.RoundsMax + 1, NegotiationRefusal.RoundsOutOfRange)]
    public void Rounds_are_1_to_their_limit(int rounds, NegotiationRefusal? refusal) =>
        Assert.Equal(refusal, Open(Some.Rules(roundsMax: rounds)));

    [Theory]
    [InlineData(-1, NegotiationRefusal.FeeOutOfRange)]
    [InlineData(0, null)]
    [InlineData(10_000, null)]
    [InlineData(10_001, NegotiationRefusal.FeeOutOfRange)]
    public void A_fee_is_0_to_all_of_the_total(int fee, NegotiationRefusal? refusal) =>
        Assert.Equal(refusal, Open(Some.Rules() with { FeeBasisPoints = fee }));

    [Theory]
    [InlineData(0, NegotiationRefusal.DurationOutOfRange)]
    [InlineData(1, null)]
    public void A_duration_is_positive(long ticks, NegotiationRefusal? refusal) =>
        Assert.Equal(refusal, Open(Some.Rules() with { Duration = new TimeSpan(ticks) }));

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, NegotiationRefusal.DurationOutOfRange)]
    public void A_duration_is_at_most_its_limit(long ticksAbove, NegotiationRefusal? refusal) => Assert.Equal(
        refusal, Open(Some.Rules() with { Duration = MarketLimits.NegotiationDurationMax + new TimeSpan(ticksAbove) }));

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, NegotiationRefusal.ValidityOutOfRange)]
    public void A_validity_is_at_most_its_limit(long ticksAbove, NegotiationRefusal? refusal)
    {
        var validFor = MarketLimits.OfferValidityMax + new TimeSpan(ticksAbove);
        var opening = Some.Opening() with { FirstOffer = Some.Offer() with { ValidFor = validFor } };

        Assert.Equal(refusal, new NegotiationBench().RefusalOf(opening));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, NegotiationRefusal.MessageIdTooOld)]
    public void A_message_id_lives_as_long_as_its_window(int millisecondsBeyond, NegotiationRefusal? refusal)
    {
        var age = MarketLimits.MessageIdWindow + TimeSpan.FromMilliseconds(millisecondsBeyond);
        var opening = Some.Opening() with { Message = Some.Message(1, Some.Noon + (-age)) };

        Assert.Equal(refusal, new NegotiationBench().RefusalOf(opening));
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, NegotiationRefusal.MessageIdFromTheFuture)]
    public void A_message_id_may_be_ahead_by_the_skew_of_clocks(int millisecondsBeyond, NegotiationRefusal? refusal)
    {
        var ahead = MarketLimits.MessageIdSkewMax + TimeSpan.FromMilliseconds(millisecondsBeyond);
        var opening = Some.Opening() with { Message = Some.Message(1, Some.Noon + ahead) };

        Assert.Equal(refusal, new NegotiationBench().RefusalOf(opening));
    }

    [Fact]
    public void An_offer_stands_until_the_last_tick_of_its_validity()
    {
        var early = NegotiationBench.Opened();
        early.Wait(TimeSpan.FromMinutes(5) - new TimeSpan(1));
        Assert.IsType<OfferAccepted>(early.Do(early.Accept(Party.Seller)).Event);

        var late = NegotiationBench.Opened();
        late.Wait(TimeSpan.FromMinutes(5));
        Assert.Equal(NegotiationRefusal.OfferHasExpired, late.RefusalOf(late.Accept(Party.Seller)));
    }

    [Fact]
    public void Each_side_makes_at_most_one_offer_a_round_even_if_the_other_wastes_its_own()
    {
        var bench = NegotiationBench.Opened(Some.Opening() with { Rules = Some.Rules(roundsMax: 2) });
        bench.Do(bench.Withdraw(Party.Buyer));
        bench.Do(bench.Offer(Party.Buyer, 61_00));
        Assert.Equal(2, bench.State.OffersMadeBy(Party.Buyer));

        Assert.IsType<OfferMade>(bench.Do(bench.Offer(Party.Seller, 99_00)).Event);
        Assert.Equal(NegotiationRefusal.RoundsAreExhausted, bench.RefusalOf(bench.Offer(Party.Buyer, 62_00)));
        Assert.IsType<OfferAccepted>(bench.Do(bench.Accept(Party.Buyer)).Event);
    }

    private static NegotiationRefusal? Open(NegotiationRules rules) =>
        new NegotiationBench().RefusalOf(Some.Opening() with { Rules = rules });
}
