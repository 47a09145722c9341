using System.Buffers.Binary;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// Spoils encodings: takes a valid one and cuts it, changes bytes, puts in parts of others, nests, promises giant
/// lengths, puts values of wrong kinds, numbers at their edges and in longer forms, and texts that are no UTF-8.
/// Everything follows from the dice.
/// </summary>
internal sealed class Spoiler(Random dice, FragmentPool pool)
{
    private const int NestingMax = 40;
    private const int OutputMax = 64 * 1024;

    private readonly List<byte> _with = [];

    /// <summary>Puts a spoilt form of an encoding into a list, which it empties first.</summary>
    public void Spoil(ReadOnlySpan<byte> encoding, List<WireToken> tokens, List<byte> into)
    {
        into.Clear();
        _with.Clear();
        var token = tokens[dice.Next(tokens.Count)];
        switch (dice.Next(16))
        {
            case 0:
                into.AddRange(encoding); // as it is
                return;
            case 1 or 2 or 3:
                into.AddRange(encoding);
                break; // some bytes change below
            case 4:
                _with.AddRange(pool.Any(dice));
                break;
            case 5:
                Nest(encoding[token.Start..token.End]);
                break;
            case 6:
                _with.AddRange(Hostile.GiantHeaders[dice.Next(Hostile.GiantHeaders.Length)]);
                break;
            case 7:
                _with.AddRange(Hostile.OtherKinds[dice.Next(Hostile.OtherKinds.Length)]);
                break;
            case 8 or 9:
                token = Pick(tokens, token, static t => t.Kind is not TokenKind.Plain);
                Lengthen(encoding, token);
                break;
            case 10:
                token = Pick(tokens, token, static t => t.Kind is TokenKind.Text);
                BreakText(encoding, token);
                break;
            case 11 or 12:
                token = Pick(tokens, token, static t => t.Kind is TokenKind.Integer);
                Edge();
                break;
            case 13 or 14:
                token = Pick(tokens, token, static t => t.Kind is TokenKind.Array);
                Recount(encoding, token);
                break;
            default:
                RandomBytes(dice.Next(1, 40));
                break;
        }

        if (into.Count == 0)
        {
            into.AddRange(encoding[..token.Start]);
            into.AddRange(_with);
            into.AddRange(encoding[token.End..]);
            if (dice.Next(8) != 0)
            {
                return;
            }
        }

        ChangeBytes(into);
    }

    /// <summary>Puts bytes that were never an encoding into a list, which it empties first.</summary>
    public void Invent(List<byte> into)
    {
        into.Clear();
        _with.Clear();
        for (var parts = dice.Next(1, 12); parts > 0; parts--)
        {
            switch (dice.Next(4))
            {
                case 0:
                    RandomBytes(dice.Next(12));
                    break;
                case 1:
                    _with.AddRange(Hostile.OtherKinds[dice.Next(Hostile.OtherKinds.Length)]);
                    break;
                case 2:
                    _with.AddRange(Hostile.GiantHeaders[dice.Next(Hostile.GiantHeaders.Length)]);
                    break;
                default:
                    _with.AddRange(pool.Any(dice));
                    break;
            }
        }

        into.AddRange(_with);
    }

    private WireToken Pick(List<WireToken> tokens, WireToken otherwise, Func<WireToken, bool> wanted)
    {
        var from = dice.Next(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[(from + i) % tokens.Count] is var token && wanted(token))
            {
                return token;
            }
        }

