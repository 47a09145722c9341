using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The hashes that bind a deal together, computed from their documented forms: SHA-256 of an array that begins with its
/// purpose.
/// </summary>
internal static class AuditedHashes
{
    private const int Award = 1;

    public static Hash32 OfTerms(MarketId market, NegotiationId negotiation, Subject subject, Terms terms)
    {
        var form = new FormWriter().Array(9).Text("market.terms.v1").Id(market.Value).Id(negotiation.Value)
            .Id(subject.Listing).Int(subject.ListingVersion).OptionalId(subject.Request).Array(subject.Order.Count);
        foreach (var line in subject.Order)
        {
            form.Array(2).Int(line.Line).Int(line.Quantity);
        }

        form.Int(subject.Agenda.Currency).Array(3).Array(terms.Values.Count);
        foreach (var value in terms.Values)
        {
            form.Int(value);
        }

        form.Int(terms.TotalMinorUnits).Array(terms.Labels.Count);
        foreach (var label in terms.Labels)
        {
            form.Text(label);
        }

        return Hash32.Of(form.Written);
    }

    public static Hash32 OfOffer(Hash32 termsHash, Offer offer) => Hash32.Of(
        new FormWriter().Array(9).Text("market.offer.v1").Hash(termsHash).Int(offer.Number).Int((byte)offer.By)
            .Int((byte)offer.Binding).Int(offer.ValidUntil.Ticks).Bool(offer.Irrevocable)
            .Bool(offer.IsFinal).OptionalInt(offer.PartialFrom).Written);

    /// <summary>What is signed, not hashed, for a principal's key: the principal, the key, its revision.</summary>
    public static ReadOnlySpan<byte> PrincipalKey(PrincipalKeyEnrolled enrolled) => new FormWriter().Array(3)
        .Int(enrolled.Principal.Value).Binary(enrolled.PublicKey).Int(enrolled.Revision).Written;

    public static DealId OfDeal(MarketId market, NegotiationId negotiation) => new(Hash32.Of(
        new FormWriter().Array(4).Text("market.deal.v1").Id(market.Value).Id(negotiation.Value).Int(Award).Written));

    public static Hash32 OfNonce(Guid tender, Hash32 nonce) => Hash32.Of(
        new FormWriter().Array(3).Text("market.tender.nonce.v1").Id(tender).Hash(nonce).Written);

    public static Hash32 OfBid(MarketId market, Guid tender, StoredBid bid)
    {
        var subject = bid.Subject;
        var form = new FormWriter().Array(10).Text("market.tender.bid.v1").Id(market.Value).Id(tender)
            .Int(bid.Seller.Agent.Value).Id(subject.Listing).Int(subject.ListingVersion).Array(subject.Order.Count);
        foreach (var line in subject.Order)
        {
            form.Array(2).Int(line.Line).Int(line.Quantity);
        }

        return Hash32.Of(form.Int(subject.Agenda.Currency).Raw(bid.Offer).Hash(bid.Blinding).Written);
    }

    public static Hash32 OfSeed(Guid tender, Hash32 nonce, ReadOnlySpan<Hash32> ascending)
    {
        var form = new FormWriter().Array(4).Text("market.tender.seed.v1").Id(tender).Hash(nonce)
            .Array(ascending.Length);
        foreach (var bid in ascending)
        {
            form.Hash(bid);
        }

        return Hash32.Of(form.Written);
    }
}
