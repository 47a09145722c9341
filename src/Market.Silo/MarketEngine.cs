using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains;
using Market.Grains.Enrolling;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Listings;
using Market.Grains.Mandates;
using Market.Grains.Searching;
using Market.Grains.Subjects;
using Market.Grains.Watching;
using Market.Silo.Checkpoints;
using Market.Silo.Clustering;
using Market.Silo.Keys;

namespace Market.Silo;

/// <summary>
/// A market without a network: journal, grains and what follows the journal. Everything impure is chosen here. It opens
/// in the order in which each part needs the others, and closes in the opposite one.
/// </summary>
public sealed class MarketEngine : IAsyncDisposable
{
    private readonly EmbeddedCluster _here;
    private readonly ClusterPart? _part;
    private readonly AgentFeed _feed;
    private readonly DeadlineSweeper _sweeper;
    private readonly FollowingCatalog _catalog;
    private readonly MarketStore _store;
    private readonly OpenTenders _tenders;
    private readonly MandateWatch _mandates;
    private readonly DirectoryWatch _directory;
    private readonly ListingVersions _listings;
    private readonly SubjectWatch _subjects;
    private readonly NegotiationSweeper _mandateSweeper;
    private readonly NegotiationSweeper _subjectSweeper;
    private readonly TenderSweeper _tenderSweeper;
    private IAsyncDisposable? _checkpoints;

    private MarketEngine(
        MarketSiloOptions options, MarketStore store, MarketKeys keys, IPrivateTable table, ILogger log)
    {
        _store = store;
        var (journal, market) = (Journal, MarketId) = (store.Journal, store.Market);
        Keys = keys;
        Private = table;
        _mandates = new MandateWatch(journal);
        _directory = new DirectoryWatch(journal);
        _listings = new ListingVersions(journal);
        _subjects = new SubjectWatch(journal);
        Openings = new OpenNegotiationCounts(journal);
        var grains = new MarketGrains(
            market, new ReceiptSigner(market, keys), options.StartingBalance, _mandates, _listings,
            new PublishingLimits(options.Limits.OpenListings, options.Limits.RequestsPerWeek),
            options.Limits.Holds);
        _feed = AgentFeed.Start(journal);
        _part = ClusterPart.Of(options, market, journal, log);
        _here = new EmbeddedCluster(
            journal,
            new WireEventCodec(),
            grains.Create,
            (agent, position, stop) => _feed.SubscribeAsync(agent, position, stop),
            new EmbeddedClusterOptions
            {
                Creates = MarketGrains.Creates,
                Time = options.TimeProvider,
                DrainTimeout = TimeSpan.FromSeconds(1),
                OnError = (what, error) => log.LogError(error, "{What}", what),
                Tells = _part is { } passOn ? passOn.Silo.Tell : null,
                Left = _part is { } giveUp ? giveUp.Silo.Left : null,
            });
        var telling = _part is null ? Cluster : new TellsOnDuty(Cluster, () => Duty);
        _sweeper = new DeadlineSweeper(
            journal, telling, options.TimeProvider, error => log.LogError(error, "A sweep of deadlines failed."));
        _mandateSweeper = new NegotiationSweeper(
            _mandates,
            telling,
            options.TimeProvider,
            error => log.LogError(error, "A sweep of stopped mandates failed."));
        _subjectSweeper = new NegotiationSweeper(
            _subjects,
            telling,
            options.TimeProvider,
            error => log.LogError(error, "A sweep of negotiations whose subject is gone failed."));
        _catalog = store.OpenCatalog(
            request => _subjects.AvailableOf(Asset.Need(request)) <= 0,
            error => log.LogError(error, "The catalogue could not follow the journal."));
        _tenders = new OpenTenders(journal);
        _tenderSweeper = new TenderSweeper(
            _tenders,
            _subjects,
            telling,
            options.TimeProvider,
            error => log.LogError(error, "A sweep of tenders whose need is filled failed."));
    }

    /// <summary>The grains.</summary>
    public IGrainCluster Cluster => _part is null ? _here : _part.Silo;

    /// <summary>Whether this process does what one does for all.</summary>
    public ISoleDuty Duty => _part is null ? OnlySilo.Instance : _part.Duty;

    /// <summary>What this process has as a silo of many; null for a market of one process.</summary>
    internal ClusterPart? Part => _part;

    /// <summary>The listings.</summary>
    public ICatalog Catalog => _catalog;

    /// <summary>The tenders that have not ended.</summary>
    public OpenTenders Tenders => _tenders;

    /// <summary>The mandates as the journal has them, and the open negotiations under them.</summary>
    public MandateWatch Mandates => _mandates;

    /// <summary>Which keys end, who has a key of its own, and who deals with whom, as the journal has it.</summary>
    public DirectoryWatch Directory => _directory;

    /// <summary>Which versions of listings are the newest.</summary>
    public IListingAdvisor Listings => _listings;

    /// <summary>What is left of stocks and needs, and the open negotiations about them.</summary>
    public SubjectWatch Subjects => _subjects;

    /// <summary>How many open negotiations each buyer has.</summary>
    public OpenNegotiationCounts Openings { get; }

    /// <summary>The journal.</summary>
    public IJournal Journal { get; }

