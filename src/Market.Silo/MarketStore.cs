using Market.Domain;
using Market.Grains.Journaling;
using Market.Grains.Searching;
using Market.Silo.Keys;

namespace Market.Silo;

/// <summary>
/// Where a market keeps what it keeps: in memory, in its data folder, or in a PostgreSQL database. The one place that
/// chooses.
/// </summary>
internal sealed class MarketStore : IAsyncDisposable
{
    private static readonly TaskCompletionSource<StoreException> Never = new();

    private readonly MarketSiloOptions _options;
    private readonly PostgresStoreLock? _lock;

    private MarketStore(MarketSiloOptions options, IJournal journal, MarketId market, PostgresStoreLock? storeLock)
    {
        _options = options;
        _lock = storeLock;
        Journal = journal;
        Market = market;
        Lost = storeLock is null ? Never.Task
            : Task.WhenAny(storeLock.Lost, ((PostgresJournal)journal).Ended).Unwrap();
    }

    /// <summary>The journal.</summary>
    public IJournal Journal { get; }

    /// <summary>The market; it never changes for a store.</summary>
    public MarketId Market { get; }

    /// <summary>
    /// Completes where others have taken the store, or the permit to append; never for a folder, whose lock is not
    /// lost.
    /// </summary>
    public Task<StoreException> Lost { get; }

    /// <summary>Opens the store, or makes it.</summary>
    /// <exception cref="StoreException">It cannot be used; nothing of it was changed.</exception>
    public static async Task<MarketStore> OpenAsync(MarketSiloOptions options, CancellationToken cancellationToken)
    {
        if (options.Store is { } address)
        {
            return await OpenAsync(options, address, cancellationToken).ConfigureAwait(false);
        }

        if (options.DataFolder is not { } folder)
        {
            return new MarketStore(options, new MemoryJournal(), new MarketId(Guid.CreateVersion7()), null);
        }

        var journal = await SqliteJournal
            .OpenAsync(new SqliteJournalOptions { DataFolder = folder }, cancellationToken).ConfigureAwait(false);
        return new MarketStore(options, journal, journal.MarketId, null);
    }

    /// <summary>The listings and requests; <see cref="FollowingCatalog.StartAsync"/> is the caller's.</summary>
    public FollowingCatalog OpenCatalog(Func<RequestId, bool> isFilled, Action<Exception> onError) =>
        _options.Store is { } address
            ? new PostgresCatalog(Journal, new PostgresCatalogOptions
            {
                Address = address,
                IsFilled = isFilled,
                OnError = onError,
            })
            : new SqliteCatalog(Journal, new SqliteCatalogOptions
            {
                DataFolder = _options.DataFolder,
                IsFilled = isFilled,
                OnError = onError,
            });

    /// <summary>What agents leave in confidence.</summary>
    public IPrivateTable OpenPrivateTable(MarketKeys keys) => _options is { Store: { } address, DataFolder: { } folder }
        ? PostgresPrivateTable.Open(address, folder, keys)
        : PrivateTable.Open(_options.DataFolder, keys);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync().ConfigureAwait(false);
        if (_lock is not null)
        {
            await _lock.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<MarketStore> OpenAsync(
        MarketSiloOptions options, StoreAddress address, CancellationToken cancellationToken)
    {
        var use = options.Cluster is { } member ? StoreUse.Cluster(member.Cluster) : options.StoreUse;
        var storeLock = await PostgresStoreLock.TakeAsync(address, use, cancellationToken).ConfigureAwait(false);
        try
        {
            var journal = await PostgresJournal
                .OpenAsync(new PostgresJournalOptions { Address = address, Use = use }, cancellationToken)
                .ConfigureAwait(false);
            return new MarketStore(options, journal, journal.MarketId, storeLock);
        }
        catch
        {
            await storeLock.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
