using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using static Market.Grains.Tests.Searching.CatalogBench;

namespace Market.Grains.Tests.Searching;

public sealed class ComparisonTests : CatalogConformance
{
    [Fact]
    public async Task Listings_stand_side_by_side_at_their_posted_values()
    {
        var mandate = new MandateId(Guid.CreateVersion7());
        await Bench.PublishAsync(1, Draft("Set") with
        {
            Lines = [new ListingLine("chair", 1_000), new ListingLine("table", 5_000)],
            Attributes = [new ListingAttribute("colour", "red")],
            Mandate = mandate,
        });
        await Bench.PublishAsync(2, Draft("Open price", price: 3_000) with { PostedValues = [] });
        var rows = await CompareAsync(
            new ComparedOrder(IdOf(2)),
            new ComparedOrder(IdOf(1), [new OrderLine(0, 4), new OrderLine(1, 1)]),
            new ComparedOrder(IdOf(1), [new OrderLine(2, 1)]),
            new ComparedOrder(IdOf(9)));
        Assert.Equal("Open price", rows[0].Title);
        Assert.Null(rows[0].Posted);
        Assert.Equal([new OrderLine(0, 1)], rows[0].Order);
        Assert.Equal(9_000, rows[1].Posted!.TotalMinorUnits);
        Assert.Equal(Outcome.Of(9_000, 5), rows[1].Posted!.Outcome);
        Assert.Equal([new ListingAttribute("colour", "red")], rows[1].Attributes);
        Assert.Equal((1, 10), (rows[1].Agenda!.Issues[1].Minimum, rows[1].Agenda!.Issues[1].Maximum));
        Assert.Equal((int)ListingRefusal.OrderIsInvalid, rows[2].Refusal);
        Assert.Equal((int)ListingRefusal.ListingNotFound, rows[3].Refusal);
        Assert.Equal(rows[2] with { Listing = IdOf(9), Order = [], Refusal = 4101 }, rows[3]);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public async Task One_to_twenty_are_compared_at_once(int count, bool isTaken)
    {
        var orders = Enumerable.Repeat(new ComparedOrder(IdOf(1)), count).ToValueArray();
        var answer = await Bench.Catalog.CompareAsync(new CompareListings(orders));
        Assert.Equal(isTaken ? null : SearchRefusal.ComparisonSizeIsInvalid, answer.Refusal);
        Assert.Equal(isTaken ? count : null, answer.Found?.Listings.Count);
    }

    [Fact]
    public async Task Rows_that_no_frame_holds_are_left_for_the_next_message()
    {
        var large = Enumerable.Range(0, 64)
            .Select(i => new ListingAttribute(i + new string('n', 70), new string('v', 80))).ToValueArray();
        await Bench.PublishAsync(1, Draft("Large") with { Attributes = large });
        var rows = await CompareAsync([.. Enumerable.Repeat(new ComparedOrder(IdOf(1)), 3)]);
        Assert.Single(rows);
    }

    [Fact]
    public async Task Every_version_keeps_its_posted_prices_and_its_time()
    {
        for (var version = 1; version <= 5; version++)
        {
            await Bench.PublishAsync(1, Draft("Lamp", price: 100 * version), version);
        }

        var first = (await Bench.Catalog.ReadPricesAsync(new GetPriceHistory(IdOf(1), 0, 3))).Found!;
        Assert.Equal([1, 2, 3], first.Versions.Select(static one => one.Version));
        Assert.True(first.HasMore);
        var rest = (await Bench.Catalog.ReadPricesAsync(new GetPriceHistory(IdOf(1), 3, 3))).Found!;
        Assert.False(rest.HasMore);
        Assert.Equal(
            [
                new PostedVersion(4, Market.Testing.Some.Noon, Currency.Usd, [new ListingLine("piece", 400)]),
                new PostedVersion(5, Market.Testing.Some.Noon, Currency.Usd, [new ListingLine("piece", 500)]),
            ],
            rest.Versions);
        await Bench.CloseAsync(Domain.Settling.Asset.Unit(IdOf(1)));
        Assert.Equal(5, (await Bench.Catalog.ReadPricesAsync(new GetPriceHistory(IdOf(1)))).Found!.Versions.Count);
        Assert.Empty((await Bench.Catalog.ReadPricesAsync(new GetPriceHistory(IdOf(2)))).Found!.Versions);
    }

    private async Task<ValueArray<ComparedListing>> CompareAsync(params ComparedOrder[] orders) =>
        (await Bench.Catalog.CompareAsync(new CompareListings(ValueArray.Create<ComparedOrder>(orders))))
            .Found!.Listings;
}
