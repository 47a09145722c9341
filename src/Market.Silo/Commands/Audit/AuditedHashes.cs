using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The hashes that bind a deal together, computed from their documented forms: SHA-256 of the wire form of a record
/// that
/// begins with its purpose.
/// </summary>
internal static class AuditedHashes
{
    public static Hash256 OfTerms(MarketId market, NegotiationId negotiation, Subject subject, Terms terms) =>
        Hash256.Of(WireFormat.Encode(new TermsForm(
            "market.terms.v1", market, negotiation, subject.Listing, subject.ListingVersion, subject.Request,
            subject.Order,
            subject.Agenda.Currency, terms)));

    public static Hash256 OfOffer(Hash256 termsHash, Offer offer) =>
        Hash256.Of(WireFormat.Encode(new OfferForm(
            "market.offer.v1", termsHash, offer.Number, offer.By, offer.Binding, offer.ValidUntil, offer.Irrevocable)));

    public static DealId OfDeal(MarketId market, NegotiationId negotiation) =>
        new(Hash256.Of(WireFormat.Encode(new DealForm("market.deal.v1", market, negotiation, Award: 1))));

    private sealed record TermsForm(
        string Purpose,
        MarketId Market,
        NegotiationId Negotiation,
        ListingId Listing,
        int ListingVersion,
        RequestId? Request,
        ValueArray<OrderLine> Order,
        Currency Currency,
        Terms Terms);

    private sealed record OfferForm(
        string Purpose,
        Hash256 TermsHash,
        long Number,
        Party By,
        OfferBinding Binding,
        LedgerTime ValidUntil,
        bool Irrevocable);

    private sealed record DealForm(string Purpose, MarketId Market, NegotiationId Negotiation, int Award);
}
