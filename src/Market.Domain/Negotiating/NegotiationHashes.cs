using Market.Domain.Wire;

namespace Market.Domain.Negotiating;

/// <summary>
/// The hashes that bind a deal together. Each is the SHA-256 of the wire form of a record whose first element is its
/// purpose, so that bytes made for one purpose never pass for another.
/// </summary>
public static class NegotiationHashes
{
    /// <summary>The hash of the exact terms of a negotiation: both signatures of a deal are over it (INV-9).</summary>
    public static Hash256 OfTerms(MarketId market, NegotiationId negotiation, Subject subject, Terms terms) =>
        Hash(new TermsDocument(
            "market.terms.v1",
            market,
            negotiation,
            subject.Listing,
            subject.ListingVersion,
            subject.Request,
            subject.Order,
            subject.Agenda.Currency,
            terms));

    /// <summary>
    /// The hash of an offer: its terms' hash with who made it, when it ends, and all that says what may be done with
    /// it.
    /// </summary>
    public static Hash256 OfOffer(
        Hash256 termsHash,
        long number,
        Party by,
        OfferBinding binding,
        LedgerTime validUntil,
        bool irrevocable,
        bool isFinal = false,
        long? partialFrom = null) => Hash(new OfferDocument(
            "market.offer.v1", termsHash, number, by, binding, validUntil, irrevocable, isFinal, partialFrom));

    /// <summary>The deal that an award of a negotiation makes: H(market, negotiation, award number).</summary>
    public static DealId OfDeal(MarketId market, NegotiationId negotiation, int award) =>
        new(Hash(new DealDocument("market.deal.v1", market, negotiation, award)));

    private static Hash256 Hash<T>(T document) => Hash256.Of(WireFormat.Encode(document));
}

/// <summary>What a terms hash is the hash of.</summary>
internal sealed record TermsDocument(
    string Purpose,
    MarketId Market,
    NegotiationId Negotiation,
    ListingId Listing,
    int ListingVersion,
    RequestId? Request,
    ValueArray<OrderLine> Order,
    Currency Currency,
    Terms Terms);

/// <summary>What an offer's hash is the hash of.</summary>
internal sealed record OfferDocument(
    string Purpose,
    Hash256 TermsHash,
    long Number,
    Party By,
    OfferBinding Binding,
    LedgerTime ValidUntil,
    bool Irrevocable,
    bool IsFinal,
    long? PartialFrom);

/// <summary>What a deal id is the hash of.</summary>
internal sealed record DealDocument(string Purpose, MarketId Market, NegotiationId Negotiation, int Award);
