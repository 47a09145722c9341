using Market.Domain.Auditing;
using Market.Domain.Negotiating;

namespace Market.Grains;

/// <summary>Signs receipts with the market's key, outside every decision.</summary>
public interface IReceiptSigner
{
    /// <summary>The receipt's bytes as they are first written, with the market's signature over them.</summary>
    SignedReceipt Sign(Receipt receipt);
}
