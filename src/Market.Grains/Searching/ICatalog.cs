using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Grains.Searching;

/// <summary>What is for sale: a projection of the journal, caught up before it is served.</summary>
public interface ICatalog
{
    /// <summary>Listings that meet all of a query, in the order of their ids, one page of them.</summary>
    ListingsFound Search(SearchListings query);

    /// <summary>The newest version of a listing, or null.</summary>
    Listing? Find(ListingId id);
}
