using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>A SHA-256, as the audit compares it and looks it up.</summary>
internal readonly record struct Hash32(ulong A, ulong B, ulong C, ulong D)
{
    public const int Size = 32;

    public static Hash32 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        return From(hash);
    }

    /// <summary>The hash whose 32 bytes these are.</summary>
    public static Hash32 From(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));

    /// <summary>Reads 64 hexadecimal digits; null where there are none.</summary>
    public static Hash32? Parse(string? text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return text is { Length: 2 * Size }
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done
                ? From(bytes)
                : null;
    }

    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, A);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], D);
    }

    public override string ToString() => $"{A:x16}{B:x16}{C:x16}{D:x16}";

    // The bytes of a SHA-256 are random already.
    public override int GetHashCode() => unchecked((int)A);
}
