using System.Buffers.Binary;

namespace Market.Domain.Wire;

/// <content>Numbers by their codes, skipping of unknown values, and the checks that all reads share.</content>
public ref partial struct MessagePackReader
{
    /// <summary>
    /// Reads past one value of any kind, also of those that no record holds; only its lengths and depth are checked.
    /// </summary>
    public void Skip()
    {
        var start = _position;
        var code = Next();
        switch (code)
        {
            case <= MessagePackCode.PositiveFixIntMax or >= MessagePackCode.NegativeFixInt:
            case MessagePackCode.Nil or MessagePackCode.False or MessagePackCode.True:
                break;
            case < MessagePackCode.FixArray:
                SkipElements(2 * (uint)(code & 0xF), start);
                break;
            case < MessagePackCode.FixStr:
                SkipElements((uint)(code & 0xF), start);
                break;
            case < MessagePackCode.Nil:
                Take((uint)(code & MessagePackCode.FixStrLengthMax));
                break;
            case MessagePackCode.Bin8 or MessagePackCode.Bin16 or MessagePackCode.Bin32:
                Take(Operand(1 << (code - MessagePackCode.Bin8), above: -1, start));
                break;
            case MessagePackCode.Ext8 or MessagePackCode.Ext16 or MessagePackCode.Ext32:
                Take(Operand(1 << (code - MessagePackCode.Ext8), above: -1, start));
                Take(1);
                break;
            case MessagePackCode.Float32:
                Take(4);
                break;
            case MessagePackCode.Float64:
                Take(8);
                break;
            case >= MessagePackCode.UInt8 and <= MessagePackCode.UInt64:
                Take(1u << (code - MessagePackCode.UInt8));
                break;
            case >= MessagePackCode.Int8 and <= MessagePackCode.Int64:
                Take(1u << (code - MessagePackCode.Int8));
                break;
            case >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16:
                Take(1 + (1u << (code - MessagePackCode.FixExt1)));
                break;
            case >= MessagePackCode.Str8 and <= MessagePackCode.Str32:
                Take(Operand(1 << (code - MessagePackCode.Str8), above: -1, start));
                break;
            case MessagePackCode.Array16 or MessagePackCode.Array32:
                SkipElements(Operand(2 << (code - MessagePackCode.Array16), above: -1, start), start);
                break;
            case MessagePackCode.Map16 or MessagePackCode.Map32:
                SkipElements(2ul * Operand(2 << (code - MessagePackCode.Map16), above: -1, start), start);
                break;
            default:
                throw WrongKind("a value");
        }
    }

    /// <summary>Reads past one value and returns its bytes exactly as they stand in the input.</summary>
    public ReadOnlySpan<byte> ReadEncoded()
    {
        var start = _position;
        Skip();
        return _bytes[start.._position];
    }

    private static WireFormatException NotShortest(int start) =>
        new(WireFormatReason.NotShortest, start, "A number or a length is not in its shortest form.");

    private void SkipElements(ulong count, int start)
    {
        if (count > (uint)Remaining)
            throw Truncated(count);

        Enter(start);
        for (var i = 0ul; i < count; i++)
            Skip();

        _depth--;
    }

    private void Enter(int start)
    {
        if (++_depth > MarketLimits.WireDepthMax)
        {
            throw new WireFormatException(
                WireFormatReason.TooDeep, start, $"Values are nested deeper than {MarketLimits.WireDepthMax}.");
        }
    }

    private ulong ReadUnsigned(byte code, int start)
    {
        switch (code)
        {
            case MessagePackCode.UInt8:
                return Operand(1, MessagePackCode.PositiveFixIntMax, start);
            case MessagePackCode.UInt16:
                return Operand(2, byte.MaxValue, start);
            case MessagePackCode.UInt32:
                return Operand(4, ushort.MaxValue, start);
            case MessagePackCode.UInt64:
                var value = BinaryPrimitives.ReadUInt64BigEndian(Take(8));
                return value > uint.MaxValue ? value : throw NotShortest(start);
            default:
                throw WrongKind("an integer");
        }
    }

    /// <summary>The signed codes, whose shortest use is for negative numbers only.</summary>
    private long ReadNegative(byte code, int start)
    {
        var (value, below) = code switch
        {
            MessagePackCode.Int8 => (unchecked((sbyte)Take(1)[0]), MessagePackCode.NegativeFixIntMin),
            MessagePackCode.Int16 => (BinaryPrimitives.ReadInt16BigEndian(Take(2)), sbyte.MinValue),
            MessagePackCode.Int32 => (BinaryPrimitives.ReadInt32BigEndian(Take(4)), short.MinValue),
            _ => (BinaryPrimitives.ReadInt64BigEndian(Take(8)), (long)int.MinValue),
        };
        return value < below ? value : throw NotShortest(start);
    }

    /// <summary>A big-endian number of 1, 2 or 4 bytes, refused unless it is above what a shorter form holds.</summary>
    private uint Operand(int size, int above, int start)
    {
        var bytes = Take((uint)size);
        var value = size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
        return value > above ? value : throw NotShortest(start);
    }

    private readonly byte Peek() => (uint)_position < (uint)_bytes.Length ? _bytes[_position] : throw Truncated(1);

    private byte Next()
    {
        var code = Peek();
        _position++;
        return code;
    }

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > (uint)Remaining)
            throw Truncated(length);

        var taken = _bytes.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    private readonly WireFormatException Truncated(ulong needed) =>
        new(WireFormatReason.Truncated, _position, $"{needed} more bytes are due at least; {Remaining} are left.");

    /// <summary>The exception for a first byte, just read, of another kind than the one that is due.</summary>
    private readonly WireFormatException WrongKind(string due) => new(
        WireFormatReason.WrongKind,
        _position - 1,
        $"{due} is due, and {MessagePackCode.Describe(_bytes[_position - 1])} stands here.");
}
