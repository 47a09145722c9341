using System.Threading.Channels;
using Market.Client.Connecting;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests.Support;

/// <summary>One connection in memory; the test plays the market on its other end.</summary>
internal sealed class ScriptedConnection : IFrameTransport
{
    private readonly Channel<byte[]> _toClient = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _toMarket = Channel.CreateUnbounded<byte[]>();

    public ValueTask SendAsync(ReadOnlyMemory<byte> frame, bool more) =>
        _toMarket.Writer.TryWrite(frame.ToArray())
            ? ValueTask.CompletedTask
            : throw new MarketConnectionException("broken by the test");

    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _toClient.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException error)
        {
            throw new MarketConnectionException("broken by the test", error);
        }
    }

    public ValueTask CloseAsync() => DisposeAsync();

    public void Abort() => Break();

    public ValueTask DisposeAsync()
    {
        Break();
        return ValueTask.CompletedTask;
    }

    /// <summary>Both directions end; what was sent before can still be read.</summary>
    public void Break()
    {
        _toClient.Writer.TryComplete();
        _toMarket.Writer.TryComplete();
    }

    public void Send(object message, uint correlation = 0) => SendBytes(Frame.Encode(correlation, message));

    public void SendBytes(byte[] frame) => _toClient.Writer.TryWrite(frame);

    public async Task<ReceivedFrame> NextAsync()
    {
        var bytes = await _toMarket.Reader.ReadAsync().AsTask().Soon();
        var frame = Frame.Decode(bytes);
        return new ReceivedFrame(frame.Correlation, frame.Message!, bytes);
    }

    public async Task<ReceivedFrame> NextAsync<T>()
    {
        var frame = await NextAsync();
        Assert.IsType<T>(frame.Message);
        return frame;
    }

    public bool HasNothingMore => !_toMarket.Reader.TryPeek(out _);

    public void Answer(ReceivedFrame request, object answer) => Send(answer, request.Correlation);

    /// <summary>Confirms a subscription.</summary>
    public async Task<ReadOnlyMemory<byte>> SubscribeAsync()
    {
        var subscribe = await NextAsync<Subscribe>();
        Answer(subscribe, new Subscribed());
        return ((Subscribe)subscribe.Message).After;
    }
}

/// <summary>A frame that the client has sent.</summary>
internal sealed record ReceivedFrame(uint Correlation, object Message, byte[] Bytes);
