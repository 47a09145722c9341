using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Mandates;
using Market.Grains.Tests.Grains;
using Market.Grains.Tests.Journaling;
using Market.Grains.Tests.Watching;
using Market.Grains.Watching;
using Market.Testing;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Mandates;

/// <summary>
/// A market over a real store, with a stepped clock: nobody is told of a stopped mandate unless a test sweeps, or lets
/// the clock's timers run.
/// </summary>
internal sealed class MandateMarket : IAsyncDisposable
{
    private readonly ManualClock _time = new();
    private readonly IJournal _journal;
    private readonly AgentFeed _feed;
    private readonly EmbeddedCluster _cluster;

    private MandateMarket(IJournal journal)
    {
        _journal = journal;
        _feed = AgentFeed.Start(journal);
        Watch = new MandateWatch(journal);
        _cluster = new EmbeddedCluster(
            journal,
            new WireEventCodec(),
            new MarketGrains(Some.Market, new CountingSigner(), null, Watch).Create,
            (agent, position, stop) => _feed.SubscribeAsync(agent, position, stop),
            new EmbeddedClusterOptions { Creates = MarketGrains.Creates, Time = _time });
        Sweeper = new NegotiationSweeper(Watch, _cluster, _time, error => Assert.Fail(error.ToString()));
        Left = new EventWitness<NegotiationLeft>(journal);
    }

    public MandateWatch Watch { get; }

    public NegotiationSweeper Sweeper { get; }

    public EventWitness<NegotiationLeft> Left { get; }

    public LedgerTime Now => LedgerTime.FromUtc(_time.GetUtcNow());

    public static async Task<MandateMarket> OpenAsync(TestFolder folder)
    {
        WireCatalog.Register(typeof(MarketGrains).Assembly);
        var market = new MandateMarket(await folder.OpenAsync());
        await market.Watch.StartAsync();
        return market;
    }

    public void Advance(TimeSpan by) => _time.Advance(by);

    public ValueTask<object> AskAsync(GrainId grain, object message) => _cluster.AskAsync(grain, message);

    /// <summary>Tells the ledger something that it has to do.</summary>
    public async Task LedgerDoesAsync(LedgerCommand command) =>
        Assert.IsType<LedgerDone>(await AskAsync(GrainId.Ledger, command));

    /// <summary>A mandate of the buyer's, wide unless a test narrows it.</summary>
    public Mandate Mandate(int number, int? parent = null) => new(
        IdOf(number), Some.Buyer.Principal, Some.BuyerAgent, Currency.Usd, 100_00, 1_000_00,
        Now, Now + TimeSpan.FromDays(9),
        Parent: parent is { } p ? IdOf(p) : null,
        DelegationDepthMax: Math.Max(0, 3 - number));

    public static MandateId IdOf(int number) => new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3));

    /// <summary>The n-th negotiation, opened by the buyer under a mandate with a firm offer of 60.00.</summary>
    public OpenNegotiationCommand Opening(int number, int? mandate, long unitPrice = 60_00) =>
        Some.Opening(number) with
        {
            Message = Some.Message(number, Now),
            Negotiation = NegotiationOf(number),
            Buyer = Some.Buyer with { Mandate = mandate is { } m ? IdOf(m) : null },
            FirstOffer = Some.Offer(unitPrice),
        };

    public async Task OpenAsync(int number, int? mandate) => Assert.IsType<ActRecorded>(
        await AskAsync(GrainId.Of(NegotiationOf(number)), Opening(number, mandate)));

    public static NegotiationId NegotiationOf(int number) => new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4));

    /// <summary>All events of a negotiation, from the store.</summary>
    public async Task<NegotiationEvent[]> EventsOfAsync(int number)
    {
        var head = await _journal.OpenAsync(GrainId.Of(NegotiationOf(number)));
        var rows = await _journal.ReadStreamAsync(head.Number, 0, 100);
        return [.. rows.Select(row => (NegotiationEvent)WireCatalog.DecodeTagged(row.Body.Span))];
    }

    public async ValueTask DisposeAsync()
    {
        await Sweeper.DisposeAsync();
        await _cluster.DisposeAsync();
        await Watch.DisposeAsync();
        await _feed.DisposeAsync();
        await _journal.DisposeAsync();
    }
}
