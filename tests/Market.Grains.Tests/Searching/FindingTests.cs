using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Settling;
using Market.Domain.Wire.Messages;
using static Market.Grains.Tests.Searching.CatalogBench;

namespace Market.Grains.Tests.Searching;

public sealed class FindingTests : CatalogConformance
{
    private static readonly ListingAttribute Red = new("colour", "red");
    private static readonly ListingAttribute Fast = new("fast", "true");

    [Fact]
    public async Task A_listing_is_found_by_what_it_says_whatever_the_case_and_the_accents()
    {
        var machine = await Bench.PublishAsync(1, Draft("Café Crème machine", "Brews strong coffee.", "Machines") with
        {
            Lines = [new ListingLine("machine", 9_900), new ListingLine("Burr grinder", 3_000)],
            Attributes = [Red],
        });
        await Bench.PublishAsync(2, Draft("Tea pot", "For tea.", "pots"));
        foreach (var query in (SearchListings[])
            [
                Query("CAFE"), Query("strong  máchine"), Query("creme, grinder!"), Query("red"),
                Query() with { Category = "machines" },
                Query() with { Lines = ["burr GRINDER", "Machine"] },
                Query() with { Attributes = [new ListingAttribute("Colour", "RED")] },
                Query("coffee") with { Category = "MACHINES", Attributes = [Red], Lines = ["machine"] },
            ])
        {
            Assert.Equal([machine], await Bench.IdsAsync(query));
        }

        foreach (var query in (SearchListings[])
            [
                Query("cafe tea"), Query("grind"), Query("nothing"),
                Query() with { Category = "machine" },
                Query() with { Lines = ["grinder"] },
                Query() with { Lines = ["machine", "piece"] },
                Query() with { Attributes = [new ListingAttribute("colour", "blue")] },
                Query("tea") with { Attributes = [Red] },
            ])
        {
            Assert.Empty(await Bench.IdsAsync(query));
        }
    }

    [Fact]
    public async Task The_price_of_a_listing_is_its_lowest_and_a_range_is_of_one_currency()
    {
        var euro = Currency.Of("EUR", 2);
        var two = await Bench.PublishAsync(1, Draft("A") with
        {
            Lines = [new ListingLine("one", 500), new ListingLine("two", 200)],
        });
        var other = await Bench.PublishAsync(2, Draft("B", price: 300) with { Currency = euro });
        var dear = await Bench.PublishAsync(3, Draft("C", price: 900));
        var dollars = Query() with { Currency = Currency.Usd };
        Assert.Equal([two, dear], await Bench.IdsAsync(dollars));
        Assert.Equal([two], await Bench.IdsAsync(dollars with { PriceMaxMinor = 200 }));
        Assert.Empty(await Bench.IdsAsync(dollars with { PriceMaxMinor = 199 }));
        Assert.Equal([dear], await Bench.IdsAsync(dollars with { PriceMinMinor = 201 }));
        Assert.Equal([other], await Bench.IdsAsync(Query() with { Currency = euro, PriceMinMinor = 300 }));
        var match = (await Bench.PageAsync(dollars with { PriceMaxMinor = 300 })).Matches[0];
        Assert.Equal(200, match.PriceMinor);
    }

    [Fact]
    public async Task Rare_words_titles_and_short_texts_come_first_and_ties_in_the_order_of_ids()
    {
        await Bench.PublishAsync(4, Draft("Common lamp"));
        await Bench.PublishAsync(3, Draft("Common lamp"));
        await Bench.PublishAsync(5, Draft("Common chair", "With a lamp."));
        await Bench.PublishAsync(2, Draft("Common lamp", "A description that goes on and on about other things."));
        await Bench.PublishAsync(1, Draft("Common table"));
        Assert.Equal([IdOf(3), IdOf(4), IdOf(2), IdOf(5)], await Bench.IdsAsync(Query("lamp")));
        var rare = (await Bench.SearchAsync(Query("table")))[0].Score;
        var frequent = (await Bench.SearchAsync(Query("common"))).Single(one => one.Id == IdOf(1)).Score;
        Assert.True(rare > frequent, $"{rare} should be above {frequent}.");
    }

    [Fact]
    public async Task Nice_attributes_put_a_listing_further_up_and_leave_none_out()
    {
        for (var id = 1; id <= 4; id++)
        {
            await Bench.PublishAsync(id, Draft("Bike") with
            {
                Attributes = id switch { 2 => [Red], 3 => [Fast, Red], 4 => [Fast], _ => [] },
            });
        }

        var nice = Query() with { Nice = [Red, Fast] };
        Assert.Equal([IdOf(3), IdOf(2), IdOf(4), IdOf(1)], await Bench.IdsAsync(nice));
        Assert.Equal([IdOf(3), IdOf(2), IdOf(4), IdOf(1)], await Bench.IdsAsync(nice with { CountMax = 1 }));
        Assert.Equal([IdOf(3), IdOf(2), IdOf(4), IdOf(1)], await Bench.IdsAsync(nice with { Text = "bike" }));
        Assert.Equal([IdOf(3), IdOf(4)], await Bench.IdsAsync(nice with { Attributes = [Fast] }));
    }

