using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// Makes the frames of a seller and a buyer: acts that could be right, and random messages of every type that name
/// things that exist; the half of them spoilt.
/// </summary>
internal sealed class FrameWriter
{
    private const int BytesMax = 16_384;
    private const int IdBytes = 16;
    private const int IdsMax = 512;

    private readonly Random _dice;
    private readonly FuzzValues _values;
    private readonly FuzzWorld _world;
    private readonly FragmentPool _pool = new();
    private readonly Spoiler _spoiler;
    private readonly List<WireToken> _tokens = [];
    private readonly List<byte> _spoilt = [];
    private readonly List<byte[]> _ids = [];
    private readonly IReadOnlyList<Type> _types =
        [.. WireCatalog.Types.Where(static e => e.Key is >= 1 and < 200).Select(static e => e.Value)];

    /// <summary>Frames that follow from a seed, but for ids and times.</summary>
    public FrameWriter(int seed)
    {
        _dice = new Random(seed);
        _values = new FuzzValues(_dice.Next());
        _world = new FuzzWorld(_dice);
        _spoiler = new Spoiler(_dice, _pool);
    }

    /// <summary>Signs an act as the agent that sends it.</summary>
    public Func<byte[], byte[]>? Sign { get; set; }

    /// <summary>Takes up what a frame of the market tells, so that later ones name things that exist.</summary>
    public void Learn(ReadOnlySpan<byte> frame, object message)
    {
        _world.Learn(message);
        WireToken.ReadAll(frame, _tokens);
        foreach (var token in _tokens)
        {
            if (token is { Kind: TokenKind.Binary, Count: IdBytes })
            {
                _ids.Add(frame[token.Content..token.End].ToArray());
            }
        }

        if (_ids.Count > IdsMax)
        {
            _ids.RemoveRange(0, IdsMax / 2);
        }
    }

    /// <summary>The next frame.</summary>
    /// <param name="correlation">Its number, where it is not spoilt.</param>
    /// <param name="isSeller">Who sends it.</param>
    public byte[] Next(uint correlation, bool isSeller)
    {
        var frame = Whole(correlation, isSeller);
        WireToken.ReadAll(frame, _tokens);
        _pool.Add(frame, _tokens, _dice);
        switch (_dice.Next(8))
        {
            case < 4:
                return frame;
            case 4:
                return frame[.._dice.Next(frame.Length)];
            case 5:
                _spoiler.Invent(_spoilt);
                break;
            default:
                _spoiler.Spoil(frame, _tokens, _spoilt);
                break;
        }

        return _spoilt.Count <= BytesMax ? [.. _spoilt] : frame;
    }

    private byte[] Whole(uint correlation, bool isSeller)
    {
        if (_dice.Next(2) == 0 && _world.Act(isSeller) is { } act)
        {
            var isSigned = act is OpenNegotiation or NegotiationAct or EnrolSessionKey || _dice.Next(8) == 0;
            return FuzzAgent.FrameOf(correlation, isSigned ? Signed(WireCatalog.EncodeTagged(act)) : act);
        }

        while (true)
        {
            var message = _values.Next(_types[_dice.Next(_types.Count)]);
            if (message is SignedAct)
            {
                var inner = WireCatalog.EncodeTagged(_values.Next(_types[_dice.Next(_types.Count)]));
                NameWhatExists(inner);
                message = Signed(inner);
            }

            var frame = FuzzAgent.FrameOf(correlation, message);
            if (frame.Length <= BytesMax)
            {
                NameWhatExists(frame);
                return frame;
            }
        }
    }

    /// <summary>An act with its agent's signature, which some spoil.</summary>
    private SignedAct Signed(byte[] act)
    {
        if (_dice.Next(8) == 0)
        {
            WireToken.ReadAll(act, _tokens);
            _spoiler.Spoil(act, _tokens, _spoilt);
            act = [.. _spoilt];
        }

        // Seldom: after a few wrong ones within a minute the market closes the connection.
        var signature = Sign?.Invoke(act) ?? new byte[64];
        if (_dice.Next(64) == 0)
        {
            signature[_dice.Next(signature.Length)] ^= 1;
        }

        return new SignedAct(act, signature);
    }

    private void NameWhatExists(byte[] encoding)
    {
        WireToken.ReadAll(encoding, _tokens);
        var isFirst = true;
        foreach (var token in _tokens)
        {
            if (token is { Kind: TokenKind.Binary, Count: IdBytes })
            {
                Replace(encoding.AsSpan(token.Content, IdBytes), isFirst);
                isFirst = false;
            }
        }
    }

    /// <summary>The first id is mostly the message's own, which must be of now; others name what exists.</summary>
    private void Replace(Span<byte> id, bool isFirst)
    {
        if (isFirst && _dice.Next(4) != 0)
        {
            Guid.CreateVersion7().TryWriteBytes(id, bigEndian: true, out _);
        }
        else if (_ids.Count > 0 && _dice.Next(4) != 0)
        {
            _ids[_dice.Next(_ids.Count)].CopyTo(id);
        }
    }
}
