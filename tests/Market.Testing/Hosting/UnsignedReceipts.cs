using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Grains;

namespace Market.Testing.Hosting;

/// <summary>
/// Gives a receipt its exact bytes and 64 zeros where the market's signature would be: a market in a process has no
/// key, and what it proves does not rest on one.
/// </summary>
public sealed class UnsignedReceipts : IReceiptSigner
{
    /// <inheritdoc/>
    public SignedReceipt Sign(Receipt receipt) => new(WireFormat.Encode(receipt), new byte[64], "none");
}
