using System.Buffers.Binary;

namespace Market.Domain.Auditing;

/// <summary>Where the ledger's hash chain starts (INV-14).</summary>
public static class EntryHash
{
    /// <summary>Format version of the chain and of what it covers.</summary>
    public const int FormatVersion = 1;

    private const int IdBytes = 16;

    /// <summary>
    /// The hash that the book's first entry follows: SHA-256 of "mkt.book" ‖ market id (16 bytes) ‖ format version
    /// (4 bytes), integers and ids big-endian. So two books never share a chain.
    /// </summary>
    public static Hash256 Genesis(MarketId market)
    {
        var purpose = "mkt.book"u8;
        Span<byte> bytes = stackalloc byte[purpose.Length + IdBytes + sizeof(int)];
        purpose.CopyTo(bytes);
        _ = market.Value.TryWriteBytes(bytes[purpose.Length..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[(purpose.Length + IdBytes)..], FormatVersion);
        return Hash256.Of(bytes);
    }
}