    /// <summary>The market; it never changes for a data folder.</summary>
    public MarketId MarketId { get; }

    /// <summary>The market's keys.</summary>
    public MarketKeys Keys { get; }

    /// <summary>Completes when other processes have taken the store from this one, with what to say of that.</summary>
    public Task<StoreException> StoreLost => _store.Lost;

    /// <summary>The agents' events.</summary>
    internal AgentFeed Feed => _feed;

    /// <summary>What agents left in confidence.</summary>
    internal IPrivateTable Private { get; }

    /// <summary>Opens a market's data, or makes it, and brings everything up that follows it.</summary>
    /// <exception cref="StoreException">The data cannot be used; nothing of it was changed.</exception>
    /// <exception cref="MarketKeysException">The keys cannot be used.</exception>
    public static async Task<MarketEngine> OpenAsync(
        MarketSiloOptions options, ILogger log, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        WireCatalog.Register(typeof(MarketGrains).Assembly);
        var store = await MarketStore.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        MarketKeys? keys = null;
        IPrivateTable? table = null;
        CheckpointFile? checkpoints = null;
        try
        {
            keys = options.DataFolder is { } folder ? MarketKeys.OpenOrCreate(folder) : MarketKeys.InMemory();
            table = store.OpenPrivateTable(keys);
            if (options.Cluster is null)
            {
                checkpoints = await OpenCheckpointsAsync(options, store, keys, cancellationToken)
                    .ConfigureAwait(false);
            }

            var engine = new MarketEngine(options, store, keys, table, log);
            await engine._catalog.StartAsync(cancellationToken).ConfigureAwait(false);
            await engine._tenders.StartAsync(cancellationToken).ConfigureAwait(false);
            await engine._listings.StartAsync(cancellationToken).ConfigureAwait(false);
            await engine._mandates.StartAsync(cancellationToken).ConfigureAwait(false);
            await engine._directory.StartAsync(cancellationToken).ConfigureAwait(false);
            await engine._subjects.StartAsync(cancellationToken).ConfigureAwait(false);
            await engine.Openings.StartAsync(cancellationToken).ConfigureAwait(false);
            await (engine._part?.StartAsync(engine._here, cancellationToken) ?? Task.CompletedTask)
                .ConfigureAwait(false);
            engine._mandateSweeper.Start();
            engine._subjectSweeper.Start();
            engine._tenderSweeper.Start();
            engine._checkpoints = engine.StartCheckpoints(options, checkpoints, log);
            await engine._sweeper.StartAsync(cancellationToken).ConfigureAwait(false);
            return engine;
        }
        catch
        {
            checkpoints?.Dispose();
            table?.Dispose();
            keys?.Dispose();
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Takes nothing new, completes what was accepted, saves what speeds the next start, and lets the data go.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _mandateSweeper.DisposeAsync().ConfigureAwait(false);
            await _subjectSweeper.DisposeAsync().ConfigureAwait(false);
            await _tenderSweeper.DisposeAsync().ConfigureAwait(false);
            await _sweeper.DisposeAsync().ConfigureAwait(false);
            if (_checkpoints is { } checkpoints)
            {
                await checkpoints.DisposeAsync().ConfigureAwait(false);
            }

            if (_part is { } part)
            {
                await part.DisposeAsync().ConfigureAwait(false);
            }

            await _here.DisposeAsync().ConfigureAwait(false);
            await _mandates.DisposeAsync().ConfigureAwait(false);
            await _directory.DisposeAsync().ConfigureAwait(false);
            await _tenders.DisposeAsync().ConfigureAwait(false);
            await _listings.DisposeAsync().ConfigureAwait(false);
            await _subjects.DisposeAsync().ConfigureAwait(false);
            await Openings.DisposeAsync().ConfigureAwait(false);
            await _catalog.DisposeAsync().ConfigureAwait(false);
            await _feed.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await _store.DisposeAsync().ConfigureAwait(false);
            Private.Dispose();
            Keys.Dispose();
        }
    }

    /// <summary>
    /// A market of one process has the file open from its start; of many silos, whichever has the duty.
    /// </summary>
    private IAsyncDisposable? StartCheckpoints(MarketSiloOptions options, CheckpointFile? file, ILogger log)
    {
        return options.Cluster is not null
            ? CheckpointDuty.Start(
                stop => OpenCheckpointsAsync(options, _store, Keys, stop), Start, () => Duty, log)
            : file is null ? null : Start(file);

        CheckpointExporter Start(CheckpointFile opened) => CheckpointExporter.Start(
            Cluster, Journal, opened, MarketId, Keys, log, options.CheckpointEvery);
    }

    /// <summary>The file of checkpoints, once the store was found to have all that it says.</summary>
    private static async Task<CheckpointFile?> OpenCheckpointsAsync(
        MarketSiloOptions options, MarketStore store, MarketKeys keys, CancellationToken cancellationToken)
    {
        if (options.DataFolder is not { } folder)
        {
            return null;
        }

        var path = options.CheckpointFile ?? Path.Combine(folder, KeyFolder.Name, CheckpointFile.DefaultName);
        var file = CheckpointFile.Open(path);
        try
        {
            await new CheckpointGuard(path, store.Market, keys)
                .CheckAsync(store.Journal, file.Published, cancellationToken).ConfigureAwait(false);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
