using Market.Domain.Auditing;
using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Grains.Tests.Grains;

/// <summary>Stands for the market's key: encodes the receipt, signs with zeros, and counts.</summary>
internal sealed class CountingSigner : IReceiptSigner
{
    public int Count { get; private set; }

    public SignedReceipt Sign(Receipt receipt)
    {
        Count++;
        return new SignedReceipt(WireFormat.Encode(receipt), new byte[64], "key-1");
    }
}
