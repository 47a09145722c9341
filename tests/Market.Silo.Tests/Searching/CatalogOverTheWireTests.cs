using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Grains.Searching;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Searching;

public sealed class CatalogOverTheWireTests
{
    [Fact]
    public async Task A_buyer_searches_compares_and_reads_prices_and_never_sees_a_mandate()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await market.SellerAsync();
        await using var buyer = await market.BuyerAsync();
        var mandate = (await seller.AskAsync<MandateGranted>(new GrantOwnMandate(
            Some.Message(), Currency.Usd, 50_000, 50_000, TimeSpan.FromHours(1)))).Mandate;
        var (plain, secret) = (Some.Listing(), Some.Listing() with { Mandate = mandate });
        var published = await seller.AskAsync<ListingPublished>(new PublishListing(Some.Message(), secret));
        Assert.Equal(mandate, published.Listing.Draft.Mandate); // the seller's own
        var id = published.Listing.Id;

        var found = await buyer.AskAsync<ListingsFound>(Some.Search("espresso"));
        Assert.Equal([published.Listing with { Draft = plain }], found.Listings);
        Assert.Equal("espresso", found.Matches[0].Words[0].Word);
        var compared = await buyer.AskAsync<ListingsCompared>(new CompareListings([new ComparedOrder(id)]));
        Assert.Equal(9_900, compared.Listings[0].Posted!.TotalMinorUnits);
        var prices = await buyer.AskAsync<PriceHistory>(new GetPriceHistory(id));
        Assert.Equal(secret.Lines, Assert.Single(prices.Versions).Lines);
    }

    [Fact]
    public async Task What_is_wrong_with_a_query_is_said()
    {
        await using var market = await TestMarket.StartAsync();
        await using var buyer = await market.BuyerAsync();
        Refusal.Is(SearchRefusal.SearchTextTooLong, await buyer.AskAsync(Some.Search(new string('x', 201))));
        Refusal.Is(
            SearchRefusal.SearchCursorIsInvalid, await buyer.AskAsync(Some.Search() with { Cursor = new byte[9] }));
        Refusal.Is(SearchRefusal.ComparisonSizeIsInvalid, await buyer.AskAsync(new CompareListings([])));
        Refusal.Is(
            SearchRefusal.SearchPriceRangeIsInvalid, await buyer.AskAsync(Some.Search() with { PriceMinMinor = 1 }));
    }

    [Fact]
    public async Task A_request_is_found_until_deals_have_filled_it()
    {
        await using var market = await TestMarket.StartAsync();
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        await buyer.AskAsync<Subscribed>(new Subscribe(default));
        var request = (await buyer.AskAsync<RequestPublished>(new PublishRequest(
            Some.Message(), new RequestDraft("A machine", "For the office.", 1)))).Request;
        Assert.Equal([request], (await seller.AskAsync<RequestsFound>(new SearchRequests("OFFICE"))).Requests);

        var opening = Some.Opening(listing, offer: Some.Offer(9_900, days: 5)) with
        {
            Protocol = Protocol.PostedPrice,
            Request = request.Id,
        };
        await buyer.AskAsync<ActRecorded>(buyer.Signed(opening));
        while ((await buyer.NextEventAsync()).Event is not DealSettled)
        {
        }

        Assert.Empty((await seller.AskAsync<RequestsFound>(new SearchRequests("office"))).Requests);
    }

    [Fact]
    public async Task A_market_finds_after_a_restart_what_it_found_before_also_without_its_index()
    {
        await using var market = await TestMarket.StartAsync(durable: true);
        ListingsFound before;
        await using (var seller = await market.SellerAsync())
        {
            foreach (var title in (string[])["Espresso machine", "Espresso cup", "Tea cup"])
            {
                await seller.AskAsync<ListingPublished>(new PublishListing(Some.Message(), Some.Listing(title)));
            }

            before = await seller.AskAsync<ListingsFound>(Some.Search("cup"));
        }

        Assert.Equal(2, before.Listings.Count);
        await market.RestartAsync();
        await FindsAsync();
        await market.Host.StopAsync();
        File.Delete(Path.Combine(market.Folder!, SqliteCatalog.FileName));
        await market.RestartAsync();
        await FindsAsync();

        async Task FindsAsync()
        {
            await using var buyer = await market.BuyerAsync(Guid.CreateVersion7().ToString("n"));
            Assert.Equal(before, await buyer.AskAsync<ListingsFound>(Some.Search("cup")));
        }
    }
}
