using Market.Client;
using Market.Domain;
using Market.Domain.Approvals;
using Market.EndToEnd.Tests.Support;

namespace Market.EndToEnd.Tests.Approving;

/// <summary>
/// Alice's agent may spend 100.00 a deal and 150.00 in all, and needs her approval above 90.00; Bob's agent sells.
/// </summary>
internal sealed class ApprovalScene : IAsyncDisposable
{
    private ApprovalScene(TestMarket market, TestAgent buyer, TestAgent seller) =>
        (Market, Buyer, Seller) = (market, buyer, seller);

    public TestMarket Market { get; }

    public TestAgent Buyer { get; }

    public TestAgent Seller { get; }

    public AgentKey AlicesKey { get; } = AgentKey.Create();

    public PrincipalClient Alice { get; private set; } = null!;

    public Domain.Listings.Listing Listing { get; private set; } = null!;

    public MandateId Mandate { get; private set; }

    public static async Task<ApprovalScene> StartAsync(long? threshold = 90_00)
    {
        var market = await TestMarket.StartAsync();
        var scene = new ApprovalScene(
            market, await TestAgent.BuyerAsync(market.Uri), await TestAgent.SellerAsync(market.Uri));
        scene.Listing = await scene.Seller.Client.PublishListingAsync(Wares.Draft());
        scene.Mandate = (await scene.Buyer.Client.GrantMandateAsync(
            Wares.Dollars(100_00), Wares.Dollars(150_00), TimeSpan.FromDays(3),
            new MandateSettings { ApprovalAboveMinor = threshold })).Mandate;
        await scene.Buyer.Client.EnrolPrincipalKeyAsync(scene.AlicesKey);
        scene.Alice = await PrincipalClient.ConnectAsync(market.Uri, scene.AlicesKey);
        return scene;
    }

    /// <summary>A negotiation in which the seller's firm counteroffer stands, as both sides have it.</summary>
    public async Task<(Negotiation Buyers, Negotiation Sellers)> NegotiateAsync(long price, TimeSpan? validFor = null)
    {
        var buyers = await Buyer.Client.OpenAsync(
            Listing, new NegotiationSettings { FirstOffer = Wares.Firm(60_00), Mandate = Mandate });
        var sellers = await Seller.NextAsync();
        await sellers.CounterAsync(Wares.Firm(price, validFor));
        await buyers.WaitForAsync(static s => s.CounterpartyOffer is not null);
        return (buyers, sellers);
    }

    /// <summary>The next request that waits for Alice.</summary>
    public async Task<ApprovalRecord> AskedAsync()
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        while (true)
        {
            var page = await Alice.ListApprovalsAsync(cancellationToken: patience.Token);
            if (page.Approvals.Count > 0)
            {
                return page.Approvals[0];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Alice.DisposeAsync();
        await Buyer.DisposeAsync();
        await Seller.DisposeAsync();
        await Market.DisposeAsync();
        AlicesKey.Dispose();
    }
}
