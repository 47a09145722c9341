using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// A seller and a buyer send frames to real sessions after real handshakes, many at a time, and after them a question
/// that is none: each frame must get exactly one answer, and the session go on; or the connection must end with a
/// reason.
/// </summary>
internal sealed class SessionFuzz(FuzzMarket market, int seed, FuzzTally tally) : IDisposable
{
    private const int Batch = 24;
    private const uint ProbeFrom = 3_000_000_000;
    private const string Row = "session";

    private readonly FrameWriter _frames = new(seed);
    private readonly Random _dice = new(unchecked(seed + 1));
    private readonly FuzzAgent?[] _agents = new FuzzAgent?[2];
    private uint _probe = ProbeFrom;

    /// <summary>Sends so many frames.</summary>
    /// <exception cref="FuzzFailureException">Something that must hold does not.</exception>
    public async Task RunAsync(long inputs, CancellationToken cancellation)
    {
        while (inputs > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Min(Batch, inputs);
            inputs -= count;
            var sent = _dice.Next(32) == 0 ? await BreakProtocolAsync(count) : await SendBatchAsync(count);
            if (market.Error is { } error)
            {
                throw new FuzzFailureException($"the market logged an error: {error}", Row, sent);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var agent in _agents)
        {
            agent?.Dispose();
        }
    }

    private async Task<byte[]> SendBatchAsync(int count)
    {
        var side = _dice.Next(2);
        var agent = _agents[side] ??= await EnterAsync(side);
        SignAs(agent);
        var bytes = new List<byte>();
        for (var i = 0; i < count; i++)
        {
            RawConnection.AppendMessage(bytes, _frames.Next((uint)i + 1, isSeller: side == 0));
        }

        RawConnection.AppendMessage(bytes, FuzzAgent.FrameOf(++_probe, new GetBalances()));
        byte[] sent = [.. bytes];
        await agent.Connection.SendAsync(sent);
        try
        {
            await ReadAnswersAsync(side, count, sent);
        }
        catch (OperationCanceledException error)
        {
            throw new FuzzFailureException($"no answer within {RawConnection.Patience}", Row, sent, error);
        }

        return sent;
    }

    private void SignAs(FuzzAgent agent) =>
        _frames.Sign = act => agent.Sign(SignedPayload.ForAct(market.Id, act));

    private async Task ReadAnswersAsync(int side, int count, byte[] sent)
    {
        var isAlive = false;
        for (var due = count + 1; due > 0;)
        {
            if (await _agents[side]!.Connection.ReceiveAsync() is not { } frame)
            {
                throw new FuzzFailureException("the connection ended without a reason", Row, sent);
            }

            if (frame.IsClose)
            {
                // It may: a key that was taken back ends its sessions. The rest of the batch has no answer.
                tally.Count(Row, frame.CloseReason, Math.Max(1, due - 1));
                _agents[side]!.Dispose();
                _agents[side] = null;
                return;
            }

            var (correlation, answer) = FuzzAgent.Read(frame);
            _frames.Learn(frame.Payload, answer);
            if (answer is EventNotice or AgentNotice or Refused { Code: (int)GatewayRefusal.ReaderIsSlow })
            {
                continue;
            }

            due--;
            if (correlation == _probe)
            {
                isAlive = true;
                continue;
            }

            tally.Count(Row, answer is Refused refused ? $"{refused.Code} {refused.Name}" : answer.GetType().Name);
        }

        if (!isAlive)
        {
            throw new FuzzFailureException("the question after the frames got no answer", Row, sent);
        }
    }

    /// <summary>
    /// Bytes that are no WebSocket frames, or frames that no client may send; then nothing more. The session must end.
    /// </summary>
    private async Task<byte[]> BreakProtocolAsync(int count)
    {
        var side = _dice.Next(2);
        using var agent = await EnterAsync(side);
        SignAs(agent);
        var bytes = new List<byte>();
        for (var i = 0; i < count; i++)
        {
            var opcode = i == 0 || _dice.Next(4) == 0 ? (byte)_dice.Next(16) : (byte)2;
            RawConnection.AppendMessage(bytes, _frames.Next((uint)i + 1, isSeller: side == 0), opcode);
            bytes[_dice.Next(bytes.Count)] = (byte)_dice.Next(256);
        }

        byte[] sent = [.. bytes];
        await agent.Connection.SendAsync(sent);
        agent.Connection.EndSending();
        var end = "ended by its client's end";
        try
        {
            while (await agent.Connection.ReceiveAsync() is { } frame)
            {
                end = frame.IsClose ? frame.CloseReason : end;
            }
        }
        catch (OperationCanceledException error)
        {
            throw new FuzzFailureException(
                $"the session did not end within {RawConnection.Patience}", Row, sent, error);
        }

        tally.Count(Row, end, count);
        return sent;
    }

    /// <summary>A registered agent that follows its events.</summary>
    private async Task<FuzzAgent> EnterAsync(int side)
    {
        var agent = await FuzzAgent.RegisterAsync(market, side == 0 ? AgentRole.Seller : AgentRole.Buyer);
        await agent.SendAsync(3, new Subscribe(default));
        return await agent.ReceiveAsync() is (_, Subscribed)
            ? agent
            : throw new IOException("The agent's events could not be followed.");
    }
}
