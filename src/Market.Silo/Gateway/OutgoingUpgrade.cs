using Microsoft.AspNetCore.Http.Features;

namespace Market.Silo.Gateway;

/// <summary>
/// Puts <see cref="OutgoingFrames"/> between a connection and the framework's WebSocket: the framework keeps the
/// handshake, the receiving side, pings and the closing; messages go around it, many in one write.
/// </summary>
/// <param name="inner">The server's own upgrade.</param>
internal sealed class OutgoingUpgrade(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
{
    private OutgoingFrames? _frames;

    /// <inheritdoc/>
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>What leaves on the upgraded connection.</summary>
    /// <exception cref="InvalidOperationException">The connection has not been upgraded.</exception>
    public OutgoingFrames Frames =>
        _frames ?? throw new InvalidOperationException("The connection has not been upgraded.");

    /// <inheritdoc/>
    public async Task<Stream> UpgradeAsync()
    {
        var stream = await inner.UpgradeAsync().ConfigureAwait(false);
        _frames = new OutgoingFrames(stream);
        return new FramedStream(stream, _frames);
    }

    /// <summary>
    /// Reads from the connection, and leaves what is written to <see cref="OutgoingFrames"/>. The connection is the
    /// server's: its end is not this stream's, which may come before all is sent.
    /// </summary>
    private sealed class FramedStream(Stream inner, OutgoingFrames frames) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.ReadAsync(buffer, offset, count, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            frames.AppendRaw(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            frames.AppendRaw(buffer.AsSpan(offset, count));
            return Task.CompletedTask;
        }

        public override void Write(byte[] buffer, int offset, int count) =>
            frames.AppendRaw(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
