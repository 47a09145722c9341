using Market.Client;
using Market.Domain;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.EndToEnd.Tests.Support;

namespace Market.EndToEnd.Tests.Hosted;

/// <summary>Strategies that agents leave with the market do what they would do in the agents' own programs.</summary>
public sealed class HostedStrategyTests
{
    private const int Rounds = 20;

    [Theory]
    [InlineData("Linear", "Linear")]
    [InlineData("Boulware", "Conceder")]
    [InlineData("Conceder", "Poly2.5")]
    [InlineData("Conceder", "NaiveTitForTat")]
    [InlineData("genius:Linear", "market:FixedStep+AC-combi(0.9)+model:frequency")]
    public async Task A_hosted_seller_and_a_buyers_own_program_agree_on_what_the_strategies_agree_on_in_memory(
        string buyerStrategy, string sellerStrategy)
    {
        await using var market = await TestMarket.StartAsync();
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var seller = await TestAgent.SellerAsync(market.Uri);
        var (listing, _) = await HostedWares.HostSellerAsync(seller.Client, sellerStrategy);
        await seller.DisposeAsync();

        var negotiation = await buyer.Client.OpenAsync(listing, new NegotiationSettings { RoundsMax = Rounds });
        var result = await Eventually.DoneAsync(
            "the negotiation ends",
            negotiation.RunAsync(HostedWares.StrategyFor(negotiation, buyerStrategy, HostedWares.Buyer())));

        var agenda = negotiation.State.Subject.Agenda;
        var expected = HostedWares.InMemory(
            agenda, buyerStrategy, HostedWares.Buyer(), sellerStrategy, HostedWares.Seller(), Rounds);
        Assert.NotNull(expected.Agreement);
        Assert.Equal(expected.Agreement, result.Deal?.Terms.Outcome);
        Assert.Equal(expected.Offers, negotiation.State.OffersMade);
        Assert.Equal(
            (SignerKind.AgentKey, SignerKind.SessionKey), (result.Deal!.BuyerSigner, result.Deal.SellerSigner));
        Assert.True(result.Deal.IsReceiptSignedBy(buyer.Client.ReceiptKey.Span));
    }

    [Fact]
    public async Task A_hosted_buyer_goes_on_with_what_its_program_opened()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        var buyer = await TestAgent.BuyerAsync(market.Uri);
        var listing = await seller.Client.PublishListingAsync(
            HostedWares.Draft(await HostedWares.MandateAsync(seller.Client)));
        var mandate = await HostedWares.MandateAsync(buyer.Client);
        var opened = await buyer.Client.OpenAsync(
            listing, new NegotiationSettings { RoundsMax = Rounds, Mandate = mandate });
        await buyer.Client.HostAsync(new HostedStrategy
        {
            Strategy = "Linear",
            Utility = HostedWares.Buyer(),
            Mandate = mandate,
            Negotiations = [opened.Id],
        });
        await buyer.DisposeAsync();

