using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// A catalogue that follows the journal behind the commits; a query waits for what was durable when it came. Where its
/// documents are kept a derived class says; what is wrong with them never matters: they are made again.
/// </summary>
public abstract class FollowingCatalog : ICatalog, IAsyncDisposable
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
    public async ValueTask<CatalogAnswer<ListingsFound>> SearchAsync(
        SearchListings query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (parsed, refusal, detail) = SearchQuery.Parse(query);
        if (parsed is null)
        {
            return new CatalogAnswer<ListingsFound>(null, refusal, detail);
        }

        return await ReadAsync(
            async reader => await SearchPage<Listing>.RunAsync(
                parsed, reader.Listings, PublicOf, new MatchExplainer(parsed).Explain).ConfigureAwait(false)
                is { } page
                    ? new CatalogAnswer<ListingsFound>(
                        new ListingsFound(page.Items, page.HasMore, page.Matches, page.Cursor))
                    : new CatalogAnswer<ListingsFound>(null, SearchRefusal.SearchCursorIsInvalid, FirstPage),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<CatalogAnswer<RequestsFound>> SearchAsync(
        SearchRequests query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (parsed, refusal, detail) = SearchQuery.Parse(query);
        if (parsed is null)
        {
            return new CatalogAnswer<RequestsFound>(null, refusal, detail);
        }

        return await ReadAsync(
            async reader => await SearchPage<Request>.RunAsync(
                parsed, reader.Requests, static one => one, ExplainerOf(parsed)).ConfigureAwait(false) is { } page
                ? new CatalogAnswer<RequestsFound>(
                    new RequestsFound(page.Items, page.HasMore, page.Matches, page.Cursor))
                : new CatalogAnswer<RequestsFound>(null, SearchRefusal.SearchCursorIsInvalid, FirstPage),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<CatalogAnswer<ListingsCompared>> CompareAsync(
        CompareListings query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Orders.Count is < 1 or > MarketLimits.ComparedMax)
        {
            return new CatalogAnswer<ListingsCompared>(
                null,
                SearchRefusal.ComparisonSizeIsInvalid,
                $"It names {query.Orders.Count}; give 1 to {MarketLimits.ComparedMax}.");
        }

        return await ReadAsync(
            async reader =>
            {
                using var bytes = new PageBytes();
                var rows = new List<ComparedListing>();
                foreach (var order in query.Orders.ToArray())
                {
                    var listing = await reader.FindListingAsync(order.Listing).ConfigureAwait(false);
                    var row = ListingComparison.Of(order, listing);
                    if (!bytes.TryAdd(row))
                    {
                        break;
                    }

                    rows.Add(row);
                }

                return new CatalogAnswer<ListingsCompared>(new ListingsCompared(rows.ToValueArray()));
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<CatalogAnswer<PriceHistory>> ReadPricesAsync(
        GetPriceHistory query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var max = Math.Clamp(query.CountMax, 1, MarketLimits.SearchPageMax);
        return await ReadAsync(
            async reader =>
            {
                var found = await reader.ReadPostedAsync(query.Listing, query.AfterVersion, max + 1)
                    .ConfigureAwait(false);
                using var bytes = new PageBytes();
                var versions = found.Take(max).Select(static one => WireFormat.Decode<PostedVersion>(one))
                    .TakeWhile(version => bytes.TryAdd(version)).ToValueArray();
                return new CatalogAnswer<PriceHistory>(
                    new PriceHistory(query.Listing, versions, HasMore: versions.Count < found.Count));
            },
            cancellationToken).ConfigureAwait(false);
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

    private const string FirstPage = "Begin with the first page, or repeat the query that gave the cursor.";

    /// <summary>A listing as others may see it: its mandate is its seller's own business.</summary>
    private static Listing PublicOf(Listing listing) =>
        listing with { Draft = listing.Draft with { Mandate = null } };

    /// <summary>Explains requests; one that is filled was not meant.</summary>
    private Func<Request, long, SearchMatch?> ExplainerOf(SearchQuery query)
    {
        var explainer = new MatchExplainer(query);
        return (request, score) =>
            _options.IsFilled?.Invoke(request.Id) == true ? null : explainer.Explain(request, score);
    }

    private async ValueTask<CatalogAnswer<T>> ReadAsync<T>(
        Func<ICatalogReader, ValueTask<CatalogAnswer<T>>> read, CancellationToken cancellationToken)
        where T : class
    {
        var store = Store;
        if (!await _follower.WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            return new CatalogAnswer<T>(null, SearchRefusal.CatalogIsBehind);
        }

        try
        {
            return await store.ReadAsync(reader => reader.AtOneMomentAsync(read), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StoreException error) when (error is StoreDamagedException or CatalogReplacedException)
        {
            _follower.Suspect(error);
        }
        catch (StoreOperationException error)
        {
            _options.OnError?.Invoke(error);
            return new CatalogAnswer<T>(null, SearchRefusal.CatalogIsBehind, "It cannot be read at the moment.");
        }
        catch (ObjectDisposedException)
        {
            // Somebody else found it damaged.
        }

        return new CatalogAnswer<T>(null, SearchRefusal.CatalogIsBehind, "It is being made again.");
    }

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
