using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;
using static Market.Grains.Tests.Searching.CatalogBench;

namespace Market.Grains.Tests.Searching;

public sealed class PagingTests : CatalogConformance
{
    [Property(MaxTest = 15)]
    public async Task Every_query_finds_what_the_obvious_search_finds_in_one_order(int seed)
    {
        await using var bench = await Start();
        var wares = new Wares(seed);
        var drafts = Enumerable.Range(1, 80).Select(_ => wares.NextDraft()).ToArray();
        for (var i = 0; i < drafts.Length; i++)
        {
            await bench.PublishAsync(i + 1, drafts[i]);
        }

        for (var i = 0; i < 40; i++)
        {
            var query = wares.NextQuery();
            var found = await bench.SearchAsync(query);
            Assert.Equal(
                drafts.Index().Where(one => NaiveCatalog.Matches(one.Item, query)).Select(one => IdOf(one.Index + 1)),
                found.Select(static one => one.Id).Order(Comparer<ListingId>.Create(
                    static (left, right) => left.Value.CompareTo(right.Value))));
            Assert.Equal(
                found.OrderByDescending(static one => one.Score).ThenBy(static one => one.Id.Value), found);
        }
    }

    [Property(MaxTest = 15)]
    public async Task Pages_neither_repeat_nor_leave_out_what_was_there_while_others_publish(int seed)
    {
        await using var bench = await Start();
        var wares = new Wares(seed);
        var drafts = Enumerable.Range(1, 60).Select(_ => wares.NextDraft()).ToArray();
        for (var i = 0; i < drafts.Length; i++)
        {
            await bench.PublishAsync(3 * (i + 1), drafts[i]);
        }

        var published = 0; // their ids lie between those that are there, in no order, and differ
        for (var round = 0; round < 8; round++)
        {
            var query = wares.NextQuery();
            var before = (await bench.IdsAsync(query)).ToHashSet();
            var found = new List<ListingId>();
            ListingsFound page;
            do
            {
                page = await bench.PageAsync(query);
                query = query with { Cursor = page.Cursor };
                found.AddRange(page.Listings.Select(static one => one.Id));

                // Changes how rare every word is, and puts more before and behind the place where the page ended.
                for (var last = Math.Min(published + 5, 60 * (round + 1)); published < last;)
                {
                    await bench.PublishAsync((++published * 7_919 % 10_007 * 3) + 1, wares.NextDraft());
                }
            }
            while (page.HasMore);
            Assert.Equal(found.Distinct(), found);
            Assert.Empty(before.Except(found));
        }
    }

    [Fact]
    public async Task Without_a_cursor_the_last_listing_says_where_to_go_on()
    {
        for (var id = 9; id > 0; id--)
        {
            await Bench.PublishAsync(id, Draft(id % 2 == 0 ? "Lamp" : "Chair", "with a lamp"));
        }

        foreach (var query in (SearchListings[])[Query() with { CountMax = 4 }, Query("lamp") with { CountMax = 4 }])
        {
            var all = await Bench.IdsAsync(query);
            var second = await Bench.PageAsync(query with { After = all[3] });
            Assert.Equal(all[4..8], second.Listings.Select(static one => one.Id));
            Assert.True(second.HasMore);
        }

        Assert.Equal(
            SearchRefusal.SearchCursorIsInvalid,
            (await Bench.Catalog.SearchAsync(Query() with { After = IdOf(99) })).Refusal);
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    [InlineData(int.MaxValue, 100)]
    public async Task A_page_has_one_to_a_hundred_listings(int asked, int got)
    {
        for (var id = 1; id <= 120; id++)
        {
            await Bench.PublishAsync(id, Draft("a"));
        }

        var listings = (await Bench.PageAsync(Query() with { CountMax = asked })).Listings;
        Assert.Equal(Enumerable.Range(1, got).Select(IdOf), listings.Select(static one => one.Id));
    }

    [Fact]
    public async Task A_page_ends_where_a_frame_is_full_and_a_large_listing_goes_out_alone()
    {
        for (var id = 1; id <= 7; id++)
        {
            await Bench.PublishAsync(id, Draft("Lamp", new string('x', id == 4 ? 20_000 : 2_000)));
        }

        var query = Query("lamp");
        var sizes = new List<int>();
        ListingsFound page;
        do
        {
            page = await Bench.PageAsync(query);
            query = query with { Cursor = page.Cursor };
            sizes.Add(Domain.Wire.WireFormat.Encode(page).Length);
        }
        while (page.HasMore);
        Assert.All(sizes.Where(static size => size < 20_000), size => Assert.True(size < MarketLimits.FrameBytesMax));
        Assert.Equal(1, sizes.Count(static size => size > 20_000));
        Assert.Equal(7, (await Bench.IdsAsync(Query("lamp"))).Length);
    }

    [Fact]
    public async Task A_walk_that_finds_little_leaves_it_to_an_index()
    {
        // More than a walk looks at before it gives up, and the only ones that match behind all of them.
        await Task.WhenAll(Enumerable.Range(1, 2_500).Select(id => Bench.PublishAsync(id, Draft("a"))));
        for (var id = 3_000; id < 3_006; id++)
        {
            await Bench.PublishAsync(id, Draft("a", category: "rare", price: 77) with
            {
                Attributes = id % 2 == 0 ? [new ListingAttribute("colour", "red")] : [],
            });
        }

        ListingId[] all = [.. Enumerable.Range(3_000, 6).Select(IdOf)];
        ListingId[] red = [IdOf(3_000), IdOf(3_002), IdOf(3_004)];
        var priced = Query() with { Currency = Currency.Usd, PriceMaxMinor = 77, CountMax = 4 };
        Assert.Equal(all, await Bench.IdsAsync(Query() with { Category = "rare", CountMax = 4 }));
        Assert.Equal(all, await Bench.IdsAsync(priced));
        Assert.Equal(
            red.Concat(all.Except(red)),
            await Bench.IdsAsync(priced with { Nice = [new ListingAttribute("colour", "red")] }));
        Assert.Equal(2_506, (await Bench.IdsAsync(Query() with { CountMax = 100 })).Length);
    }
}
