using System.Buffers.Binary;
using Market.Domain.Settling;

namespace Market.Domain.Auditing;

/// <summary>Reads what <see cref="CanonicalWriter"/> wrote, in the same order.</summary>
/// <param name="bytes">The bytes.</param>
internal ref struct CanonicalReader(ReadOnlySpan<byte> bytes)
{
    public const int GuidBytes = 16;

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint)));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public Guid Guid() => new(Take(GuidBytes), bigEndian: true);

    public Hash256 Hash() => Hash256.FromBytes(Take(Hash256.Size));

    public ReadOnlySpan<byte> Bytes(int length) => Take(length);

    public long? OptionalInt64() => Byte() == 0 ? null : Int64();

    public AccountName Account() => new(
        (AccountKind)Byte(), new PrincipalNumber(Int32()), new Asset((AssetKind)Byte(), Guid()));

    /// <summary>
    /// A count of rows of at least some bytes each, checked against what is left before anyone allocates.
    /// </summary>
    public int Count(int rowBytesMin)
    {
        var count = Int32();
        return count >= 0 && count <= _rest.Length / rowBytesMin ? count : throw Damaged();
    }

    public readonly void End()
    {
        if (!IsAtEnd)
        {
            throw Damaged();
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_rest.Length < length)
        {
            throw Damaged();
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private static FormatException Damaged() => new("The saved ledger state is not one that this version wrote.");
}
