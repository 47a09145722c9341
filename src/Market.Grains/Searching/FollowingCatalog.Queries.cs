using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <content>What is asked of it.</content>
public abstract partial class FollowingCatalog
{
    private const string FirstPage = "Begin with the first page, or repeat the query that gave the cursor.";

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
}
