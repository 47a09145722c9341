using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Market.Silo.Gateway.Limiting;

namespace Market.Silo.Gateway;

/// <summary>What came in on a connection.</summary>
internal enum ReceivedKind : byte
{
    /// <summary>One whole binary message.</summary>
    Frame,

    /// <summary>A text message; the market speaks only binary ones.</summary>
    Text,

    /// <summary>A message larger than a frame may be; the rest of it was not read.</summary>
    TooLarge,

    /// <summary>The other side has closed the connection, or it broke.</summary>
    Closed,
}

/// <summary>One message of the other side.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">The bytes of a frame, valid until the next one is received.</param>
internal readonly record struct Received(ReceivedKind Kind, ReadOnlyMemory<byte> Bytes = default);

/// <summary>Puts WebSocket messages together, each of a bounded length.</summary>
/// <param name="socket">The connection.</param>
/// <param name="limiter">The longest frame, and the clock.</param>
internal sealed class FrameReceiver(WebSocket socket, GatewayLimiter limiter) : IDisposable
{
    private const int UsualBytes = 2 * 1024;

    private readonly int _bytesMax = limiter.Limits.FrameBytes;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualBytes);
    private long _begunAt;

    /// <summary>
    /// When the frame began that is coming in, on the limiter's clock; 0 where none is. May be read by other threads.
    /// </summary>
    public long BegunAt => Volatile.Read(ref _begunAt);

    /// <summary>The next message.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Received> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None)
                    .ConfigureAwait(false);
            }
            catch (Exception error) when (error is WebSocketException or IOException or OperationCanceledException
                or ObjectDisposedException)
            {
                return new Received(ReceivedKind.Closed);
            }

            if (part.MessageType != WebSocketMessageType.Binary)
            {
                return new Received(
                    part.MessageType == WebSocketMessageType.Close ? ReceivedKind.Closed : ReceivedKind.Text);
            }

            length += part.Count;
            if (length > _bytesMax)
            {
                return new Received(ReceivedKind.TooLarge);
            }

            if (part.EndOfMessage)
            {
                Volatile.Write(ref _begunAt, 0);
                return new Received(ReceivedKind.Frame, _buffer.AsMemory(0, length));
            }

            if (_begunAt == 0)
            {
                Volatile.Write(ref _begunAt, Math.Max(1, limiter.Now));
            }

            Grow(length);
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow(int length)
    {
        if (length < _buffer.Length)
        {
            return;
        }

        // One byte above the limit, so that a message of more than the limit shows.
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 2, _bytesMax + 1));
        _buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
