using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

public sealed class DealTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_agents_negotiate_and_settle(bool durable)
    {
        await using var market = await TestMarket.StartAsync(durable);
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        await buyer.AskAsync<Subscribed>(new Subscribe(default));
        await seller.AskAsync<Subscribed>(new Subscribe(default));
        var request = (await buyer.AskAsync<RequestPublished>(
            new PublishRequest(Some.Message(), new RequestDraft("A machine", "For the office.", 1)))).Request;

        var opening = Some.Opening(listing, offer: Some.Offer(6_000)) with { Request = request.Id };
        var opened = await buyer.AskAsync<ActRecorded>(buyer.Signed(opening));
        Assert.Equal(1, opened.Seq);
        Assert.IsType<NegotiationOpened>((await seller.NextEventAsync()).Event);

        var counter = new MakeOffer(Some.Message(), opened.Negotiation, 1, Some.Offer(8_400));
        await seller.AskAsync<ActRecorded>(seller.Signed(counter));
        await buyer.NextEventAsync();
        var made = Assert.IsType<OfferMade>((await buyer.NextEventAsync()).Event);
        Assert.Null(made.Evidence);

        var accept = new AcceptOffer(Some.Message(), opened.Negotiation, 2, made.Offer.Number, made.Offer.Hash);
        Assert.Equal(3, (await buyer.AskAsync<ActRecorded>(buyer.Signed(accept))).Seq);
        Assert.IsType<OfferMade>((await seller.NextEventAsync()).Event);
        Assert.IsType<OfferAccepted>((await seller.NextEventAsync()).Event);
        var settled = Assert.IsType<DealSettled>((await seller.NextEventAsync()).Event);
        Assert.Equal(market.Host.Keys.KeyId, settled.Receipt.KeyId);

        Assert.Equal(100_000 - 8_400, await FundsAsync(buyer));
        Assert.Equal(8_400 - 84, await FundsAsync(seller));
    }

    [Fact]
    public async Task The_posted_price_is_a_deal_in_one_signed_step()
    {
        await using var market = await TestMarket.StartAsync();
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        await seller.AskAsync<Subscribed>(new Subscribe(default));
        var opening = Some.Opening(listing, offer: Some.Offer(9_900, days: 5)) with { Protocol = Protocol.PostedPrice };

        Refusal.Is(NegotiationRefusal.SignatureRequired, await buyer.AskAsync(opening));
        var forged = buyer.Signed(opening) with { Signature = seller.Signed(opening).Signature };
        Refusal.Is(GatewayRefusal.SignatureIsWrong, await buyer.AskAsync(forged));
        await buyer.AskAsync<ActRecorded>(buyer.Signed(opening));
        Assert.IsType<PostedPriceTaken>((await seller.NextEventAsync()).Event);
        Assert.IsType<DealSettled>((await seller.NextEventAsync()).Event);
    }

    [Fact]
    public async Task An_accept_needs_its_own_signature()
    {
        await using var market = await TestMarket.StartAsync();
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        var accept = await OfferedAsync(buyer, seller, listing, seller.Signed);
        Refusal.Is(NegotiationRefusal.SignatureRequired, await buyer.AskAsync(accept));
        Refusal.Is(
            GatewayRefusal.SignatureIsWrong,
            await buyer.AskAsync(buyer.Signed(accept) with { Signature = seller.Signed(accept).Signature }));
        Refusal.Is(
            GatewayRefusal.SignatureIsWrong, await buyer.AskAsync(
                buyer.Signed(accept) with { Signature = new byte[63] }));
        await buyer.AskAsync<ActRecorded>(buyer.Signed(accept));
    }

    [Fact]
    public async Task An_offer_whose_signature_is_forged_is_refused_before_anyone_sees_it()
    {
        await using var market = await TestMarket.StartAsync();
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        var opened = await buyer.AskAsync<ActRecorded>(Some.Opening(listing));
        var offer = new MakeOffer(Some.Message(), opened.Negotiation, 1, Some.Offer(7_000));
        Refusal.Is(GatewayRefusal.SignatureIsWrong, await seller.AskAsync(buyer.Signed(offer)));
        Assert.Equal(2, (await seller.AskAsync<ActRecorded>(seller.Signed(offer))).Seq);
    }

    [Fact]
    public async Task Where_signatures_are_not_required_plain_acts_make_a_deal()
    {
        await using var market = await TestMarket.StartAsync(configure: o => o with { SignaturesRequired = false });
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        var accept = await OfferedAsync(buyer, seller, listing, act => act);
        await seller.AskAsync<Subscribed>(new Subscribe(default));
        await buyer.AskAsync<ActRecorded>(accept);
        EventNotice last;
        do
        {
            last = await seller.NextEventAsync();
        }
        while (last.Event is not DealSettled);
        Assert.Equal(4, last.Seq);
    }

    /// <summary>A seller's firm offer in a negotiation that the buyer opened, and the buyer's accept of it.</summary>
    private static async Task<AcceptOffer> OfferedAsync(
        TestAgent buyer, TestAgent seller, Listing listing, Func<object, object> send)
    {
        var opened = await buyer.AskAsync<ActRecorded>(Some.Opening(listing));
        await buyer.AskAsync<Subscribed>(new Subscribe(default));
        await buyer.NextEventAsync();
        var offer = new MakeOffer(Some.Message(), opened.Negotiation, 1, Some.Offer(7_000));
        await seller.AskAsync<ActRecorded>(send(offer));
        var made = Assert.IsType<OfferMade>((await buyer.NextEventAsync()).Event);
        return new AcceptOffer(Some.Message(), opened.Negotiation, 2, made.Offer.Number, made.Offer.Hash);
    }

    private static async Task<long> FundsAsync(TestAgent agent)
    {
        var balances = await agent.AskAsync<Balances>(new GetBalances());
        return Assert.Single(
            balances.Accounts, account => account.Account.StartsWith("funds:", StringComparison.Ordinal)).Available;
    }
}
