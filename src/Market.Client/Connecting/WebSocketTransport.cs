using System.Net.WebSockets;

namespace Market.Client.Connecting;

/// <summary>Frames as binary WebSocket messages.</summary>
internal sealed class WebSocketTransport(
    WebSocket socket, HttpMessageInvoker invoker, CorkingStream stream, int frameBytesMax) : IFrameTransport
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);
    private byte[] _buffer = new byte[2 * 1024];

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame, bool more)
    {
        stream.IsCorked = more;
        await socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await ReceivePartAsync(length, cancellationToken).ConfigureAwait(false);
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new MarketConnectionException(
                    $"The market closed the connection ({socket.CloseStatus}: {socket.CloseStatusDescription}).");
            }

            if (part.EndOfMessage)
            {
                return part.MessageType == WebSocketMessageType.Binary
                    ? _buffer.AsMemory(0, length)
                    : throw new MarketConnectionException("The market sent a text; frames are binary.");
            }

            if (length == _buffer.Length)
            {
                Grow();
            }
        }
    }

    /// <inheritdoc/>
    public void Abort() => socket.Abort();

    /// <inheritdoc/>
    public async ValueTask CloseAsync()
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var timeout = new CancellationTokenSource(CloseTimeout);
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception error) when (Transience.IsTransient(error) || error is ObjectDisposedException)
        {
            // Saying goodbye is a courtesy; the connection is over either way.
            socket.Abort();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        invoker.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<ValueWebSocketReceiveResult> ReceivePartAsync(
        int length, CancellationToken cancellationToken)
    {
        try
        {
            return await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException
            && !cancellationToken.IsCancellationRequested)
        {
            // So the platform says that the sender has aborted the connection.
            throw new MarketConnectionException("The connection broke off.", error);
        }
    }

    private void Grow()
    {
        if (_buffer.Length >= frameBytesMax)
        {
            throw new MarketConnectionException($"The market sent a frame of more than {frameBytesMax} bytes.");
        }

        Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, frameBytesMax));
    }
}
