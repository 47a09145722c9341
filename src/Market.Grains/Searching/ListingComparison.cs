using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Grains.Searching;

/// <summary>
/// Sets a listing beside others: what its order costs in all, what can be negotiated, what is known of it.
/// </summary>
internal static class ListingComparison
{
    private static readonly ValueArray<OrderLine> SmallestOrder = [new OrderLine(0, 1)];

    /// <summary>One row.</summary>
    /// <param name="asked">What would be ordered.</param>
    /// <param name="listing">Its listing; null where there is none.</param>
    public static ComparedListing Of(ComparedOrder asked, Listing? listing)
    {
        if (listing is null)
        {
            return Refused(asked, ListingRefusal.ListingNotFound);
        }

        var order = asked.Order.Count == 0 ? SmallestOrder : asked.Order;
        if (ListingRules.Refuse(listing.Draft, order) is { } refusal)
        {
            return Refused(asked, refusal);
        }

        var subject = ListingRules.SubjectOf(listing, order, request: null);
        return new ComparedListing(
            listing.Id,
            Refusal: null,
            listing.Version,
            listing.Draft.Title,
            listing.Seller,
            order,
            subject.Posted,
            listing.Draft.Attributes,
            subject.Agenda);
    }

    private static ComparedListing Refused(ComparedOrder asked, ListingRefusal refusal) =>
        new(asked.Listing, (int)refusal, 0, "", AgentNumber.None, asked.Order, null, [], null);
}
