using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Commands.Audit;

/// <summary>Receipts: that they say what was agreed and settled, and that the market signed them.</summary>
internal sealed class ReceiptAudit(AuditContext context)
{
    /// <summary>Receipts whose key is not there.</summary>
    public long Unchecked { get; private set; }

    public void Check(DealSettled settled, AuditedDeal deal, DealAgreement agreement, StoredRow row)
    {
        var signed = settled.Receipt;
        if (Decode(signed.Bytes.Span) is not { } receipt)
        {
            context.Findings.Add(row, "The receipt's bytes are no receipt.");
            return;
        }

        var due = new Receipt(
            context.Market, settled.Deal, agreement.TermsHash, agreement.Negotiation, new(deal.BookedEntry),
            deal.BookedAt,
            agreement.Total, agreement.Buyer.Agent, agreement.Buyer.Principal, agreement.Seller.Agent,
            agreement.Seller.Principal, deal.Mode, deal.DeliveryDeadline);
        context.Findings.Require(row, receipt == due, $"The receipt says {receipt}, and should say {due}.");
        if (context.Signatures is not { } signatures)
        {
            return;
        }

        var keys = context.Keys.Find(signed.KeyId, out var isKnown);
        if (keys.Count == 0)
        {
            Unchecked++;
            return;
        }

        signatures.Verify(new SignatureCheck(
            new(
                row.Position, row.Stream, row.Version,
                $"The receipt's signature does not verify with the market's key '{signed.KeyId}'."),
            keys,
            SignedPayload.ForReceipt(context.Market, signed.Bytes.Span),
            signed.Signature,
            isKnown ? SignatureOf.Receipt : SignatureOf.ReceiptOfUnknownKey));
    }

    private static Receipt? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return WireFormat.Decode<Receipt>(bytes);
        }
        catch (WireFormatException)
        {
            // Not the bare record; it may be tagged with its number.
        }

        try
        {
            return WireCatalog.DecodeTagged(bytes) as Receipt;
        }
        catch (WireFormatException)
        {
            return null;
        }
    }
}
