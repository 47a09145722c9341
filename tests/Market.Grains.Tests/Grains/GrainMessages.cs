using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Grains.Tests.Grains;

/// <summary>What the gateway asks of the grains of the tests' buyer and seller.</summary>
internal static class GrainMessages
{
    /// <summary>Enrols a buyer by its n-th key; the handle is the same for each key unless one is given.</summary>
    public static EnrolAgent Enrol(byte key, string principal = "alice", AgentRole role = AgentRole.Buyer) => new(
        new[] { key }, new AgentProfile(principal, principal, role, new Disclosure("Operator", "negmas:Linear", "1")));

    /// <summary>The seller's n-th listing: the machine of <see cref="Some.Subject"/>, one in stock.</summary>
    public static AddListing Listing(int number) => new(
        Some.SellerAgent, Some.Seller.Principal, Some.Message(number, Some.Noon), Some.Digest(number),
        number == 1 ? Some.Subject.Listing : new ListingId(Some.Message(number, Some.Noon).Value),
        new ListingDraft(
            "Espresso machine", "kitchen", "New.", [new ListingLine("Espresso machine", 120_00)], [], Currency.Usd,
            Some.Agenda.Issues, [120_00, 3, 12], Stock: 1));

    /// <summary>The buyer's n-th request: the one of <see cref="Some.Subject"/>, for one unit.</summary>
    public static AddRequest Request(int number) => new(
        Some.BuyerAgent, Some.Buyer.Principal, Some.Message(number, Some.Noon), Some.Digest(number),
        number == 1 ? Some.Subject.Request!.Value : new RequestId(Some.Message(number, Some.Noon).Value),
        new RequestDraft("An espresso machine", "", Quantity: 1));

    /// <summary>A negotiation over both, without mandates, under an id of its own.</summary>
    public static OpenNegotiationCommand Opening(int number) => Some.Opening(number) with
    {
        Negotiation = new NegotiationId(Some.Message(number, Some.Noon).Value),
        Buyer = Some.Buyer with { Mandate = null },
    };
}
