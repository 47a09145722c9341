using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Grains.Tests.Journaling;
using Market.Testing;

namespace Market.Grains.Tests.Mandates;

/// <summary>
/// A binding act beyond the sender's own mandate is refused to the sender before anybody else sees anything of it.
/// </summary>
public sealed class EarlyRefusalTests : IDisposable
{
    private static readonly NegotiationId Id = MandateMarket.NegotiationOf(1);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(100_00, true)]
    [InlineData(100_01, false)]
    public async Task A_firm_first_offer_is_within_the_mandate(long unitPrice, bool isRecorded)
    {
        await using var market = await MarketAsync();
        var answer = await market.AskAsync(GrainId.Of(Id), market.Opening(1, mandate: 1, unitPrice));
        AssertRecorded(isRecorded, answer);
        Assert.Equal(isRecorded ? 1 : 0, (await market.EventsOfAsync(1)).Length);
    }

    [Theory]
    [InlineData(100_00, OfferBinding.Firm, true)]
    [InlineData(100_01, OfferBinding.Firm, false)]
    [InlineData(100_01, OfferBinding.Indicative, true)]
    public async Task A_firm_counteroffer_is_within_the_mandate_and_an_indicative_one_binds_nobody(
        long unitPrice, OfferBinding binding, bool isRecorded)
    {
        await using var market = await MarketAsync();
        await market.OpenAsync(1, mandate: 1);
        await SellerOffersAsync(market, 150_00);

        var offer = new MakeOffer(
            Some.Message(3, market.Now), Id, 2, Some.Offer(unitPrice) with { Binding = binding });
        var answer = await market.AskAsync(
            GrainId.Of(Id), new PerformAct(Some.BuyerAgent, offer, Some.Digest(3), null, default));

        AssertRecorded(isRecorded, answer);
        Assert.Equal(isRecorded ? 3 : 2, (await market.EventsOfAsync(1)).Length);
    }

    [Theory]
    [InlineData(100_00, true)]
    [InlineData(100_01, false)]
    public async Task An_accept_is_within_the_mandate_of_whoever_accepts(long unitPrice, bool isRecorded)
    {
        await using var market = await MarketAsync();
        await market.OpenAsync(1, mandate: 1);
        await SellerOffersAsync(market, unitPrice);
        AssertRecorded(isRecorded, await BuyerAcceptsAsync(market));
        // Not the last event: the ledger may have settled the deal by now.
        Assert.Equal(isRecorded, (await market.EventsOfAsync(1)).OfType<OfferAccepted>().Any());
    }

    [Fact]
    public async Task An_act_that_was_recorded_keeps_its_answer_when_its_mandate_is_stopped_later()
    {
        await using var market = await MarketAsync();
        var opening = market.Opening(1, mandate: 1);
        var answer = await market.AskAsync(GrainId.Of(Id), opening);
        await market.LedgerDoesAsync(new RevokeMandate(MandateMarket.IdOf(1), Some.Buyer.Principal));

        Assert.Equal(answer, await market.AskAsync(GrainId.Of(Id), opening));
        var other = await market.AskAsync(
            GrainId.Of(MandateMarket.NegotiationOf(2)), market.Opening(2, mandate: 1));
        Assert.Equal(LedgerRefusal.MandateRevoked, Assert.IsType<LedgerRefused>(other).Reason);
    }

    [Fact]
    public async Task Whoever_has_the_answer_to_a_grant_can_act_under_it_and_nobody_under_one_that_is_not_there()
    {
        await using var market = await MarketAsync();
        var answer = await market.AskAsync(GrainId.Of(Id), market.Opening(1, mandate: 7));
        Assert.Equal(LedgerRefusal.MandateUnknown, Assert.IsType<LedgerRefused>(answer).Reason);
        await market.LedgerDoesAsync(new GrantMandate(market.Mandate(7)));
        Assert.IsType<ActRecorded>(await market.AskAsync(GrainId.Of(Id), market.Opening(1, mandate: 7)));
    }

    private async Task<MandateMarket> MarketAsync()
    {
        var market = await MandateMarket.OpenAsync(_folder);
        await market.LedgerDoesAsync(new GrantMandate(market.Mandate(1)));
        return market;
    }

    private static async Task SellerOffersAsync(MandateMarket market, long unitPrice)
    {
        var offer = new MakeOffer(Some.Message(2, market.Now), Id, 1, Some.Offer(unitPrice));
        Assert.IsType<ActRecorded>(await market.AskAsync(
            GrainId.Of(Id), new PerformAct(Some.SellerAgent, offer, Some.Digest(2), null, default)));
    }

    private static async Task<object> BuyerAcceptsAsync(MandateMarket market)
    {
        var offer = ((StandingOffer)await market.AskAsync(
            GrainId.Of(Id), new GetStandingOffer(Some.BuyerAgent))).Offer!;
        var accept = new AcceptOffer(Some.Message(3, market.Now), Id, 2, offer.Number, offer.Hash);
        return await market.AskAsync(
            GrainId.Of(Id), new PerformAct(Some.BuyerAgent, accept, Some.Digest(3), null, default));
    }

    private static void AssertRecorded(bool isRecorded, object answer)
    {
        if (isRecorded)
        {
            Assert.IsType<ActRecorded>(answer);
        }
        else
        {
            var refused = Assert.IsType<LedgerRefused>(answer);
            Assert.Equal(LedgerRefusal.MandatePerDealMaxExceeded, refused.Reason);
            Assert.Equal((100_01, 100_00), (refused.Asked, refused.Allowed));
        }
    }
}
