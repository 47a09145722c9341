using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Tests.Support;

/// <summary>A served market on a free port, in memory or in a folder of its own that goes with it.</summary>
internal sealed class TestMarket : IAsyncDisposable
{
    private readonly string? _folder;

    private TestMarket(MarketHost host, string? folder)
    {
        Host = host;
        _folder = folder;
    }

    public MarketHost Host { get; private set; }

    public Uri Uri => Host.AgentsUri;

    public string? Folder => _folder;

    public static async Task<TestMarket> StartAsync(
        bool durable = false, Func<MarketSiloOptions, MarketSiloOptions>? configure = null)
    {
        var folder = durable ? Directory.CreateTempSubdirectory("market-test-").FullName : null;
        var options = new MarketSiloOptions
        {
            DataFolder = folder,
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            StartingBalance = new Money(100_000, Currency.Usd),
        };
        options = configure?.Invoke(options) ?? options;
        return new TestMarket(await MarketHost.StartAsync(options), folder);
    }

    /// <summary>Stops the market and starts one on the same data.</summary>
    public async Task RestartAsync(Func<MarketSiloOptions, MarketSiloOptions>? configure = null)
    {
        await Host.StopAsync();
        var options = new MarketSiloOptions
        {
            DataFolder = _folder,
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
        };
        Host = await MarketHost.StartAsync(configure?.Invoke(options) ?? options);
    }

    public Task<TestAgent> BuyerAsync(string principal = "alice") =>
        TestAgent.RegisterAsync(Uri, AgentRole.Buyer, principal);

    public Task<TestAgent> SellerAsync(string principal = "bob") =>
        TestAgent.RegisterAsync(Uri, AgentRole.Seller, principal);

    /// <summary>A buyer, a seller, and the seller's listing.</summary>
    public async Task<(TestAgent Buyer, TestAgent Seller, Listing Listing)> TradersAsync(
        ListingDraft? draft = null, TimeProvider? time = null)
    {
        var seller = await SellerAsync();
        var published = await seller.AskAsync<ListingPublished>(
            new PublishListing(Some.Message(time), draft ?? Some.Listing()));
        return (await BuyerAsync(), seller, published.Listing);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
