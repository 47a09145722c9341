using Market.Domain;
using Market.Domain.Listings;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// A catalogue that follows the journal behind the commits; a query waits for what was durable when it came. Where its
/// documents are kept a derived class says; what is wrong with them never matters: they are made again.
/// </summary>
public abstract partial class FollowingCatalog : ICatalog, IAsyncDisposable
{
    private readonly IJournal _journal;
    private readonly CatalogOptions _options;
    private readonly RecentListings _recent = new();
    private volatile ICatalogStore? _store;
    private CatalogFollower _follower;

    private protected FollowingCatalog(IJournal journal, CatalogOptions options)
    {
        ArgumentNullException.ThrowIfNull(journal);
        _journal = journal;
        _options = options;
        _follower = FollowerFrom(0);
    }

    /// <summary>Whether it had to be made from the whole journal.</summary>
    public bool IsRebuilt { get; private set; }

    /// <summary>Position of the journal up to which it is made.</summary>
    public long Position => _follower.Position;

    private ICatalogStore Store => _store ?? throw new InvalidOperationException("The catalogue was not started.");

    /// <summary>How many documents are to be found; of what is written, without waiting for more.</summary>
    /// <exception cref="StoreException">The storage refused.</exception>
    public ValueTask<CatalogCounts> CountAsync(CancellationToken cancellationToken = default) =>
        Store.ReadAsync(static reader => reader.CountAsync(), cancellationToken);

    /// <summary>Brings it up to the journal's head; from its return on it follows every row.</summary>
    /// <exception cref="StoreException">The storage refused.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _store = await OpenAsync(_options.IsFresh, cancellationToken).ConfigureAwait(false);
        IsRebuilt = _store.IsNew;
        var position = await FindPositionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _follower = FollowerFrom(position);
            await _follower.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreDamagedException) when (!IsRebuilt)
        {
            await _follower.DisposeAsync().ConfigureAwait(false);
            await OpenAgainAsync(isFresh: true, cancellationToken).ConfigureAwait(false);
            _follower = FollowerFrom(0);
            await _follower.StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Listing?> FindAsync(ListingId id, CancellationToken cancellationToken = default)
    {
        var store = Store; // before it is known to be caught up: one that is made again meanwhile is not
        if (!_follower.TryFindPending(id, out var row))
        {
            return FindCaughtUpAsync(store, id, cancellationToken);
        }

        return row is null
            ? FindWrittenAsync(store, id, cancellationToken)
            : ValueTask.FromResult((CatalogRows.ChangeOf(row) as CatalogChange.ListingPut)?.Listing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _follower.DisposeAsync().ConfigureAwait(false);
        if (_store is { } store)
        {
            await store.DisposeAsync().ConfigureAwait(false);
        }

        await CloseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store, or makes it where it is missing, damaged or of another format.</summary>
    /// <param name="isFresh">Whether to make it anew in any case.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="StoreException">The storage refused.</exception>
    private protected abstract ValueTask<ICatalogStore> OpenAsync(bool isFresh, CancellationToken cancellationToken);

    /// <summary>Closes what its stores share; after the last of them.</summary>
    private protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    private async ValueTask<Listing?> FindCaughtUpAsync(
        ICatalogStore store, ListingId id, CancellationToken cancellationToken) =>
        await _follower.WaitAsync(cancellationToken).ConfigureAwait(false)
            ? await FindWrittenAsync(store, id, cancellationToken).ConfigureAwait(false)
            : throw new TimeoutException("The catalogue has not caught up with the market.");

    private ValueTask<Listing?> FindWrittenAsync(ICatalogStore store, ListingId id, CancellationToken cancellationToken)
    {
        var (known, generation) = _recent.Find(id);
        return known is not null
            ? ValueTask.FromResult<Listing?>(known)
            : ReadListingAsync(store, id, generation, cancellationToken);
    }

    private async ValueTask<Listing?> ReadListingAsync(
        ICatalogStore store, ListingId id, long generation, CancellationToken cancellationToken)
    {
        try
        {
            var listing = await store.ReadAsync(reader => reader.FindListingAsync(id), cancellationToken)
                .ConfigureAwait(false);
            if (listing is not null)
            {
                _recent.Add(listing, generation);
            }

            return listing;
        }
        catch (StoreException error) when (error is StoreDamagedException or CatalogReplacedException)
        {
            _follower.Suspect(error);
            throw;
        }
    }

    private CatalogFollower FollowerFrom(long position) => new(_journal, _options, position, WriteAsync, RecoverAsync);

    private async ValueTask WriteAsync(CatalogBatch batch)
    {
        await Store.WriteAsync(batch).ConfigureAwait(false);
        foreach (var (_, change) in batch.Changes)
        {
            if (change is CatalogChange.ListingPut put)
            {
                _recent.Put(put.Listing);
            }
            else if (change is CatalogChange.ListingClosed closed)
            {
                _recent.Remove(closed.Listing);
            }
        }
    }

    /// <summary>
    /// Up to where the store has what the journal has; one that is of another journal is made again.
    /// </summary>
    private async ValueTask<long> FindPositionAsync(CancellationToken cancellationToken)
    {
        var (position, hash) = await Store
            .ReadAsync(static reader => reader.ReadPositionAsync(), cancellationToken).ConfigureAwait(false);
        if (position == 0)
        {
            return 0;
        }

        var rows = await _journal.ReadForwardAsync(position - 1, 1, cancellationToken).ConfigureAwait(false);
        if (rows is [{ } row] && row.Position == position && row.Hash == hash)
        {
            return position;
        }

        await OpenAgainAsync(isFresh: true, cancellationToken).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Called by the follower with what went wrong; gives the position to go on from.</summary>
    private async ValueTask<long> RecoverAsync(Exception error, long position)
    {
        if (error is not (StoreDamagedException or CatalogReplacedException))
        {
            return position;
        }

        await OpenAgainAsync(isFresh: error is StoreDamagedException, CancellationToken.None).ConfigureAwait(false);
        return await FindPositionAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask OpenAgainAsync(bool isFresh, CancellationToken cancellationToken)
    {
        await Store.DisposeAsync().ConfigureAwait(false);
        _store = await OpenAsync(isFresh, cancellationToken).ConfigureAwait(false);
        IsRebuilt |= _store.IsNew;
        _recent.Clear(); // the new one may be further than what was followed
    }
}
