using System.Runtime.CompilerServices;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>Finding what is for sale and what is wanted.</content>
public sealed partial class MarketClient
{
    /// <summary>Finds listings, the best first; fetches page after page as they are read.</summary>
    /// <param name="query">What must hold; null for all listings.</param>
    /// <param name="cancellationToken">Stops searching.</param>
    /// <exception cref="ArgumentException">The query's bounds are in different currencies.</exception>
    /// <exception cref="MarketRefusedException">The market refuses the query.</exception>
    public async IAsyncEnumerable<Listing> SearchAsync(
        ListingQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in PagesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            foreach (var listing in (IEnumerable<Listing>)page.Listings)
            {
                yield return listing;
            }
        }
    }

    /// <summary>Finds listings as <see cref="SearchAsync"/> does, each with why it was found.</summary>
    /// <inheritdoc cref="SearchAsync"/>
    public async IAsyncEnumerable<Found<Listing>> SearchWithReasonsAsync(
        ListingQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in PagesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < page.Listings.Count; i++)
            {
                yield return new Found<Listing>(page.Listings[i], page.Matches[i]);
            }
        }
    }

    /// <summary>Finds requests, the best first, each with why; fetches page after page as they are read.</summary>
    /// <param name="query">What must hold; null for all requests.</param>
    /// <param name="cancellationToken">Stops searching.</param>
    /// <exception cref="MarketRefusedException">The market refuses the query.</exception>
    public async IAsyncEnumerable<Found<Request>> SearchRequestsAsync(
        RequestQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new RequestQuery();
        RequestsFound? page = null;
        do
        {
            page = await _link.AskAsync<RequestsFound>(query.ToMessage(page?.Cursor ?? default), cancellationToken)
                .ConfigureAwait(false);
            for (var i = 0; i < page.Requests.Count; i++)
            {
                yield return new Found<Request>(page.Requests[i], page.Matches[i]);
            }
        }
        while (page.HasMore);
    }

    /// <summary>
    /// Sets listings side by side: the all-in price of each order, its attributes, and what can be negotiated.
    /// </summary>
    /// <param name="orders">What would be ordered of each, 1 to 20; the answer is in the same order.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<IReadOnlyList<ComparedListing>> CompareAsync(
        IReadOnlyList<ComparedOrder> orders, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(orders);
        var compared = new List<ComparedListing>(orders.Count);
        do
        {
            var message = new CompareListings(orders.Skip(compared.Count).ToValueArray());
            var page = await _link.AskAsync<ListingsCompared>(message, cancellationToken).ConfigureAwait(false);
            compared.AddRange(page.Listings);
        }
        while (compared.Count < orders.Count);
        return compared;
    }

    /// <summary>The posted prices of a listing's versions, the oldest first; fetches page after page.</summary>
    /// <param name="listing">The listing.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async IAsyncEnumerable<PostedVersion> PriceHistoryAsync(
        ListingId listing, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var after = 0;
        PriceHistory page;
        do
        {
            page = await _link.AskAsync<PriceHistory>(
                new GetPriceHistory(listing, after, MarketLimits.SearchPageMax), cancellationToken)
                .ConfigureAwait(false);
            for (var i = 0; i < page.Versions.Count; i++)
            {
                yield return page.Versions[i];
                after = page.Versions[i].Version;
            }
        }
        while (page.HasMore && page.Versions.Count > 0);
    }

    private async IAsyncEnumerable<ListingsFound> PagesAsync(
        ListingQuery? query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query ??= new ListingQuery();
        ListingsFound? page = null;
        do
        {
            page = await _link.AskAsync<ListingsFound>(query.ToMessage(page?.Cursor ?? default), cancellationToken)
                .ConfigureAwait(false);
            yield return page;
        }
        while (page.HasMore);
    }
}
