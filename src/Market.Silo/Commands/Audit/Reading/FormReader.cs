using System.Buffers.Binary;
using System.Text;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>
/// The audit's own reader of MessagePack: what the market writes and nothing else, each value in its shortest form. It
/// shares no code with the writer's codec, so a bug there is not repeated here.
/// </summary>
internal ref struct FormReader(ReadOnlySpan<byte> bytes)
{
    private const int DepthMax = 16;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;
    private int _depth;

    /// <summary>Enters an array that has at least some elements; leave it with <see cref="EndArray"/>.</summary>
    /// <returns>How many elements it has.</returns>
    public int BeginArray(int required = 0)
    {
        var start = _at;
        var code = Byte();
        var count = code switch
        {
            >= 0x90 and <= 0x9F => code & 0x0F,
            0xDC => (int)Shortest(Unsigned(2), above: 15, start),
            0xDD => (int)Math.Min(int.MaxValue, Shortest(Unsigned(4), above: ushort.MaxValue, start)),
            _ => throw Wrong(start, "an array", code),
        };
        if (count < required || count > _bytes.Length - _at)
        {
            throw new UnreadableException(start, $"An array of {count} stands where one of {required} or more should.");
        }

        return ++_depth <= DepthMax ? count : throw new UnreadableException(start, "The nesting is too deep.");
    }

    /// <summary>Leaves an array: elements that a newer program appended are skipped.</summary>
    public void EndArray(int unread)
    {
        for (; unread > 0; unread--)
        {
            Skip();
        }

        _depth--;
    }

    /// <summary>Whether nil stands here, which is then read.</summary>
    public bool TryNil()
    {
        var isNil = Peek() == 0xC0;
        _at += isNil ? 1 : 0;
        return isNil;
    }

    public long Int64()
    {
        var start = _at;
        var code = Byte();
        return code switch
        {
            <= 0x7F => code,
            >= 0xE0 => (sbyte)(code - 256),
            >= 0xCC and <= 0xCF => Positive(code, start),
            >= 0xD0 and <= 0xD3 => Negative(code, start),
            _ => throw Wrong(start, "an integer", code),
        };
    }

    /// <summary>An unsigned integer of 64 bits.</summary>
    public ulong UInt64()
    {
        var start = _at;
        return Peek() == 0xCF ? UnsignedOf(Byte(), start) : (ulong)InRange(Int64(), 0, long.MaxValue, start);
    }

    public int Int32()
    {
        var start = _at;
        return (int)InRange(Int64(), int.MinValue, int.MaxValue, start);
    }

    public uint UInt32()
    {
        var start = _at;
        return (uint)InRange(Int64(), 0, uint.MaxValue, start);
    }

    /// <summary>A member of an enumeration, by its number from 0 to the last one.</summary>
    public byte Member(byte last)
    {
        var start = _at;
        return (byte)InRange(Int64(), 0, last, start);
    }

    public bool Bool()
    {
        var start = _at;
        var code = Byte();
        return code is 0xC2 or 0xC3 ? code == 0xC3 : throw Wrong(start, "true or false", code);
    }

    public ReadOnlySpan<byte> Binary()
    {
        var start = _at;
        var code = Byte();
        return Take(start, code switch
        {
            0xC4 => Unsigned(1),
            0xC5 => Shortest(Unsigned(2), above: byte.MaxValue, start),
            0xC6 => Shortest(Unsigned(4), above: ushort.MaxValue, start),
            _ => throw Wrong(start, "binary", code),
        });
    }

    public ReadOnlySpan<byte> Binary(int length)
    {
        var start = _at;
        var found = Binary();
        return found.Length == length
            ? found
            : throw new UnreadableException(start, $"Binary of {found.Length} bytes stands where {length} should.");
    }

    public string Text()
    {
        var start = _at;
        var code = Byte();
        var text = Take(start, code switch
        {
            >= 0xA0 and <= 0xBF => (ulong)(code & 0x1F),
            0xD9 => Shortest(Unsigned(1), above: 31, start),
            0xDA => Shortest(Unsigned(2), above: byte.MaxValue, start),
            0xDB => Shortest(Unsigned(4), above: ushort.MaxValue, start),
            _ => throw Wrong(start, "text", code),
        });
        try
        {
            return Utf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableException(start, "A text is not UTF-8.");
        }
    }

    /// <summary>Reads past one value of any kind that the market writes.</summary>
    public void Skip()
    {
        switch (Peek())
        {
            case 0xC0 or 0xC2 or 0xC3:
                _at++;
                break;
            case >= 0xC4 and <= 0xC6:
                Binary();
                break;
            case 0xCB:
                Take(_at++, 8);
                break;
            case (>= 0xA0 and <= 0xBF) or (>= 0xD9 and <= 0xDB):
                Text();
                break;
            case (>= 0x90 and <= 0x9F) or 0xDC or 0xDD:
                EndArray(BeginArray());
                break;
            case 0xCF:
                UInt64();
                break;
            default:
                Int64();
                break;
        }
    }

    /// <summary>The bytes of one value of any kind, which is then read.</summary>
    public ReadOnlySpan<byte> SkipTaking()
    {
        var start = _at;
        Skip();
        return _bytes[start.._at];
    }

    /// <summary>Nothing may follow.</summary>
    public readonly void End()
    {
        if (_at != _bytes.Length)
        {
            throw new UnreadableException(_at, $"{_bytes.Length - _at} bytes follow the value.");
        }
    }

    private long Positive(byte code, int start) =>
        UnsignedOf(code, start) is var value && value <= long.MaxValue
            ? (long)value
            : throw new UnreadableException(start, "An integer is too large.");

    private ulong UnsignedOf(byte code, int start) => code switch
    {
        0xCC => Shortest(Unsigned(1), above: 0x7F, start),
        0xCD => Shortest(Unsigned(2), above: byte.MaxValue, start),
        0xCE => Shortest(Unsigned(4), above: ushort.MaxValue, start),
        _ => Shortest(Unsigned(8), above: uint.MaxValue, start),
    };

    // From 0 up an unsigned form is the shortest, so a signed form is below what the next shorter one reaches.
    private long Negative(byte code, int start)
    {
        var (value, below) = code switch
        {
            0xD0 => (unchecked((sbyte)Unsigned(1)), -32L),
            0xD1 => (unchecked((short)Unsigned(2)), sbyte.MinValue),
            0xD2 => (unchecked((int)Unsigned(4)), short.MinValue),
            _ => (unchecked((long)Unsigned(8)), (long)int.MinValue),
        };
        return value < below ? value : throw new UnreadableException(start, "A number is not in its shortest form.");
    }

    private static ulong Shortest(ulong value, ulong above, int start) =>
        value > above ? value : throw new UnreadableException(start, "A number is not in its shortest form.");

    private static long InRange(long value, long from, long to, int start) => value >= from && value <= to
        ? value
        : throw new UnreadableException(start, $"{value} is outside {from} to {to}.");

    private ulong Unsigned(int length)
    {
        var taken = Take(_at, (ulong)length);
        return length switch
        {
            1 => taken[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(taken),
            4 => BinaryPrimitives.ReadUInt32BigEndian(taken),
            _ => BinaryPrimitives.ReadUInt64BigEndian(taken),
        };
    }

    private readonly byte Peek() =>
        _at < _bytes.Length ? _bytes[_at] : throw new UnreadableException(_at, "The bytes end inside a value.");

    private byte Byte()
    {
        var code = Peek();
        _at++;
        return code;
    }

    private ReadOnlySpan<byte> Take(int start, ulong length)
    {
        if (length > (ulong)(_bytes.Length - _at))
        {
            throw new UnreadableException(start, "The bytes end inside a value.");
        }

        var taken = _bytes.Slice(_at, (int)length);
        _at += (int)length;
        return taken;
    }

    private static UnreadableException Wrong(int start, string due, byte code) =>
        new(start, $"The code {code:x2} stands where {due} should.");
}