        return otherwise;
    }

    private void ChangeBytes(List<byte> bytes)
    {
        for (var changes = bytes.Count == 0 ? 0 : dice.Next(1, 5); changes > 0; changes--)
        {
            var at = dice.Next(bytes.Count);
            bytes[at] = dice.Next(2) == 0 ? (byte)dice.Next(256) : (byte)(bytes[at] ^ (1 << dice.Next(8)));
        }

        if (dice.Next(8) == 0)
        {
            bytes.Add((byte)dice.Next(256));
        }
    }

    private void Nest(ReadOnlySpan<byte> core)
    {
        var levels = dice.Next(1, NestingMax);
        var maps = dice.Next(4) == 0;
        for (var i = 0; i < levels; i++)
        {
            _with.Add((byte)(maps ? 0x81 : 0x91));
        }

        if (maps)
        {
            _with.Add(0xC0);
        }

        if (core.Length < OutputMax)
        {
            _with.AddRange(core);
        }
    }

    /// <summary>The same value in a longer form than it needs.</summary>
    private void Lengthen(ReadOnlySpan<byte> encoding, WireToken token)
    {
        var wider = dice.Next(3);
        switch (token.Kind)
        {
            case TokenKind.Integer when encoding[token.Start] is <= 0x7F or (>= 0xCC and <= 0xCF):
                var number = token.Content == token.End ? encoding[token.Start] : 0UL;
                foreach (var b in encoding[token.Content..token.End])
                {
                    number = (number << 8) | b;
                }

                Number((byte)(0xCC + dice.Next(4)), unchecked((long)number));
                return;
            case TokenKind.Integer:
                Number((byte)(0xD0 + dice.Next(4)), unchecked((sbyte)encoding[token.Start]));
                return;
            case TokenKind.Text:
                Header((byte)(0xD9 + wider), 1 << wider, token.Count);
                break;
            case TokenKind.Binary:
                Header((byte)(0xC4 + wider), 1 << wider, token.Count);
                break;
            case TokenKind.Array:
                wider %= 2;
                Header((byte)(0xDC + wider), 2 << wider, token.Count);
                break;
            default:
                break;
        }

        _with.AddRange(encoding[token.Content..token.End]);
    }

    private void BreakText(ReadOnlySpan<byte> encoding, WireToken token)
    {
        var broken = Hostile.BrokenTexts[dice.Next(Hostile.BrokenTexts.Length)];
        var kept = token.Kind == TokenKind.Text ? encoding[token.Content..token.End] : [];
        Header(0xDA, 2, kept.Length + broken.Length + 256);
        var before = dice.Next(257);
        _with.AddRange(Enumerable.Repeat((byte)'a', before));
        _with.AddRange(broken);
        _with.AddRange(kept);
        _with.AddRange(Enumerable.Repeat((byte)'z', 256 - before));
    }

    private void Edge()
    {
        if (dice.Next(12) == 0)
        {
            Number(0xCF, -1 - dice.Next(3)); // near 2^64
            return;
        }

        pool.Writer.Reset();
        pool.Writer.WriteInt64(Hostile.Edges[dice.Next(Hostile.Edges.Length)]);
        _with.AddRange(pool.Writer.Written);
    }

    /// <summary>An array with fewer or more elements, as older and newer writers make it, or with a lie.</summary>
    private void Recount(ReadOnlySpan<byte> encoding, WireToken token)
    {
        if (token.Kind != TokenKind.Array)
        {
            _with.AddRange(encoding[token.Start..token.End]);
            return;
        }

        var move = dice.Next(4);
        var count = move == 0 && token.Count > 0 ? dice.Next(token.Count) : token.Count + (move == 3 ? 0 : 1);
        pool.Writer.Reset();
        pool.Writer.BeginArray(count);
        _with.AddRange(pool.Writer.Written);
        switch (move)
        {
            case 0 when count == token.Count - 1:
                _with.AddRange(encoding[token.Content..token.LastElement]);
                break;
            case 1 or 2:
                _with.AddRange(encoding[token.Content..token.End]);
                if (dice.Next(4) == 0)
                {
                    Nest(pool.Any(dice));
                }
                else
                {
                    _with.AddRange(pool.Any(dice));
                }

                break;
            default:
                _with.AddRange(encoding[token.Content..token.End]); // the count, or what follows it, is not true
                _with.AddRange(move == 3 ? pool.Any(dice) : []);
                break;
        }
    }

    private void Number(byte code, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _with.Add(code);
        _with.AddRange(bytes[^(1 << (code & 3))..]);
    }

    private void Header(byte code, int size, int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        _with.Add(code);
        _with.AddRange(bytes[^size..]);
    }

    private void RandomBytes(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _with.Add((byte)dice.Next(256));
        }
    }
}
