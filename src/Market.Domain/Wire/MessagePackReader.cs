using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Market.Domain.Wire;

/// <summary>
/// Reads MessagePack values from bytes that may be hostile. It takes nil, booleans, integers, floats of 64 bits, texts,
/// binary and arrays, every number and length in its shortest form only, so that one value has one form. Each length is
/// checked against what is left before anything is allocated (an array of n elements needs n bytes). Maps, extensions
/// and floats of 32 bits can only be skipped. Every defect is a <see cref="WireFormatException"/>; after one, the
/// reader's position is undefined.
/// </summary>
public ref partial struct MessagePackReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private int _depth;

    /// <summary>Reads from the start of the given bytes.</summary>
    public MessagePackReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Reads nil if it is what comes next.</summary>
    public bool TryReadNil()
    {
        if (Peek() != MessagePackCode.Nil)
            return false;

        _position++;
        return true;
    }

    /// <summary>Reads true or false.</summary>
    public bool ReadBoolean() => Next() switch
    {
        MessagePackCode.True => true,
        MessagePackCode.False => false,
        _ => throw WrongKind("a boolean"),
    };

    /// <summary>Reads an integer of 64 bits with a sign.</summary>
    public long ReadInt64()
    {
        var start = _position;
        var code = Next();
        if (code <= MessagePackCode.PositiveFixIntMax)
            return code;

        if (code >= MessagePackCode.NegativeFixInt)
            return unchecked((sbyte)code);

        if (code is >= MessagePackCode.Int8 and <= MessagePackCode.Int64)
            return ReadNegative(code, start);

        var value = ReadUnsigned(code, start);
        return value <= long.MaxValue
            ? (long)value
            : throw new WireFormatException(WireFormatReason.OutOfRange, start, $"{value} does not fit 63 bits.");
    }

    /// <summary>Reads an integer from 0 to 2^64 − 1.</summary>
    public ulong ReadUInt64()
    {
        var start = _position;
        var code = Next();
        if (code <= MessagePackCode.PositiveFixIntMax)
            return code;

        if (code is >= MessagePackCode.NegativeFixInt or (>= MessagePackCode.Int8 and <= MessagePackCode.Int64))
        {
            throw new WireFormatException(
                WireFormatReason.OutOfRange, start, "A number from 0 up is due, in its unsigned form.");
        }

        return ReadUnsigned(code, start);
    }

    /// <summary>Reads an integer within bounds, both included.</summary>
    public long ReadInteger(long minimum, long maximum)
    {
        var start = _position;
        var value = ReadInt64();
        return value >= minimum && value <= maximum
            ? value
            : throw new WireFormatException(
                WireFormatReason.OutOfRange, start, $"{value} is not from {minimum} to {maximum}.");
    }

    /// <summary>Reads a float of 64 bits, bit by bit. An integer is not taken for one.</summary>
    public double ReadFloat64() => Next() == MessagePackCode.Float64
        ? BinaryPrimitives.ReadDoubleBigEndian(Take(8))
        : throw WrongKind("a float of 64 bits");

    /// <summary>Reads a text, which must be well-formed UTF-8.</summary>
    public string ReadString()
    {
        var start = _position;
        var code = Next();
        var length = (code & 0xE0) == MessagePackCode.FixStr
            ? (uint)(code & MessagePackCode.FixStrLengthMax)
            : code switch
            {
                MessagePackCode.Str8 => Operand(1, above: MessagePackCode.FixStrLengthMax, start),
                MessagePackCode.Str16 => Operand(2, above: byte.MaxValue, start),
                MessagePackCode.Str32 => Operand(4, above: ushort.MaxValue, start),
                _ => throw WrongKind("a text"),
            };
        var utf8 = Take(length);
        return Utf8.IsValid(utf8)
            ? Encoding.UTF8.GetString(utf8)
            : throw new WireFormatException(WireFormatReason.InvalidText, start, "A text is not well-formed UTF-8.");
    }

    /// <summary>Reads binary without copying it.</summary>
    public ReadOnlySpan<byte> ReadBinary()
    {
        var start = _position;
        return Take(Next() switch
        {
            MessagePackCode.Bin8 => Operand(1, above: -1, start),
            MessagePackCode.Bin16 => Operand(2, above: byte.MaxValue, start),
            MessagePackCode.Bin32 => Operand(4, above: ushort.MaxValue, start),
            _ => throw WrongKind("binary"),
        });
    }

    /// <summary>Reads binary of exactly the given length without copying it.</summary>
    public ReadOnlySpan<byte> ReadBinary(int length)
    {
        var start = _position;
        var bytes = ReadBinary();
        return bytes.Length == length
            ? bytes
            : throw new WireFormatException(
                WireFormatReason.WrongLength, start, $"Binary of {length} bytes is due, not of {bytes.Length}.");
    }

    /// <summary>Starts an array; its elements follow, then <see cref="EndArray()"/>.</summary>
    /// <returns>Number of elements, at most the number of bytes that are left.</returns>
    public int BeginArray()
    {
        var start = _position;
        var code = Next();
        var count = (code & 0xF0) == MessagePackCode.FixArray
            ? (uint)(code & MessagePackCode.FixArrayCountMax)
            : code switch
            {
                MessagePackCode.Array16 => Operand(2, above: MessagePackCode.FixArrayCountMax, start),
                MessagePackCode.Array32 => Operand(4, above: ushort.MaxValue, start),
                _ => throw WrongKind("an array"),
            };
        Enter(start);
        return count <= (uint)Remaining ? (int)count : throw Truncated(count);
    }

    /// <summary>Starts an array that is a record or a frame: at least <paramref name="required"/> elements.</summary>
    /// <returns>Number of elements, for <see cref="EndArray(int)"/>.</returns>
    public int BeginArray(int required)
    {
        var start = _position;
        var count = BeginArray();
        return count >= required
            ? count
            : throw new WireFormatException(
                WireFormatReason.MissingElement, start, $"An array has {count} elements; {required} are required.");
    }

    /// <summary>Ends the array that was started last, all of whose elements have been read.</summary>
    public void EndArray() => _depth--;

    /// <summary>Ends the array that was started last, and skips the elements that a newer writer appended.</summary>
    /// <param name="unread">Number of elements not yet read; nothing is skipped below 1.</param>
    public void EndArray(int unread)
    {
        for (var i = 0; i < unread; i++)
            Skip();

        _depth--;
    }

    /// <summary>Refuses what follows the value that was read.</summary>
    /// <exception cref="WireFormatException">Bytes are left.</exception>
    public readonly void RequireEnd()
    {
        if (Remaining != 0)
        {
            throw new WireFormatException(
                WireFormatReason.TrailingBytes, _position, $"{Remaining} bytes follow the value; none may.");
        }
    }
}
