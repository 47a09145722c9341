using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Grains.Searching;

/// <summary>
/// What is for sale and what is wanted: a projection of the journal, never the truth. It is caught up before it is
/// served: whoever has the answer to an act finds here what the act did.
/// </summary>
public interface ICatalog
{
    /// <summary>The newest version of a listing as its seller wrote it; null where there is none to be found.</summary>
    /// <exception cref="TimeoutException">The catalogue has not caught up in time.</exception>
    ValueTask<Listing?> FindAsync(ListingId id, CancellationToken cancellationToken = default);

    /// <summary>Finds listings, the best first, one page of them, as others than their sellers may see them.</summary>
    ValueTask<CatalogAnswer<ListingsFound>> SearchAsync(
        SearchListings query, CancellationToken cancellationToken = default);

    /// <summary>Finds requests, the best first, one page of them.</summary>
    ValueTask<CatalogAnswer<RequestsFound>> SearchAsync(
        SearchRequests query, CancellationToken cancellationToken = default);

    /// <summary>Sets listings side by side.</summary>
    ValueTask<CatalogAnswer<ListingsCompared>> CompareAsync(
        CompareListings query, CancellationToken cancellationToken = default);

    /// <summary>The posted prices of a listing's versions; of one that is withdrawn too.</summary>
    ValueTask<CatalogAnswer<PriceHistory>> ReadPricesAsync(
        GetPriceHistory query, CancellationToken cancellationToken = default);
}
