using Market.Domain;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Mandates;
using Market.Grains.Searching;
using Market.Grains.Subjects;
using Market.Grains.Watching;

namespace Market.Testing.Hosting;

/// <content>What it is made of, and how its parts are put together.</content>
public sealed partial class InProcessMarket
{
    private async Task StartPartsAsync()
    {
        Journal = _options.Journal ?? new MemoryJournal();
        var feed = AgentFeed.Start(Journal, new AgentFeedOptions { RecentRowsMax = 1_024 });
        _feed = feed;
        var mandates = _options.Watches ? new MandateWatch(Journal) : null;
        _grains = new MarketGrains(_options.Market, _options.Receipts, _options.StartingBalance, mandates);
        _cluster = new EmbeddedCluster(
            Journal,
            new WireEventCodec(),
            Create,
            feed.SubscribeAsync,
            _options.Cluster(new EmbeddedClusterOptions
            {
                Creates = MarketGrains.Creates,
                Time = Clock,
                OnError = Report,
            }));
        if (mandates is not null)
        {
            await WatchAsync(mandates, mandates).ConfigureAwait(false);
            var subjects = new SubjectWatch(Journal);
            await WatchAsync(subjects, subjects).ConfigureAwait(false);
            await SweepTendersAsync(subjects).ConfigureAwait(false);
        }

        _sweeper = new DeadlineSweeper(
            Journal, new NotingCluster(this), Clock, error => _errors.Enqueue(error.Message));
        await _sweeper.StartAsync().ConfigureAwait(false);
    }

    /// <summary>Begins to watch; the sweeper is not started, since settling down sweeps.</summary>
    private async Task WatchAsync(JournalProjection projection, INegotiationWatch watch)
    {
        _watches.Add(projection);
        _watchSweepers.Add(new NegotiationSweeper(
            watch, new NotingCluster(this), Clock, error => _errors.Enqueue(error.Message)));
        await projection.StartAsync().ConfigureAwait(false);
    }

    private async Task SweepTendersAsync(SubjectWatch subjects)
    {
        var tenders = new OpenTenders(Journal);
        _watches.Add(tenders);
        await tenders.StartAsync().ConfigureAwait(false);
        _tenderSweeper = new TenderSweeper(
            tenders, subjects, new NotingCluster(this), Clock, error => _errors.Enqueue(error.Message));
        _tenderSweeper.Follow();
    }

    private IGrain? Create(GrainId id)
    {
        var grain = _grains.Create(id);
        _ledger = grain as LedgerGrain ?? _ledger;
        return grain;
    }

    private void Report(string what, Exception? error)
    {
        if (error is not ArgumentException || !what.Contains(nameof(StillThere), StringComparison.Ordinal))
        {
            _errors.Enqueue(what);
        }
    }

    /// <summary>The cluster as the sweeper sees it: whom it tells is waited for.</summary>
    private sealed class NotingCluster(InProcessMarket market) : IGrainCluster
    {
        public ValueTask<object> AskAsync(
            GrainId grain, object message, CancellationToken cancellationToken = default) =>
            market.AskAsync(grain, message);

        public void Tell(GrainId grain, object message)
        {
            market._busy.TryAdd(grain, true);
            market._cluster.Tell(grain, message);
        }

        public IAsyncEnumerable<JournalRow> SubscribeAsync(
            AgentNumber agent, long afterPosition, CancellationToken cancellationToken) =>
            market.SubscribeAsync(agent, afterPosition, cancellationToken);
    }

    /// <summary>A message that no grain takes. Its answer says that all before it has been handled.</summary>
    private sealed record StillThere
    {
        public static StillThere Instance { get; } = new();
    }
}
