using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>
/// Verifies a market's receipts offline: nothing but the market's id and its public keys is needed. A receipt names the
/// key that signed it, so give the keys of before too, and old receipts verify as well as new ones.
/// </summary>
public sealed class ReceiptVerifier
{
    private const int SignatureBytes = 64;

    private readonly Dictionary<string, MarketKey> _keys;

    /// <summary>A verifier for one market.</summary>
    /// <param name="market">The market, as its <see cref="MarketClient"/> or operator names it.</param>
    /// <param name="keys">Its public keys, of today and of before, from where they can be trusted.</param>
    public ReceiptVerifier(MarketId market, params IEnumerable<MarketKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Market = market;
        _keys = keys.DistinctBy(static key => key.KeyId).ToDictionary(static key => key.KeyId);
    }

    /// <summary>The market whose receipts it verifies.</summary>
    public MarketId Market { get; }

    /// <summary>Whether the market signed a receipt.</summary>
    public ReceiptVerdict Verify(SignedReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        if (Read(receipt) is not { } content)
        {
            return new ReceiptVerdict(ReceiptOutcome.NotAReceipt, "The bytes are no receipt.", null);
        }

        if (receipt.Signature.Length != SignatureBytes)
        {
            return new ReceiptVerdict(
                ReceiptOutcome.NotAReceipt,
                $"The signature has {receipt.Signature.Length} bytes instead of {SignatureBytes}.",
                content);
        }

        if (!_keys.TryGetValue(receipt.KeyId, out var key))
        {
            return new ReceiptVerdict(
                ReceiptOutcome.KeyUnknown,
                $"It is signed with the key '{receipt.KeyId}', which is not given.",
                content);
        }

        if (!key.Signed(SignedPayload.ForReceipt(Market, receipt.Bytes.Span), receipt.Signature.Span))
        {
            return new ReceiptVerdict(
                ReceiptOutcome.SignatureWrong,
                $"The signature is not that of the key '{receipt.KeyId}' over these bytes for {Market}.",
                content);
        }

        return content.Market == Market
            ? new ReceiptVerdict(ReceiptOutcome.Genuine, "The market signed it.", content)
            : new ReceiptVerdict(ReceiptOutcome.OtherMarket, $"It is of {content.Market}, not of {Market}.", content);
    }

    /// <summary>Whether the market signed a receipt of this deal and these terms.</summary>
    public ReceiptVerdict Verify(SignedReceipt receipt, DealId deal, Hash256 termsHash)
    {
        var verdict = Verify(receipt);
        if (!verdict.IsGenuine)
        {
            return verdict;
        }

        var content = verdict.Receipt!;
        if (content.Deal != deal)
        {
            return verdict with
            {
                Outcome = ReceiptOutcome.OtherDeal,
                Explanation = $"It is of {content.Deal}, not of {deal}.",
            };
        }

        return content.TermsHash == termsHash
            ? verdict
            : verdict with
            {
                Outcome = ReceiptOutcome.OtherTerms,
                Explanation = $"It is of terms with the hash {content.TermsHash}, not {termsHash}.",
            };
    }

    /// <summary>Whether the market signed the receipt of a deal, and every element of it is the deal's.</summary>
    public ReceiptVerdict Verify(Deal deal)
    {
        ArgumentNullException.ThrowIfNull(deal);
        var verdict = Verify(deal.Receipt, deal.Id, deal.TermsHash);
        if (!verdict.IsGenuine)
        {
            return verdict;
        }

        var content = verdict.Receipt!;
        var wrong = (content.Negotiation, content.Total) != (deal.Negotiation, deal.Total)
            ? $"It says {content.Total} agreed in {content.Negotiation}, not {deal.Total} in {deal.Negotiation}."
            : (content.BuyerAgent, content.BuyerPrincipal) != (deal.Buyer.Agent, deal.Buyer.Principal)
                ? $"Its buyer is {content.BuyerAgent}, not {deal.Buyer.Agent}."
                : (content.SellerAgent, content.SellerPrincipal) != (deal.Seller.Agent, deal.Seller.Principal)
                    ? $"Its seller is {content.SellerAgent}, not {deal.Seller.Agent}."
                    : null;
        return wrong is null
            ? verdict
            : verdict with { Outcome = ReceiptOutcome.OtherContent, Explanation = wrong };
    }

    private static Receipt? Read(SignedReceipt receipt)
    {
        try
        {
            return WireFormat.Decode<Receipt>(receipt.Bytes.Span);
        }
        catch (WireFormatException)
        {
            return null; // which is the verdict
        }
    }
}