    [Fact]
    public async Task Each_match_says_why()
    {
        await Bench.PublishAsync(1, Draft("Red bike", "A bike for hills.", "Bikes") with
        {
            Attributes = [Fast, Red],
        });
        var page = await Bench.PageAsync(
            Query("Bike HILLS") with { Attributes = [Fast], Nice = [Red, new("gears", "21")] });
        var match = Assert.Single(page.Matches);
        Assert.Equal(
            [
                new MatchedWord("bike", [SearchField.Title, SearchField.Description]),
                new MatchedWord("hills", [SearchField.Description]),
            ],
            match.Words);
        Assert.Equal([Fast, Red], match.Attributes);
        Assert.Null(match.PriceMinor);
        Assert.True(match.Score > 5_000);
    }

    [Fact]
    public async Task Requests_are_found_until_the_ledger_closes_them()
    {
        var euro = Currency.Of("EUR", 2);
        var bike = await Bench.PublishAsync(1, new RequestDraft(
            "Wanted: a bike", "For hills.", 1, "bikes", [new RequestLine("bike", 1)], [Fast], [Red], euro));
        var any = await Bench.PublishAsync(2, new RequestDraft("Any lamp", "", 3));
        Assert.Equal([bike], await Requests(new SearchRequests("hills bike")));
        Assert.Equal([bike], await Requests(new SearchRequests(Attributes: [Red, Fast], Lines: ["Bike"])));
        Assert.Equal([bike, any], await Requests(new SearchRequests(Currency: euro)));
        Assert.Equal([any], await Requests(new SearchRequests(Currency: Currency.Usd)));
        Assert.Empty(await Bench.IdsAsync(Query("bike")));
        await Bench.CloseAsync(Asset.Need(bike));
        Assert.Equal([any], await Requests(new SearchRequests()));
    }

    [Fact]
    public async Task A_new_version_takes_the_place_of_the_old_and_a_closed_listing_is_gone()
    {
        await Bench.PublishAsync(1, Draft("First"));
        await Bench.PublishAsync(1, Draft("Second"), version: 2);
        await Bench.PublishAsync(1, Draft("First"));
        Assert.Empty(await Bench.IdsAsync(Query("first")));
        Assert.Equal([IdOf(1)], await Bench.IdsAsync(Query("second")));
        Assert.Equal(2, (await Bench.Catalog.FindAsync(IdOf(1)))!.Version);
        Assert.Null(await Bench.Catalog.FindAsync(IdOf(2)));
        await Bench.CloseAsync(Asset.Unit(IdOf(1)));
        Assert.Empty(await Bench.IdsAsync(Query()));
        Assert.Null(await Bench.Catalog.FindAsync(IdOf(1)));
        Assert.Equal(0, (await Bench.Catalog.CountAsync()).Listings);
    }

    [Fact]
    public async Task A_changed_listing_is_found_as_it_is_now_and_a_withdrawn_one_not_at_all()
    {
        await Bench.PublishAsync(1, Draft("First", price: 100));
        await Bench.ChangeAsync(1, Draft("Second", price: 200), version: 2);
        Assert.Equal("Second", (await Bench.Catalog.FindAsync(IdOf(1)))!.Draft.Title);
        Assert.Empty(await Bench.IdsAsync(Query("first")));
        Assert.Equal([IdOf(1)], await Bench.IdsAsync(Query("second")));
        await Bench.WithdrawAsync(1, version: 2);
        Assert.Null(await Bench.Catalog.FindAsync(IdOf(1)));
        Assert.Empty(await Bench.IdsAsync(Query("second")));
        var prices = (await Bench.Catalog.ReadPricesAsync(new GetPriceHistory(IdOf(1)))).Found!;
        Assert.Equal([100, 200], prices.Versions.Select(static one => one.Lines[0].UnitPriceMinor));
    }

    [Fact]
    public async Task Nobody_but_its_seller_sees_a_listings_mandate()
    {
        var mandate = new MandateId(Guid.CreateVersion7());
        await Bench.PublishAsync(1, Draft("Lamp") with { Mandate = mandate });
        Assert.Null(Assert.Single((await Bench.PageAsync(Query("lamp"))).Listings).Draft.Mandate);
        Assert.Equal(mandate, (await Bench.Catalog.FindAsync(IdOf(1)))!.Draft.Mandate);
        await Bench.PublishAsync(2, Draft("Lamp"));
        var scores = await Bench.SearchAsync(Query("lamp"));
        Assert.Equal(scores[0].Score, scores[1].Score);
    }

    private async Task<RequestId[]> Requests(SearchRequests query) =>
        [.. (await Bench.Catalog.SearchAsync(query)).Found!.Requests.Select(static one => one.Id)];
}
