using Market.Client;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Market.EndToEnd.Tests.Racing;

/// <summary>
/// One seller with many buyers and one buyer with many sellers, over real connections: the stock and the need are
/// consumed once, every other negotiation ends at once, and the losers are told the same.
/// </summary>
public sealed class ManyAtOnceTests(ITestOutputHelper output)
{
    private const int Buyers = 40;
    private const int Units = 4;
    private const int Sellers = 12;

    [Fact]
    public async Task As_many_buyers_get_a_unit_as_there_are_units_and_all_others_are_told()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        var buyers = await Task.WhenAll(
            Enumerable.Range(1, Buyers).Select(i => TestAgent.BuyerAsync(market.Uri, $"buyer-{i}")));
        var listing = await seller.Client.PublishListingAsync(Wares.Draft(stock: Units));
        var settings = new NegotiationSettings { FirstOffer = Wares.Firm(50_00) };
        var bought = await Task.WhenAll(buyers.Select(buyer => buyer.Client.OpenAsync(listing, settings)));
        var sold = await SoldAsync(seller, Buyers);

        await sold.AcceptAsync();

        await AssertEndsAsync([.. bought, .. sold], settled: 2 * Units);
        await Task.WhenAll(buyers.Select(static buyer => buyer.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Of_many_sellers_who_accept_at_once_for_one_need_one_sells_and_all_others_are_told()
    {
        await using var market = await TestMarket.StartAsync();
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var sellers = await Task.WhenAll(
            Enumerable.Range(1, Sellers).Select(i => TestAgent.SellerAsync(market.Uri, $"seller-{i}")));
        var need = await buyer.Client.PublishRequestAsync(new RequestDraft("A machine", "Just one.", 1));
        var settings = new NegotiationSettings { FirstOffer = Wares.Firm(50_00), Request = need.Id };
        var pairs = await Task.WhenAll(sellers.Select(async seller =>
        {
            var listing = await seller.Client.PublishListingAsync(Wares.Draft());
            return (Bought: await buyer.Client.OpenAsync(listing, settings), Sold: await seller.NextAsync());
        }));

        await pairs.Select(static pair => pair.Sold).AcceptAsync();

        await AssertEndsAsync([.. pairs.Select(static p => p.Bought), .. pairs.Select(static p => p.Sold)], settled: 2);
        await Task.WhenAll(sellers.Select(static seller => seller.DisposeAsync().AsTask()));
    }

    private static async Task<IReadOnlyList<Negotiation>> SoldAsync(TestAgent seller, int count)
    {
        await Eventually.TrueAsync(
            "the seller learns of all", () => seller.Client.LiveNegotiations.Count == count);
        return [.. seller.Client.LiveNegotiations];
    }

    private async Task AssertEndsAsync(IReadOnlyList<Negotiation> negotiations, int settled)
    {
        var ends = await Eventually.DoneAsync(
            "every negotiation ends", Task.WhenAll(negotiations.Select(static one => one.WaitForEndAsync())));
        output.WriteLine(string.Join(", ", ends.CountBy(static end => end.Status)));

        Assert.Equal(settled, ends.Count(static end => end.Status == NegotiationStatus.Settled));
        Assert.All(ends.Where(static end => end.Status != NegotiationStatus.Settled), static end => Assert.True(
            end is { Status: NegotiationStatus.SettlementFailed }
                or { Status: NegotiationStatus.Cancelled, Cancellation: CancelReason.SubjectGone },
            $"{end.Id} ended {end.Status} {end.Cancellation}."));
    }
}
