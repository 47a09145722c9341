using System.Buffers.Binary;
using System.Security.Cryptography;
using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>
/// The hash of a row: SHA-256 over the purpose, the row before where rows are chained (INV-14), every key column and
/// the body, so that no byte of a row can change unnoticed.
/// </summary>
public static class RowHash
{
    private const int HeaderLength = 8 + Hash256.Size + (5 * sizeof(long)) + (2 * sizeof(int));

    /// <summary>
    /// SHA-256 of "mkt.row1" ‖ previous hash (zeros where rows are not chained) ‖ stream ‖ version ‖ writer ‖
    /// previous writer ‖ due at (ticks, 0 for none) ‖ first and second
    /// agent of the audience ‖ body; integers big-endian, 8 bytes, the agents 4.
    /// </summary>
    public static Hash256 Of(
        Hash256 previous,
        long stream,
        long version,
        long writer,
        long previousWriter,
        LedgerTime? dueAt,
        Audience audience,
        ReadOnlySpan<byte> body)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        "mkt.row1"u8.CopyTo(header);
        previous.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt64BigEndian(header[40..], stream);
        BinaryPrimitives.WriteInt64BigEndian(header[48..], version);
        BinaryPrimitives.WriteInt64BigEndian(header[56..], writer);
        BinaryPrimitives.WriteInt64BigEndian(header[64..], previousWriter);
        BinaryPrimitives.WriteInt64BigEndian(header[72..], dueAt?.Ticks ?? 0);
        BinaryPrimitives.WriteInt32BigEndian(header[80..], audience.First.Value);
        BinaryPrimitives.WriteInt32BigEndian(header[84..], audience.Second.Value);

        const int stackMax = 1024;
        var length = HeaderLength + body.Length;
        Span<byte> whole = length <= stackMax ? stackalloc byte[stackMax] : new byte[length];
        header.CopyTo(whole);
        body.CopyTo(whole[HeaderLength..]);

        Span<byte> digest = stackalloc byte[Hash256.Size];
        SHA256.HashData(whole[..length], digest);
        return Hash256.FromBytes(digest);
    }
}
