namespace Market.Domain.Listings;

/// <summary>
/// Tells a negotiation early that the version of the listing which it is about is not the newest any more. It decides
/// nothing of what was agreed: a deal binds, whatever becomes of the listing.
/// </summary>
public interface IListingAdvisor
{
    /// <summary>
    /// Why no new offer may be bound to a version, as far as is known, and what has changed since; null where one may.
    /// </summary>
    ListingFault? Advise(ListingId listing, int version);
}
