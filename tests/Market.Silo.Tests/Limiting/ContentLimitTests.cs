using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Silo.Gateway.Limiting;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Limiting;

/// <summary>What an operator allows less of than the format: frames, texts, rounds, listings, negotiations.</summary>
public sealed class ContentLimitTests
{
    [Theory]
    [InlineData(1_999, true)]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    public async Task A_frame_has_the_operators_largest_size(int length, bool isTaken)
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { FrameBytes = 2_000 });
        await using var agent = await TestAgent.AuthenticateAsync(limited.Market.Uri, reads: false);
        var around = TestAgent.FrameOf(9, Some.Search(new string('x', 300))).Length - 300;
        await agent.SendBytesAsync(TestAgent.FrameOf(9, Some.Search(new string('x', length - around))));
        var answer = (await agent.ReceiveAsync())!;
        Assert.Equal(isTaken ? 9u : 0u, answer.Correlation);
        if (!isTaken)
        {
            Refusal.Is(GatewayRefusal.FrameTooLarge, answer.Message);
            Assert.Null(await agent.ReceiveAsync());
        }
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void A_text_has_the_operators_largest_length(int length, bool isTaken)
    {
        var limits = new ContentLimits(new OperatorLimits { TextLength = 10 });
        var text = new string('x', length);
        var draft = Some.Listing() with { Description = text };
        object[] messages =
        [
            new Inquire(Some.Message(), default, 1, text),
            new Inform(Some.Message(), default, 1, null, [], text),
            new PublishListing(Some.Message(), draft),
            new UpdateListing(Some.Message(), default, 1, draft),
            new PublishRequest(Some.Message(), new RequestDraft("Coffee", text, 1)),
        ];
        Assert.All(messages, message => Assert.Equal(isTaken, limits.Refuse(message) is null));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task A_negotiation_has_the_operators_rounds_at_most(int rounds, bool isTaken)
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { Rounds = 5 });
        var (buyer, seller, listing) = await limited.Market.TradersAsync(time: limited.Time);
        await using var _ = buyer;
        await using var __ = seller;
        var answer = await buyer.AskAsync(
            Some.Opening(listing, Some.Message(limited.Time)) with { RoundsMax = rounds });
        if (!isTaken)
        {
            Refusal.Is(NegotiationRefusal.RoundsOutOfRange, answer);
            return;
        }

        Assert.IsType<ActRecorded>(answer);
    }

    [Fact]
    public async Task A_seller_has_so_many_listings_and_more_once_one_is_withdrawn()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { OpenListings = 2 });
        await using var seller = await limited.Market.SellerAsync();
        var first = await PublishAsync(seller, limited);
        var second = new PublishListing(Some.Message(limited.Time), Some.Listing());
        await seller.AskAsync<ListingPublished>(second);
        Refusal.Is(ListingRefusal.TooManyListings, await seller.AskAsync(
            new PublishListing(Some.Message(limited.Time), Some.Listing())));
        await seller.AskAsync<ListingPublished>(second);
        await seller.AskAsync<ListingWithdrawn>(new WithdrawListing(Some.Message(limited.Time), first.Listing.Id, 1));
        await PublishAsync(seller, limited);
    }

    [Fact]
    public async Task A_buyer_publishes_so_many_requests_in_a_week()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { RequestsPerWeek = 2 });
        await using var buyer = await limited.Market.BuyerAsync();
        await buyer.AskAsync<RequestPublished>(Request(limited));
        limited.Time.Advance(TimeSpan.FromSeconds(100));
        await buyer.AskAsync<RequestPublished>(Request(limited));
        var refused = Refusal.Is(ListingRefusal.TooManyRequests, await buyer.AskAsync(Request(limited)));
        Assert.InRange(
            refused.RetryAfter!.Value, TimeSpan.FromDays(7) - TimeSpan.FromSeconds(101), TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task A_buyer_has_so_many_open_negotiations_and_more_once_one_has_ended()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { OpenNegotiations = 2 });
        var (buyer, seller, listing) = await limited.Market.TradersAsync(time: limited.Time);
        await using var _ = buyer;
        await using var __ = seller;
        var first = await buyer.AskAsync<ActRecorded>(Some.Opening(listing, Some.Message(limited.Time)));
        var second = Some.Opening(listing, Some.Message(limited.Time));
        var recorded = await buyer.AskAsync<ActRecorded>(second);
        var third = Some.Opening(listing, Some.Message(limited.Time));
        Refusal.Is(NegotiationRefusal.TooManyOpenNegotiations, await buyer.AskAsync(third));
        Assert.Equal(recorded, await buyer.AskAsync(second));

        // What others do with them frees a place; a seller's own number is not what counts.
        await seller.AskAsync<ActRecorded>(
            new LeaveNegotiation(Some.Message(limited.Time), first.Negotiation, 1, ReasonCode.Other));
        await buyer.AskAsync<ActRecorded>(third);
        Refusal.Is(
            NegotiationRefusal.TooManyOpenNegotiations,
            await buyer.AskAsync(Some.Opening(listing, Some.Message(limited.Time))));
    }

    [Fact]
    public async Task Openings_at_once_come_to_no_more_than_the_limit()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { OpenNegotiations = 10 });
        var (buyer, seller, listing) = await limited.Market.TradersAsync(time: limited.Time);
        await using var _ = buyer;
        await using var __ = seller;
        var asked = new List<Task<object>>();
        for (var i = 0; i < 40; i++)
        {
            asked.Add(await buyer.BeginAsync(Some.Opening(listing, Some.Message(limited.Time))));
        }

        var answers = await Task.WhenAll(asked).WaitAsync(TestAgent.Patience);
        Assert.Equal(10, answers.Count(static answer => answer is ActRecorded));
        Assert.All(answers.OfType<Refused>(), static refused =>
            Assert.Equal(nameof(NegotiationRefusal.TooManyOpenNegotiations), refused.Name));
    }

    private static PublishRequest Request(LimitedMarket limited) =>
        new(Some.Message(limited.Time), new RequestDraft("Coffee", "For us.", 1));

    private static Task<ListingPublished> PublishAsync(TestAgent seller, LimitedMarket limited) =>
        seller.AskAsync<ListingPublished>(new PublishListing(Some.Message(limited.Time), Some.Listing()));
}
