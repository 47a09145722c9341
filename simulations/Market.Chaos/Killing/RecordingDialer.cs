using Market.Client.Connecting;

namespace Market.Chaos.Killing;

/// <summary>Real connections, of which every frame is noted on its way.</summary>
/// <param name="inner">Dials.</param>
/// <param name="log">Notes the frames.</param>
/// <param name="gateway">Whom it dials.</param>
internal sealed class RecordingDialer(IFrameDialer inner, WireLog log, Uri gateway) : IFrameDialer
{
    /// <inheritdoc/>
    public async ValueTask<IFrameTransport> DialAsync(CancellationToken cancellationToken) =>
        new RecordingTransport(await inner.DialAsync(cancellationToken), log, gateway);

    private sealed class RecordingTransport(IFrameTransport inner, WireLog log, Uri gateway) : IFrameTransport
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> frame, bool more)
        {
            log.NoteSent(frame.Span);
            return inner.SendAsync(frame, more);
        }

        public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
        {
            var frame = await inner.ReceiveAsync(cancellationToken);
            log.NoteReceived(frame.Span, gateway);
            return frame;
        }

        public ValueTask CloseAsync() => inner.CloseAsync();

        public void Abort() => inner.Abort();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
