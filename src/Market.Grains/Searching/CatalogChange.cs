using Market.Domain;
using Market.Domain.Listings;

namespace Market.Grains.Searching;

/// <summary>What a row of the journal changes in the catalogue.</summary>
internal abstract record CatalogChange
{
    private CatalogChange()
    {
    }

    /// <summary>Writes what is changed, into whatever holds the documents of the two kinds.</summary>
    /// <param name="listings">The listings to be found.</param>
    /// <param name="requests">The requests to be found.</param>
    /// <param name="putPosted">Keeps a version of a listing as it was posted, and when.</param>
    public void WriteTo(
        ICatalogDocuments listings, ICatalogDocuments requests, Action<Listing, LedgerTime> putPosted)
    {
        switch (this)
        {
            case ListingPut { Listing: var listing, At: var at }:
                listings.Put(SearchDocument.Of(listing));
                putPosted(listing, at);
                break;
            case RequestPut { Request: var request }:
                requests.Put(SearchDocument.Of(request));
                break;
            case ListingClosed { Listing: var listing }:
                listings.Remove(listing.Value);
                break;
            case RequestClosed { Request: var request }:
                requests.Remove(request.Value);
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how {this} changes the catalogue.");
        }
    }

    /// <summary>A listing is there, new or in a new version.</summary>
    public sealed record ListingPut(Listing Listing, LedgerTime At) : CatalogChange;

    /// <summary>A listing is no longer to be found.</summary>
    public sealed record ListingClosed(ListingId Listing) : CatalogChange;

    /// <summary>A request is there.</summary>
    public sealed record RequestPut(Request Request) : CatalogChange;

    /// <summary>A request is no longer to be found.</summary>
    public sealed record RequestClosed(RequestId Request) : CatalogChange;
}
