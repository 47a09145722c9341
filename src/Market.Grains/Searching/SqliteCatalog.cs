using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// The catalogue in an SQLite file of its own, or in memory. It follows the journal behind the commits, and a query
/// waits for what was durable when it came. What is wrong with its file never matters: it is made again.
/// </summary>
public sealed class SqliteCatalog : ICatalog, IAsyncDisposable
{
    /// <summary>Name of its file in the data folder.</summary>
    public const string FileName = "catalog.db";

    private readonly IJournal _journal;
    private readonly SqliteCatalogOptions _options;
    private readonly RecentListings _recent = new();
    private volatile CatalogFile _file;
    private CatalogFollower _follower;

    /// <summary>Opens it; <see cref="StartAsync"/> brings it up to date.</summary>
    /// <param name="journal">The journal that it follows.</param>
    /// <param name="options">Where it is; null for memory.</param>
    /// <exception cref="StoreException">The storage refused.</exception>
    public SqliteCatalog(IJournal journal, SqliteCatalogOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(journal);
        _journal = journal;
        _options = options ?? new SqliteCatalogOptions();
        _file = CatalogFile.Open(_options.DataFolder, _options.IsFresh);
        IsRebuilt = _file.IsNew;
        _follower = FollowerFrom(0);
    }

    /// <summary>Whether it had to be made from the whole journal.</summary>
    public bool IsRebuilt { get; private set; }

    /// <summary>Position of the journal up to which it is made.</summary>
    public long Position => _follower.Position;

    /// <summary>Listings to be found.</summary>
    public long ListingCount => _file.Read(static reader => reader.Listings.Count());

    /// <summary>Requests to be found.</summary>
    public long RequestCount => _file.Read(static reader => reader.Requests.Count());

    /// <summary>Brings it up to the journal's head; from its return on it follows every row.</summary>
    /// <exception cref="StoreException">The storage refused.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var (position, hash) = _file.Read(static reader => reader.ReadPosition());
        if (!await IsOfThisJournalAsync(position, hash, cancellationToken).ConfigureAwait(false))
        {
            Remake();
            position = 0;
        }

        try
        {
            _follower = FollowerFrom(position);
            await _follower.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreDamagedException) when (!IsRebuilt)
        {
            await _follower.DisposeAsync().ConfigureAwait(false);
            Remake();
            _follower = FollowerFrom(0);
            await _follower.StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Listing?> FindAsync(ListingId id, CancellationToken cancellationToken = default)
    {
        var file = _file; // before it is known to be caught up: one that is made again meanwhile is not
        if (!_follower.TryFindPending(id, out var row))
        {
            return FindCaughtUpAsync(file, id, cancellationToken);
        }

        return ValueTask.FromResult(row is null
            ? FindWritten(file, id)
            : (CatalogRows.ChangeOf(row) as CatalogChange.ListingPut)?.Listing);
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
            reader => SearchPage<Listing>.Run(parsed, reader.Listings, PublicOf, new MatchExplainer(parsed).Explain)
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
            reader => SearchPage<Request>.Run(
                parsed, reader.Requests, static one => one, ExplainerOf(parsed)) is { } page
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
            reader =>
            {
                using var bytes = new PageBytes();
                var rows = query.Orders.Select(order => ListingComparison.Of(order, reader.FindListing(order.Listing)))
                    .TakeWhile(row => bytes.TryAdd(row));
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
            reader =>
            {
                var found = reader.ReadPosted(query.Listing, query.AfterVersion, max + 1);
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
        _file.Dispose();
    }

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
        Func<CatalogReader, CatalogAnswer<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var file = _file;
        if (!await _follower.WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            return new CatalogAnswer<T>(null, SearchRefusal.CatalogIsBehind);
        }

        try
        {
            return file.Read(reader => reader.AtOneMoment(read));
        }
        catch (StoreDamagedException error)
        {
            _follower.Suspect(error);
        }
        catch (ObjectDisposedException)
        {
            // Somebody else found it damaged.
        }

        return new CatalogAnswer<T>(null, SearchRefusal.CatalogIsBehind, "It is being made again.");
    }

    private async ValueTask<Listing?> FindCaughtUpAsync(
        CatalogFile file, ListingId id, CancellationToken cancellationToken) =>
        await _follower.WaitAsync(cancellationToken).ConfigureAwait(false)
            ? FindWritten(file, id)
            : throw new TimeoutException("The catalogue has not caught up with the market.");

    private Listing? FindWritten(CatalogFile file, ListingId id)
    {
        var (known, generation) = _recent.Find(id);
        if (known is not null)
        {
            return known;
        }

        try
        {
            var listing = file.Read(reader => reader.FindListing(id));
            if (listing is not null)
            {
                _recent.Add(listing, generation);
            }

            return listing;
        }
        catch (StoreDamagedException error)
        {
            _follower.Suspect(error);
            throw;
        }
    }

    private CatalogFollower FollowerFrom(long position) => new(_journal, _options, position, Write, Recover);

    private void Write(IReadOnlyList<CatalogChange> changes, long position, Hash256 hash)
    {
        _file.Write(writer =>
        {
            foreach (var change in changes)
            {
                writer.Apply(change);
            }

            writer.MoveTo(position, hash);
        });
        foreach (var change in changes)
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
    /// Whether the journal has, at the position that the file names, the row that the file was made of.
    /// </summary>
    private async ValueTask<bool> IsOfThisJournalAsync(
        long position, Hash256 hash, CancellationToken cancellationToken)
    {
        if (position == 0)
        {
            return true;
        }

        var rows = await _journal.ReadForwardAsync(position - 1, 1, cancellationToken).ConfigureAwait(false);
        return rows is [{ } row] && row.Position == position && row.Hash == hash;
    }

    private long Recover(Exception error, long position)
    {
        if (error is not StoreDamagedException)
        {
            return position;
        }

        Remake();
        return 0;
    }

    private void Remake()
    {
        _file.Dispose();
        _file = CatalogFile.Open(_options.DataFolder, isFresh: true);
        IsRebuilt = true;
    }
}
