using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>Receipts: that they say what was agreed and settled, and that the market signed them.</summary>
internal sealed class ReceiptAudit(AuditContext context)
{
    /// <summary>Receipts whose key is not there.</summary>
    public long Unchecked { get; private set; }

    public void Check(DealSettled settled, AuditedDeal deal, DealAgreement agreement, StoredRow row)
    {
        var signed = settled.Receipt;
        try
        {
            var receipt = ReceiptForm.Read(signed.Bytes);
            var due = new ReceiptForm(
                context.Market, settled.Deal, agreement.TermsHash, agreement.Negotiation, deal.BookedEntry,
                deal.BookedAt, agreement.Total, agreement.Buyer.Agent, agreement.Buyer.Principal,
                agreement.Seller.Agent, agreement.Seller.Principal, deal.Mode, deal.DeliveryDeadline,
                receipt.BuyerSigner is null ? null : agreement.BuyerSigner, // older receipts do not say
                receipt.SellerSigner is null ? null : agreement.SellerSigner);
            context.Findings.Require(row, receipt == due, $"The receipt says {receipt}, and should say {due}.");
        }
        catch (UnreadableException error)
        {
            context.Findings.Add(row, $"The receipt's bytes are no receipt: {error.Message}");
            return;
        }

        if (context.Signatures is { } signatures)
        {
            CheckSignature(signed, signatures, row);
        }
    }

    private void CheckSignature(StoredReceipt signed, SignatureAudit signatures, StoredRow row)
    {
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
            SignedForms.OfReceipt(context.Market, signed.Bytes),
            signed.Signature,
            isKnown ? SignatureOf.Receipt : SignatureOf.ReceiptOfUnknownKey));
    }
}
