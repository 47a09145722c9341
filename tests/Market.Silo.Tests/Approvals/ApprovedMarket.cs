using System.Threading.Channels;
using Market.Client;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Silo.Tests.Audit;

namespace Market.Silo.Tests.Approvals;

/// <summary>
/// A served market in a folder: Alice's agent needs her approval above 90.00, and Bob's firm offer stands.
/// </summary>
internal sealed class ApprovedMarket : IAsyncDisposable
{
    private readonly MarketHost _host;
    private readonly AgentKey _sellersKey = AgentKey.Create();
    private readonly Channel<MarketEvent> _sellersEvents = Channel.CreateUnbounded<MarketEvent>();
    private Task _reading = Task.CompletedTask;

    private ApprovedMarket(MarketHost host) => _host = host;

    public Uri Uri => _host.Uri;

    public AgentKey BuyersKey { get; } = AgentKey.Create();

    public AgentKey AlicesKey { get; } = AgentKey.Create();

    public MarketClient Buyer { get; private set; } = null!;

    public MarketClient Seller { get; private set; } = null!;

    public MandateId Mandate { get; private set; }

    public Listing Listing { get; private set; } = null!;

    public static async Task<ApprovedMarket> StartAsync(string? folder)
    {
        var market = new ApprovedMarket(await MarketHost.StartAsync(new MarketSiloOptions
        {
            DataFolder = folder,
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            StartingBalance = new Money(500_00, Currency.Usd),
        }));
        await market.OpenAsync();
        return market;
    }

    /// <summary>A negotiation in which the seller's firm offer stands, as the buyer has it.</summary>
    public async Task<Negotiation> OfferedAsync(long price = 94_00, MandateId? mandate = null)
    {
        var buyers = await Buyer.OpenAsync(Listing, new NegotiationSettings { Mandate = mandate ?? Mandate });
        await using var opened = Seller.NegotiationsAsync().GetAsyncEnumerator();
        Assert.True(await opened.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)));
        await opened.Current.OfferAsync(opened.Current.State.TermsOf(Outcome.Of(price, 5)).Outcome);
        await buyers.WaitForAsync(static s => s.CounterpartyOffer is not null).WaitAsync(TimeSpan.FromSeconds(60));
        return buyers;
    }

    /// <summary>All events of the next negotiation that the seller has settled, in order, as it got them.</summary>
    public async Task<List<MarketEvent>> SellersDealAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var events = new List<MarketEvent>();
        do
        {
            events.Add(await _sellersEvents.Reader.ReadAsync(patience.Token));
        }
        while (events[^1].Event is not DealSettled);
        return events;
    }

    /// <summary>Asks Alice to approve the standing offer.</summary>
    public async Task<ApprovalId> AskAsync(Negotiation negotiation) =>
        (await Buyer.RequestApprovalAsync(negotiation, negotiation.State.CounterpartyOffer!)).Id;

    /// <summary>One whole deal with an approval.</summary>
    public async Task DealAsync(long price = 94_00)
    {
        var negotiation = await OfferedAsync(price);
        var id = await AskAsync(negotiation);
        await using (var alice = await PrincipalClient.ConnectAsync(Uri, AlicesKey))
        {
            await alice.ApproveAsync(await alice.GetApprovalAsync(id));
        }

        await negotiation.AcceptAsync(negotiation.State.CounterpartyOffer!);
        await negotiation.WaitForDealAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>A store with one approved deal and one request that was denied.</summary>
    public static async Task<TestStore> StoreAsync()
    {
        var store = TestStore.Empty();
        await using var market = await StartAsync(store.Folder);
        await market.DealAsync();
        var id = await market.AskAsync(await market.OfferedAsync(95_00));
        await using var alice = await PrincipalClient.ConnectAsync(market.Uri, market.AlicesKey);
        await alice.DenyAsync(id);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        await Buyer.DisposeAsync();
        await Seller.DisposeAsync();
        await _reading;
        await _host.DisposeAsync();
        BuyersKey.Dispose();
        AlicesKey.Dispose();
        _sellersKey.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var @event in Seller.EventsAsync())
        {
            await _sellersEvents.Writer.WriteAsync(@event);
        }
    }

    private async Task OpenAsync()
    {
        var disclosure = new Disclosure("Tests Ltd", "scripted", "1");
        Buyer = await MarketClient.ConnectAsync(Uri, BuyersKey);
        await Buyer.RegisterBuyerAsync("Alice's agent", "alice", disclosure);
        Seller = await MarketClient.ConnectAsync(Uri, _sellersKey, new MarketClientOptions { DeliverEvents = true });
        _reading = ReadAsync();
        await Seller.RegisterSellerAsync("Bob's agent", "bob", disclosure);
        Listing = await Seller.PublishListingAsync(Support.Some.Listing());
        Mandate = (await Buyer.GrantMandateAsync(
            new Money(100_00, Currency.Usd), new Money(400_00, Currency.Usd), TimeSpan.FromDays(1),
            new MandateSettings { ApprovalAboveMinor = 90_00 })).Mandate;
        await Buyer.EnrolPrincipalKeyAsync(AlicesKey);
    }
}
