using Market.Domain;
using Market.Domain.Enrolling;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Listings;
using Market.Grains.Searching;
using Market.Silo.Gateway;
using Market.Silo.Keys;
using Market.Silo.Tests.Support;
using Market.Testing.Faults;
using Market.Testing.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Silo.Tests.Limiting;

/// <summary>
/// A gateway before real grains that have little room, over a journal whose appends can be held back.
/// </summary>
internal sealed class SaturatedMarket : IAsyncDisposable
{
    /// <summary>Messages that may wait for one grain.</summary>
    public const int MailboxMax = 6;

    /// <summary>Events of one grain that may be on their way to the journal.</summary>
    public const int InFlightMax = 4;

    private readonly MarketKeys _keys = MarketKeys.InMemory();
    private readonly WebServer _server;
    private readonly AgentFeed _feed;
    private readonly EmbeddedCluster _cluster;
    private readonly AgentKeyCache _agentKeys;
    private readonly CursorCodec _cursors;
    private volatile bool _isHeld;

    private SaturatedMarket()
    {
        Journal = new FaultJournal(
            new MemoryJournal(),
            FaultPlan.Of(call => _isHeld && call.Operation == StorageOperation.Append
                ? StorageFault.Stall
                : StorageFault.None));
        _feed = AgentFeed.Start(Journal);
        var market = new MarketId(Guid.CreateVersion7());
        _cluster = new EmbeddedCluster(
            Journal,
            new WireEventCodec(),
            new MarketGrains(market, new UnsignedReceipts(), startingBalance: null).Create,
            _feed.SubscribeAsync,
            new EmbeddedClusterOptions
            {
                Creates = MarketGrains.Creates,
                MailboxMax = MailboxMax,
                InFlightMax = InFlightMax,
            });
        _agentKeys = new AgentKeyCache(_cluster);
        _cursors = new CursorCodec(_keys);
        _server = new WebServer(
            new MarketSiloOptions { Endpoints = MarketSiloOptions.AnyLoopbackPort }, NullLoggerFactory.Instance);
        Options = new GatewayOptions(market, "saturated", 100, true, default, TimeProvider.System);
    }

    public FaultJournal Journal { get; }

    private GatewayOptions Options { get; }

    public static async Task<SaturatedMarket> StartAsync()
    {
        var market = new SaturatedMarket();
        await market._server.StartAsync(CancellationToken.None);
        var (cluster, options) = (market._cluster, market.Options);
        var dispatcher = new Dispatcher(
            cluster,
            new SqliteCatalog(market.Journal),
            new OpenTenders(market.Journal),
            new ListingVersions(market.Journal),
            new ActVerifier(cluster, market._agentKeys, options.Market),
            options);
        market._server.Serve(
            new AgentGateway(new GatewayServices(
                options, cluster, dispatcher, market._cursors, NullLogger.Instance)),
            options.Market);
        return market;
    }

    public Task<TestAgent> SellerAsync(string principal) => TestAgent.RegisterAsync(
        new UriBuilder(_server.Uris[0]) { Scheme = "ws", Path = "/ws" }.Uri, AgentRole.Seller, principal);

    /// <summary>From now on nothing becomes durable.</summary>
    public void Hold() => _isHeld = true;

    /// <summary>Everything becomes durable, in order.</summary>
    public void Release()
    {
        _isHeld = false;
        Journal.Resume();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(TimeSpan.Zero);
        await _cluster.DisposeAsync();
        await _feed.DisposeAsync();
        await Journal.DisposeAsync();
        _agentKeys.Dispose();
        _cursors.Dispose();
        _keys.Dispose();
    }
}
