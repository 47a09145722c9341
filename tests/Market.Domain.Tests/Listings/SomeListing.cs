using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Listings;

/// <summary>A listing of two things, the price of an order negotiable up to its posted total.</summary>
internal static class SomeListing
{
    public static readonly ListingDraft Draft = new(
        "Espresso machines",
        "kitchen",
        "Two models, new.",
        [new ListingLine("Small machine", 99_00), new ListingLine("Large machine", 250_00)],
        [new ListingAttribute("new", "true")],
        Currency.Usd,
        [Issue.TotalPrice(1, 1) with { Maximum = 0 }, Issue.Range("delivery days", 1, 10)],
        [0, 5],
        Stock: 5);

    public static readonly RequestDraft Request = new("An espresso machine", "For four people.", Quantity: 1);

    public static Listing Listing(ListingDraft draft) => new(
        new ListingId(Some.Message(1, Some.Noon).Value), 1, Some.SellerAgent, Some.Seller.Principal, draft);

    public static AddListing Add(int message = 1, ListingDraft? draft = null) => new(
        Some.SellerAgent, Some.Seller.Principal, Some.Message(message, Some.Noon), Some.Digest(message),
        new ListingId(Some.Message(message, Some.Noon).Value), draft ?? Draft);

    public static AddRequest AddRequest(int message = 1, RequestDraft? draft = null) => new(
        Some.BuyerAgent, Some.Buyer.Principal, Some.Message(message, Some.Noon), Some.Digest(message),
        new RequestId(Some.Message(message, Some.Noon).Value), draft ?? Request);
}
