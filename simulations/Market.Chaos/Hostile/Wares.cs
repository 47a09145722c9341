using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile;

/// <summary>What is traded while the market is attacked, and the ordinary messages about it.</summary>
internal static class Wares
{
    /// <summary>A fresh message id.</summary>
    public static MessageId Message() => new(Guid.CreateVersion7());

    /// <summary>A profile with everything that the market asks for.</summary>
    public static AgentProfile Profile(AgentRole role, string principal) =>
        new($"{principal}'s agent", principal, role, new Disclosure("Chaos", "script", "1"));

    /// <summary>A listing with a unit price and delivery days.</summary>
    public static ListingDraft Listing(string title = "Espresso machine") => new(
        title, "machines", "", [new ListingLine("machine", 9_900)], [], Currency.Usd,
        [Issue.UnitPrice(1_000, 20_000), Issue.Range("delivery days", 1, 10)], [0, 5], Stock: 1_000_000);

    /// <summary>An opening of a negotiation about one unit.</summary>
    public static OpenNegotiation Opening(Listing listing, ProposedOffer? offer = null, int rounds = 20) => new(
        Message(), listing.Id, listing.Version, [new OrderLine(0, 1)], null, null, Protocol.Bilateral, rounds,
        TimeSpan.FromMinutes(30), offer);

    /// <summary>A firm offer.</summary>
    public static ProposedOffer Firm(long price) => ProposedOffer.Firm(new Terms(Outcome.Of(price, 3), price));

    /// <summary>The hash under which a firm offer is accepted.</summary>
    public static Hash256 HashOf(
        MarketId market, Listing listing, NegotiationId negotiation, ActRecorded recorded, Party from, long price)
    {
        var subject = ListingRules.SubjectOf(listing, [new OrderLine(0, 1)], null);
        return NegotiationHashes.OfOffer(
            NegotiationHashes.OfTerms(market, negotiation, subject, Firm(price).Terms), recorded.Seq, from,
            OfferBinding.Firm, recorded.At + ProposedOffer.DefaultValidity, false);
    }
}
