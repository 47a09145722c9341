using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Mandates;
using Market.Grains.Tests.Grains;
using Market.Grains.Watching;
using Market.Testing;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Watching;

/// <summary>
/// A market over a real store, with a stepped clock: nobody is told what a watch has seen unless a test sweeps, or lets
/// the clock's timers run.
/// </summary>
/// <typeparam name="TWatch">What is watched.</typeparam>
internal abstract class WatchedMarket<TWatch> : IAsyncDisposable
    where TWatch : INegotiationWatch, IAsyncDisposable
{
    private readonly AgentFeed _feed;
    private readonly EmbeddedCluster _cluster;

    protected WatchedMarket(IJournal journal, TWatch watch)
    {
        WireCatalog.Register(typeof(MarketGrains).Assembly);
        Journal = journal;
        Watch = watch;
        _feed = AgentFeed.Start(journal);
        _cluster = new EmbeddedCluster(
            journal,
            new WireEventCodec(),
            new MarketGrains(Some.Market, new CountingSigner(), null, watch as MandateWatch).Create,
            (agent, position, stop) => _feed.SubscribeAsync(agent, position, stop),
            new EmbeddedClusterOptions { Creates = MarketGrains.Creates, Time = Time });
        Sweeper = new NegotiationSweeper(Watch, _cluster, Time, error => Assert.Fail(error.ToString()));
    }

    public TWatch Watch { get; }

    public NegotiationSweeper Sweeper { get; }

    public LedgerTime Now => LedgerTime.FromUtc(Time.GetUtcNow());

    protected IJournal Journal { get; }

    protected ManualClock Time { get; } = new();

    public void Advance(TimeSpan by) => Time.Advance(by);

    public ValueTask<object> AskAsync(GrainId grain, object message) => _cluster.AskAsync(grain, message);

    /// <summary>Tells the ledger something that it has to do.</summary>
    public async Task LedgerDoesAsync(LedgerCommand command) =>
        Assert.IsType<LedgerDone>(await AskAsync(GrainId.Ledger, command));

    public static NegotiationId NegotiationOf(int number) => new(IdOf(number, 4));

    /// <summary>All events of a negotiation, from the store.</summary>
    public async Task<NegotiationEvent[]> EventsOfAsync(int number)
    {
        var head = await Journal.OpenAsync(GrainId.Of(NegotiationOf(number)));
        var rows = await Journal.ReadStreamAsync(head.Number, 0, 100);
        return [.. rows.Select(row => (NegotiationEvent)WireCatalog.DecodeTagged(row.Body.Span))];
    }

    public async ValueTask DisposeAsync()
    {
        await Sweeper.DisposeAsync();
        await _cluster.DisposeAsync();
        await Watch.DisposeAsync();
        await _feed.DisposeAsync();
        await Journal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The n-th id of a kind.</summary>
    protected static Guid IdOf(int number, byte kind) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, kind);
}
