using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Domain.Tendering;

/// <summary>
/// The hashes that make a tender's order one that nobody could have chosen and everybody can check. Each is the SHA-256
/// of the wire form of a record whose first element is its purpose.
/// </summary>
public static class TenderHashes
{
    /// <summary>What the market commits itself to at the opening.</summary>
    public static Hash256 OfNonce(TenderId tender, Hash256 nonce) =>
        Hash(new TenderNonceDocument("market.tender.nonce.v1", tender, nonce));

    /// <summary>
    /// The hash of a bid. Neither its arrival nor any time is in it; its random bytes keep its terms from being found
    /// by trying.
    /// </summary>
    public static Hash256 OfBid(
        MarketId market, TenderId tender, AgentNumber seller, Subject subject, ProposedOffer offer, Hash256 blinding)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(offer);
        return Hash(new TenderBidDocument(
            "market.tender.bid.v1",
            market,
            tender,
            seller,
            subject.Listing,
            subject.ListingVersion,
            subject.Order,
            subject.Agenda.Currency,
            offer,
            blinding));
    }

    /// <summary>The seed of the order, from the nonce and the hashes of all bids, ascending as bytes.</summary>
    public static Hash256 OfSeed(TenderId tender, Hash256 nonce, ValueArray<Hash256> ascending) =>
        Hash(new TenderSeedDocument("market.tender.seed.v1", tender, nonce, ascending));

    private static Hash256 Hash<T>(T document) => Hash256.Of(WireFormat.Encode(document));
}

/// <summary>What a tender's commitment is the hash of.</summary>
internal sealed record TenderNonceDocument(string Purpose, TenderId Tender, Hash256 Nonce);

/// <summary>What a bid's hash is the hash of.</summary>
internal sealed record TenderBidDocument(
    string Purpose,
    MarketId Market,
    TenderId Tender,
    AgentNumber Seller,
    ListingId Listing,
    int ListingVersion,
    ValueArray<OrderLine> Order,
    Currency Currency,
    ProposedOffer Offer,
    Hash256 Blinding);

/// <summary>What a seed is the hash of.</summary>
internal sealed record TenderSeedDocument(
    string Purpose, TenderId Tender, Hash256 Nonce, ValueArray<Hash256> Ascending);
