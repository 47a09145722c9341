using Market.Domain;
using Market.Domain.Listings;

namespace Market.Grains.Searching;

/// <summary>What a row of the journal changes in the catalogue.</summary>
internal abstract record CatalogChange
{
    private CatalogChange()
    {
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
