using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Grains;

namespace Market.Silo.Keys;

/// <summary>Signs receipts with the market's key.</summary>
/// <param name="market">The market.</param>
/// <param name="keys">Its keys.</param>
internal sealed class ReceiptSigner(MarketId market, MarketKeys keys) : IReceiptSigner
{
    /// <inheritdoc/>
    public SignedReceipt Sign(Receipt receipt) => keys.SignReceipt(market, WireFormat.Encode(receipt));
}
