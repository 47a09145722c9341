using Microsoft.Extensions.Logging;

namespace Market.Client.Connecting;

/// <summary>
/// Sends the frames of one connection in order. Whoever pumps first sends, on its own thread, what all have queued, so
/// that a lone frame needs no thread switch and a burst shares packets.
/// </summary>
internal sealed class FrameSender(IFrameTransport transport, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private bool _isSending;

    /// <summary>Queues a frame; nothing is sent before <see cref="Pump"/>.</summary>
    public void Enqueue(ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            _waiting.Enqueue(frame);
        }
    }

    /// <summary>Sends what is queued, unless someone does so already.</summary>
    public void Pump()
    {
        lock (_gate)
        {
            if (_isSending || _waiting.Count == 0)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAllAsync();
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (TryNext(out var frame, out var more))
            {
                await transport.SendAsync(frame, more).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            // Whatever it is, the receiver learns of it by the abort and makes a new connection, over which every frame
            // without an answer goes out again.
            logger.LogDebug(error, "Sending failed");
            transport.Abort();
        }
    }

    private bool TryNext(out ReadOnlyMemory<byte> frame, out bool more)
    {
        lock (_gate)
        {
            var any = _waiting.TryDequeue(out frame);
            more = _waiting.Count > 0;
            _isSending = any;
            return any;
        }
    }
}
