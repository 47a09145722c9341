using Market.Domain.Wire.Messages;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// Opens sessions with spoilt proofs, one a connection: each is welcomed, or refused by its name and closed with it.
/// </summary>
internal sealed class HandshakeFuzz(FuzzMarket market, int seed, FuzzTally tally)
{
    private const string Row = "handshake";
    private const string Closing = "a refused handshake was not closed with its reason";

    private readonly Random _dice = new(seed);
    private readonly FragmentPool _pool = new();
    private readonly List<WireToken> _tokens = [];
    private readonly List<byte> _spoilt = [];

    /// <summary>Opens so many sessions.</summary>
    /// <exception cref="FuzzFailureException">Something that must hold does not.</exception>
    public async Task RunAsync(long inputs, CancellationToken cancellation)
    {
        var spoiler = new Spoiler(_dice, _pool);
        for (var i = 0L; i < inputs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (agent, hello) = await FuzzAgent.ConnectAsync(market);
            using (agent)
            {
                byte[] frame = Frame(agent, hello, spoiler);
                var bytes = new List<byte>();
                RawConnection.AppendMessage(bytes, frame);
                await agent.Connection.SendAsync(bytes.ToArray());
                tally.Count(Row, await OutcomeAsync(agent, frame));
            }

            if (market.Error is { } error)
            {
                throw new FuzzFailureException($"the market logged an error: {error}", Row, [.. _spoilt]);
            }
        }
    }

    private byte[] Frame(FuzzAgent agent, Hello hello, Spoiler spoiler)
    {
        var proof = agent.Proof(hello);
        var frame = FuzzAgent.FrameOf(1, _dice.Next(8) == 0 ? hello : proof);
        WireToken.ReadAll(frame, _tokens);
        _pool.Add(frame, _tokens, _dice);
        if (_dice.Next(8) == 0)
        {
            return frame[.._dice.Next(frame.Length + 1)];
        }

        if (_dice.Next(2) == 0)
        {
            spoiler.Spoil(frame, _tokens, _spoilt);
            return [.. _spoilt];
        }

        // The form stays right, and the key or the signature does not.
        var (key, signature) = (proof.PublicKey.ToArray(), proof.Signature.ToArray());
        var (part, at) = _dice.Next(2) == 0 ? (key, _dice.Next(key.Length)) : (signature, _dice.Next(signature.Length));
        part[at] ^= (byte)_dice.Next(256);
        return FuzzAgent.FrameOf(1, new Authenticate(key, _dice.Next(8) == 0 ? signature[..^1] : signature));
    }

    private static async Task<string> OutcomeAsync(FuzzAgent agent, byte[] frame)
    {
        try
        {
            if (await agent.Connection.ReceiveAsync() is not { IsClose: false } first)
            {
                throw new FuzzFailureException("the handshake had no answer", Row, frame);
            }

            if (FuzzAgent.Read(first).Message is not Refused refused)
            {
                return nameof(Welcome);
            }

            if (await agent.Connection.ReceiveAsync() is not { IsClose: true } close
                || !close.CloseReason.EndsWith(refused.Name, StringComparison.Ordinal))
            {
                throw new FuzzFailureException(Closing, Row, frame);
            }

            return $"{refused.Code} {refused.Name}, {close.CloseReason}";
        }
        catch (OperationCanceledException error)
        {
            throw new FuzzFailureException($"no answer within {RawConnection.Patience}", Row, frame, error);
        }
    }
}