        var negotiation = await seller.NextAsync();
        var result = await Eventually.DoneAsync(
            "the negotiation ends",
            negotiation.RunAsync(HostedWares.StrategyFor(negotiation, "Linear", HostedWares.Seller())));
        var expected = HostedWares.InMemory(
            negotiation.State.Subject.Agenda, "Linear", HostedWares.Buyer(), "Linear", HostedWares.Seller(), Rounds);
        Assert.Equal(expected.Agreement, result.Deal?.Terms.Outcome);
        Assert.Equal(
            (SignerKind.SessionKey, SignerKind.AgentKey), (result.Deal!.BuyerSigner, result.Deal.SellerSigner));
    }

    [Fact]
    public async Task Two_hosted_strategies_trade_with_nobody_there()
    {
        await using var market = await TestMarket.StartAsync();
        var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var (listing, _) = await HostedWares.HostSellerAsync(seller.Client);
        await seller.DisposeAsync();
        var mandate = await HostedWares.MandateAsync(buyer.Client);
        var request = await buyer.Client.PublishRequestAsync(new RequestDraft("An espresso machine", "", 1));
        await buyer.Client.HostAsync(new HostedStrategy
        {
            Strategy = "Linear",
            Utility = HostedWares.Buyer(),
            Mandate = mandate,
            Request = request.Id,
        });

        var negotiation = await buyer.Client.OpenAsync(
            listing, new NegotiationSettings { RoundsMax = Rounds, Mandate = mandate, Request = request.Id });
        var deal = await Eventually.DoneAsync("the deal is settled", negotiation.WaitForDealAsync());
        Assert.Equal((SignerKind.SessionKey, SignerKind.SessionKey), (deal.BuyerSigner, deal.SellerSigner));
    }

    [Fact]
    public async Task A_program_that_is_connected_acts_beside_its_hosted_strategy()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var (listing, _) = await HostedWares.HostSellerAsync(seller.Client);
        var negotiation = await buyer.Client.OpenAsync(listing, new NegotiationSettings { RoundsMax = Rounds });
        var sold = await seller.NextAsync();
        var both = Task.WhenAll(
            negotiation.RunAsync(HostedWares.StrategyFor(negotiation, "Linear", HostedWares.Buyer())),
            sold.RunAsync(HostedWares.StrategyFor(sold, "Linear", HostedWares.Seller())));
        var ends = await Eventually.DoneAsync("the negotiation ends", both);

        // Whoever of the two was quicker: each turn was taken once, and by the same strategy.
        var expected = HostedWares.InMemory(
            negotiation.State.Subject.Agenda, "Linear", HostedWares.Buyer(), "Linear", HostedWares.Seller(), Rounds);
        Assert.All(ends, end => Assert.Equal(expected.Agreement, end.Deal?.Terms.Outcome));
        Assert.Equal(expected.Offers, negotiation.State.OffersMade);
    }

    [Fact]
    public async Task A_hosting_tells_its_agent_what_becomes_of_it_and_never_its_limits()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        var (listing, hosting) = await HostedWares.HostSellerAsync(seller.Client);
        var running = Assert.Single(await seller.Client.HostingAsync());
        Assert.Equal((hosting, "Linear", (HostingEnd?)null), (running.Id, running.Plan.Strategy, running.End));
        Assert.Equal([listing.Id], running.Plan.Listings);

        await seller.Client.StopHostingAsync(hosting);
        var ended = Assert.Single(await seller.Client.HostingAsync());
        Assert.Equal(HostingEnd.Stopped, ended.End);
        await using var notices = seller.Client.NoticesAsync().GetAsyncEnumerator();
        Assert.True(await Eventually.DoneAsync("the start is told", notices.MoveNextAsync().AsTask()));
        Assert.Equal(hosting, Assert.IsType<HostingStarted>(notices.Current.Event).Hosting);
        Assert.True(await Eventually.DoneAsync("the end is told", notices.MoveNextAsync().AsTask()));
        Assert.Equal(HostingEnd.Stopped, Assert.IsType<HostingStopped>(notices.Current.Event).End);
    }

    [Fact]
    public async Task Nothing_is_signed_once_a_session_key_is_taken_back()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var (listing, hosting) = await HostedWares.HostSellerAsync(seller.Client);
        var before = await buyer.Client.OpenAsync(listing, new NegotiationSettings { RoundsMax = Rounds });
        await Eventually.DoneAsync("the strategy begins", before.WaitForAsync(static s => s.Seq == 2));

        var key = Assert.Single(await seller.Client.HostingAsync()).Plan.SessionKey;
        await seller.Client.RevokeSessionKeyAsync(key);
        Assert.Equal(HostingEnd.SessionKeyRevoked, Assert.Single(await seller.Client.HostingAsync()).End);
        await before.OfferAsync(Outcome.Of(4_000, 10, 0));
        var after = await buyer.Client.OpenAsync(listing, new NegotiationSettings { RoundsMax = Rounds });

        // What another strategy of the same seller does shows that time has passed.
        var (other, _) = await HostedWares.HostSellerAsync(seller.Client);
        var answered = await buyer.Client.OpenAsync(other, new NegotiationSettings { RoundsMax = Rounds });
        await Eventually.DoneAsync("the other strategy begins", answered.WaitForAsync(static s => s.Seq == 2));
        Assert.Equal((3, 1), (before.State.Seq, after.State.Seq));
        var refused = await Assert.ThrowsAsync<MarketRefusedException>(() => seller.Client.StopHostingAsync(
            new HostingId(Guid.CreateVersion7())));
        Assert.Equal(RefusalCode.HostingNotFound, refused.Code);
        Assert.Contains(hosting, (await seller.Client.HostingAsync()).Select(static h => h.Id));
    }

    [Fact]
    public async Task A_strategy_whose_outcomes_are_all_worse_than_no_deal_leaves()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var (listing, _) = await HostedWares.HostSellerAsync(
            seller.Client, utility: HostedWares.Seller(reservationValue: 1_000_000));
        var negotiation = await buyer.Client.OpenAsync(listing, new NegotiationSettings { RoundsMax = Rounds });
        var end = await Eventually.DoneAsync("the strategy leaves", negotiation.WaitForEndAsync());
        Assert.Equal((NegotiationStatus.Withdrawn, 0), (end.Status, end.OffersMade));
    }

    [Fact]
    public async Task An_act_that_the_mandate_does_not_allow_is_reported_to_its_agent_alone()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var mandate = (await seller.Client.GrantMandateAsync(
            Wares.Dollars(50_00), Wares.Dollars(100_000_00), HostedWares.Validity)).Mandate;
        var listing = await seller.Client.PublishListingAsync(HostedWares.Draft(mandate));
        await seller.Client.HostAsync(new HostedStrategy
        {
            Strategy = "Linear",
            Utility = HostedWares.Seller(),
            Mandate = mandate,
            Listings = [listing.Id],
        });
        var negotiation = await buyer.Client.OpenAsync(listing, new NegotiationSettings { RoundsMax = Rounds });
        await using var notices = seller.Client.NoticesAsync().GetAsyncEnumerator();
        AgentEvent? told = null;
        while (told is not HostedActRefused)
        {
            Assert.True(await Eventually.DoneAsync("the refusal is told", notices.MoveNextAsync().AsTask()));
            told = notices.Current.Event;
        }

        var refused = (HostedActRefused)told;
        Assert.Equal((negotiation.Id, 1), (refused.Negotiation, refused.Seq));
        Assert.Equal(RefusalCode.MandatePerDealMaxExceeded, (RefusalCode)refused.Code);
        Assert.Equal(1, negotiation.State.Seq);
    }
}
