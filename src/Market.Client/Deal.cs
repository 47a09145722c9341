using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Client;

/// <summary>
/// A settled deal. The client has computed its id and its terms' hash itself from what it followed, and found the
/// market's to be the same.
/// </summary>
/// <param name="Market">The market.</param>
/// <param name="Id">The deal: H(market, negotiation, award number).</param>
/// <param name="Negotiation">Where it was agreed.</param>
/// <param name="Subject">What was bought.</param>
/// <param name="Terms">The agreed terms.</param>
/// <param name="TermsHash">The hash of the exact terms.</param>
/// <param name="Buyer">The side that pays.</param>
/// <param name="Seller">The side that delivers.</param>
/// <param name="Receipt">The market's signed receipt.</param>
public sealed record Deal(
    MarketId Market,
    DealId Id,
    NegotiationId Negotiation,
    Subject Subject,
    Terms Terms,
    Hash256 TermsHash,
    Participant Buyer,
    Participant Seller,
    SignedReceipt Receipt)
{
    /// <summary>What the buyer pays in all.</summary>
    public Money Total => new(Terms.TotalMinorUnits, Subject.Agenda.Currency);

    /// <summary>
    /// Which kind of key signed for the buyer, as the receipt says: the agent's own, or one that the market holds for
    /// it.
    /// </summary>
    /// <exception cref="WireFormatException">The receipt's bytes are no receipt.</exception>
    public SignerKind BuyerSigner => ReadReceipt().BuyerSigner;

    /// <summary>Which kind of key signed for the seller, as the receipt says.</summary>
    /// <exception cref="WireFormatException">The receipt's bytes are no receipt.</exception>
    public SignerKind SellerSigner => ReadReceipt().SellerSigner;

    /// <summary>What the receipt says.</summary>
    /// <exception cref="WireFormatException">Its bytes are no receipt.</exception>
    public Receipt ReadReceipt() => WireFormat.Decode<Receipt>(Receipt.Bytes.Span);

    /// <summary>
    /// Whether the receipt is of this deal and signed by a key of the market's, whatever key it names; see
    /// <see cref="ReceiptVerifier"/> for what is wrong where it is not.
    /// </summary>
    /// <param name="marketPublicKey">SubjectPublicKeyInfo of the market's key that <c>Receipt.KeyId</c> names,
    /// DER.</param>
    /// <exception cref="CryptographicException">The bytes are no public key.</exception>
    public bool IsReceiptSignedBy(ReadOnlySpan<byte> marketPublicKey) =>
        MarketKey.FromPublicKey(marketPublicKey) is var key
        && new ReceiptVerifier(Market, key)
            .Verify(this with { Receipt = Receipt with { KeyId = key.KeyId } }).IsGenuine;

    /// <summary>The deal of a negotiation that has ended; null where it has none.</summary>
    /// <exception cref="DealMismatchException">The market's deal is not the one that this client has
    /// followed.</exception>
    internal static Deal? Of(MarketId market, NegotiationSnapshot end)
    {
        if (end is not { Deal: { } id, Receipt: { } receipt, Agreed: { } terms })
        {
            return null;
        }

        var termsHash = NegotiationHashes.OfTerms(market, end.Id, end.Subject, terms);
        if (termsHash != end.TermsHash || NegotiationHashes.OfDeal(market, end.Id, award: 1) != id)
        {
            throw new DealMismatchException(end.Id);
        }

        return new Deal(
            market, id, end.Id, end.Subject, terms, termsHash, end.Buyer, end.Seller, receipt);
    }
}
