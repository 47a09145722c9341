using Market.Client;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.EndToEnd.Tests.Support;

namespace Market.EndToEnd.Tests.Listings;

/// <summary>Versions of a listing over real connections: an offer is bound to the one that it names.</summary>
public sealed class ListingVersionTests
{
    [Fact]
    public async Task An_opening_on_an_old_version_is_refused_with_what_has_changed()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var first = await seller.Client.PublishListingAsync(Wares.Draft());
        var second = await seller.Client.UpdateListingAsync(
            first, first.Draft with { Lines = [new ListingLine("machine", 89_00)], Description = "Second hand." });
        var third = await seller.Client.UpdateListingAsync(second, second.Draft with { Stock = 5 });

        var refused = await Assert.ThrowsAsync<MarketRefusedException>(() => buyer.Client.OpenAsync(first));

        Assert.Equal(3, third.Version);
        Assert.Equal(RefusalCode.ListingVersionIsStale, refused.Code);
        Assert.Equal(
            [
                new FieldProblem("listingVersion", "is not the newest", "1", "3"),
                new FieldProblem("description", "has changed", "Brews strong coffee.", "Second hand."),
                new FieldProblem("lines[0].unitPriceMinor", "has changed", "9900", "8900"),
                new FieldProblem("stock", "has changed", "1000000", "5"),
            ],
            refused.Fields);
        Assert.Equal(third, Assert.Single(await FoundAsync(buyer)));
        var stale = await Assert.ThrowsAsync<MarketRefusedException>(
            () => seller.Client.UpdateListingAsync(first, first.Draft));
        Assert.Equal(RefusalCode.ListingVersionIsStale, stale.Code);
    }

    [Fact]
    public async Task In_an_open_negotiation_a_new_offer_is_refused_and_the_standing_one_can_still_be_accepted()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var listing = await seller.Client.PublishListingAsync(Wares.Draft());
        var negotiation = await buyer.Client.OpenAsync(
            listing, new NegotiationSettings { FirstOffer = Wares.Firm(60_00) });
        var invited = await seller.NextAsync();

        await seller.Client.UpdateListingAsync(listing, listing.Draft with { Title = "Grinder" });
        var counter = await invited.TryOfferAsync(Wares.Firm(70_00));
        await invited.AcceptAsync(invited.State.CounterpartyOffer!);
        var deal = await negotiation.WaitForDealAsync();

        Assert.Equal(RefusalCode.ListingVersionIsStale, counter.Code);
        Assert.Equal(["listingVersion", "title"], counter.Refused!.Fields.Select(static field => field.Path));
        Assert.Equal(Wares.Dollars(60_00), deal.Total);
        Assert.Equal(1, deal.Subject.ListingVersion);
    }

    [Fact]
    public async Task Stock_follows_the_versions_and_what_was_sold_cannot_be_taken_back()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var listing = await seller.Client.PublishListingAsync(Wares.Draft(stock: 3));
        await buyer.Client.BuyNowAsync(listing);
        await buyer.Client.BuyNowAsync(listing);
        Assert.Equal(1, await StockOfAsync(seller));

        listing = await seller.Client.UpdateListingAsync(listing, listing.Draft with { Stock = 10 });
        await Eventually.TrueAsync("seven more are minted", async () => await StockOfAsync(seller) == 8);
        listing = await seller.Client.UpdateListingAsync(listing, listing.Draft with { Stock = 3 });
        Assert.Equal(1, await StockOfAsync(seller));
        var refused = await Assert.ThrowsAsync<MarketRefusedException>(
            () => seller.Client.UpdateListingAsync(listing, listing.Draft with { Stock = 1, Title = "Grinder" }));

        Assert.Equal(RefusalCode.StockNotAvailable, refused.Code);
        Assert.Equal(listing, Assert.Single(await FoundAsync(buyer)));
        await buyer.Client.BuyNowAsync(listing);
    }

    [Fact]
    public async Task A_withdrawn_listing_is_found_no_more_and_its_stock_goes_back()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var listing = await seller.Client.PublishListingAsync(Wares.Draft(stock: 3));
        var negotiation = await buyer.Client.OpenAsync(
            listing, new NegotiationSettings { FirstOffer = Wares.Firm(60_00) });

        await seller.Client.WithdrawListingAsync(listing);
        await Eventually.TrueAsync("the stock is back", async () => await StockOfAsync(seller) == 0);
        var end = await Eventually.DoneAsync("the open negotiation ends", negotiation.WaitForEndAsync());

        Assert.Equal(CancelReason.SubjectGone, end.Cancellation);
        Assert.Empty(await FoundAsync(buyer));
        var opening = await Assert.ThrowsAsync<MarketRefusedException>(() => buyer.Client.OpenAsync(listing));
        Assert.Equal(RefusalCode.ListingIsWithdrawn, opening.Code);
    }

    private static async Task<List<Listing>> FoundAsync(TestAgent agent)
    {
        var found = new List<Listing>();
        await foreach (var listing in agent.Client.SearchAsync())
        {
            found.Add(listing);
        }

        return found;
    }

    private static async Task<long> StockOfAsync(TestAgent seller) => (await seller.Client.GetBalancesAsync()).Accounts
        .Where(static account => account.Account.StartsWith("stock", StringComparison.Ordinal))
        .Sum(static account => account.Available);
}
