namespace Market.Chaos.Fuzzing;

/// <summary>What a value of an encoding is.</summary>
internal enum TokenKind : byte
{
    /// <summary>Nil, a boolean or a float: one form only.</summary>
    Plain,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A text.</summary>
    Text,

    /// <summary>Binary.</summary>
    Binary,

    /// <summary>An array.</summary>
    Array,
}

/// <summary>A value in an encoding, by the places of its bytes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where its header begins.</param>
/// <param name="Content">Where its header ends.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Count">Elements of an array, bytes of a text or of binary; else 0.</param>
/// <param name="LastElement">Where the last element of an array begins.</param>
internal readonly record struct WireToken(
    TokenKind Kind, int Start, int Content, int End, int Count = 0, int LastElement = 0)
{
    /// <summary>
    /// Takes the encoding of a value apart, in the order of the bytes. It trusts the encoding, which the fuzzer itself
    /// has made; maps, extensions and floats of 32 bits do not come up in it.
    /// </summary>
    public static void ReadAll(ReadOnlySpan<byte> encoding, List<WireToken> into)
    {
        into.Clear();
        Read(encoding, 0, into);
    }

    private static int Read(ReadOnlySpan<byte> bytes, int at, List<WireToken> into)
    {
        var code = bytes[at];
        return code switch
        {
            <= 0x7F or >= 0xE0 => Add(TokenKind.Integer, at, 0, into),
            <= 0x8F => throw new ArgumentException("A map has no place in an encoding.", nameof(bytes)),
            <= 0x9F => Elements(bytes, at, 1, code & 0xF, into),
            <= 0xBF => Sized(TokenKind.Text, at, 1, code & 0x1F, into),
            0xC0 or 0xC2 or 0xC3 => Add(TokenKind.Plain, at, 0, into),
            0xC4 or 0xC5 or 0xC6 => Sized(TokenKind.Binary, at, bytes, 1 << (code - 0xC4), into),
            0xCB => Add(TokenKind.Plain, at, 8, into),
            >= 0xCC and <= 0xCF => Add(TokenKind.Integer, at, 1 << (code - 0xCC), into),
            >= 0xD0 and <= 0xD3 => Add(TokenKind.Integer, at, 1 << (code - 0xD0), into),
            0xD9 or 0xDA or 0xDB => Sized(TokenKind.Text, at, bytes, 1 << (code - 0xD9), into),
            0xDC => Elements(bytes, at, 3, Number(bytes, at, 2), into),
            0xDD => Elements(bytes, at, 5, Number(bytes, at, 4), into),
            _ => throw new ArgumentException($"0x{code:X2} begins no value of an encoding.", nameof(bytes)),
        };
    }

    private static int Add(TokenKind kind, int at, int operand, List<WireToken> into)
    {
        into.Add(new WireToken(kind, at, at + 1, at + 1 + operand));
        return at + 1 + operand;
    }

    private static int Sized(TokenKind kind, int at, ReadOnlySpan<byte> bytes, int size, List<WireToken> into) =>
        Sized(kind, at, 1 + size, Number(bytes, at, size), into);

    private static int Sized(TokenKind kind, int at, int header, int length, List<WireToken> into)
    {
        into.Add(new WireToken(kind, at, at + header, at + header + length, length));
        return at + header + length;
    }

    private static int Number(ReadOnlySpan<byte> bytes, int at, int size)
    {
        var number = 0;
        foreach (var b in bytes.Slice(at + 1, size))
        {
            number = (number << 8) | b;
        }

        return number;
    }

    private static int Elements(ReadOnlySpan<byte> bytes, int at, int header, int count, List<WireToken> into)
    {
        var index = into.Count;
        into.Add(default);
        var (next, last) = (at + header, at + header);
        for (var i = 0; i < count; i++)
        {
            last = next;
            next = Read(bytes, next, into);
        }

        into[index] = new WireToken(TokenKind.Array, at, at + header, next, count, last);
        return next;
    }
}
