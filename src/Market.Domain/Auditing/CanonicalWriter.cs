using System.Buffers.Binary;
using Market.Domain.Settling;

namespace Market.Domain.Auditing;

/// <summary>
/// Writes values in one form, fixed width and big-endian, so that equal values have equal bytes and so equal
/// hashes. What the ledger hashes by itself goes through here: the content of commands, and its whole state.
/// </summary>
internal sealed class CanonicalWriter(int capacity)
{
    private byte[] _bytes = new byte[capacity];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public CanonicalWriter Tag(ReadOnlySpan<byte> name)
    {
        name.CopyTo(Take(name.Length));
        return this;
    }

    public CanonicalWriter Byte(byte value)
    {
        Take(1)[0] = value;
        return this;
    }

    public CanonicalWriter Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), value);
        return this;
    }

    public CanonicalWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Take(sizeof(uint)), value);
        return this;
    }

    public CanonicalWriter Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), value);
        return this;
    }

    public CanonicalWriter Guid(Guid value)
    {
        _ = value.TryWriteBytes(Take(CanonicalReader.GuidBytes), bigEndian: true, out _);
        return this;
    }

    public CanonicalWriter Hash(Hash256 value)
    {
        value.CopyTo(Take(Hash256.Size));
        return this;
    }

    public CanonicalWriter Money(Money value) => Int64(value.MinorUnits).UInt32(value.Currency.Packed);

    public CanonicalWriter Account(AccountName name) =>
        Byte((byte)name.Kind).Int32(name.Owner.Value).Byte((byte)name.Asset.Kind).Guid(name.Asset.Subject);

    public CanonicalWriter Leg(Leg leg) => Account(leg.Debit).Account(leg.Credit).Int64(leg.Amount);

    public CanonicalWriter Legs(ValueArray<Leg> legs)
    {
        Int32(legs.Count);
        foreach (var leg in legs)
        {
            Leg(leg);
        }

        return this;
    }

    public CanonicalWriter OptionalInt64(long? value) => value is { } some ? Byte(1).Int64(some) : Byte(0);

    private Span<byte> Take(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        }

        var taken = _bytes.AsSpan(_length, length);
        _length += length;
        return taken;
    }
}
