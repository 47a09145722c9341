using System.Buffers.Binary;
using System.Net.Sockets;

namespace Market.Simulations.Running.Users.Hosting;

/// <summary>What waiting for a frame came to.</summary>
internal enum HostLinkState
{
    /// <summary>A frame is there.</summary>
    Frame,

    /// <summary>None came within the link's patience; asked again, it goes on waiting for the same.</summary>
    Waiting,

    /// <summary>The other side is gone.</summary>
    Closed,

    /// <summary>What came is no frame.</summary>
    Malformed,
}

/// <summary>
/// Frames over a stream of bytes between two processes: four bytes of length, the lowest first, a byte that says what
/// it is, and a body in MessagePack. For one thread.
/// </summary>
internal sealed class HostLink : IDisposable
{
    /// <summary>Largest frame that a strategy's process takes: as large as a scenario file may be.</summary>
    public const int RequestBytesMax = 64 << 20;

    /// <summary>Largest frame that is taken from a strategy's process: an act, or a sentence.</summary>
    public const int AnswerBytesMax = 64 << 10;

    private const int HeaderBytes = 5;

    private readonly Socket _socket;
    private readonly int _bytesMax;
    private byte[] _in = new byte[4096];
    private byte[] _out = new byte[4096];
    private int _start;
    private int _end;
    private int _outEnd;

    /// <summary>Speaks over a connected socket.</summary>
    /// <param name="socket">The socket; the link owns it.</param>
    /// <param name="bytesMax">Largest frame taken.</param>
    /// <param name="patience">How long one wait lasts; null for as long as it takes.</param>
    public HostLink(Socket socket, int bytesMax, TimeSpan? patience = null)
    {
        _socket = socket;
        _bytesMax = bytesMax;
        _socket.ReceiveTimeout = (int)(patience?.TotalMilliseconds ?? 0);
    }

    /// <summary>Adds a frame to what the next <see cref="Flush"/> sends.</summary>
    public void Post(HostFrame frame, ReadOnlySpan<byte> body)
    {
        var length = HeaderBytes + body.Length;
        if (_out.Length - _outEnd < length)
        {
            Array.Resize(ref _out, Math.Max(2 * _out.Length, _outEnd + length));
        }

        var to = _out.AsSpan(_outEnd);
        BinaryPrimitives.WriteInt32LittleEndian(to, body.Length);
        to[4] = (byte)frame;
        body.CopyTo(to[HeaderBytes..]);
        _outEnd += length;
    }

    /// <summary>Sends what was posted.</summary>
    /// <returns>Whether the other side was there to take it.</returns>
    public bool Flush()
    {
        var sent = 0;
        while (sent < _outEnd)
        {
            var now = _socket.Send(_out.AsSpan(sent, _outEnd - sent), SocketFlags.None, out var error);
            if (error != SocketError.Success)
            {
                return false;
            }

            sent += now;
        }

        _outEnd = 0;
        return true;
    }

    /// <summary>Waits for the next frame.</summary>
    /// <param name="frame">What it says.</param>
    /// <param name="body">Its body; valid until the next call.</param>
    public HostLinkState Receive(out HostFrame frame, out ReadOnlySpan<byte> body)
    {
        frame = default;
        body = default;
        while (true)
        {
            var available = _end - _start;
            var length = available >= HeaderBytes ? BinaryPrimitives.ReadInt32LittleEndian(_in.AsSpan(_start)) : 0;
            if (length < 0 || length > _bytesMax)
            {
                return HostLinkState.Malformed;
            }

            if (available >= HeaderBytes + length)
            {
                frame = (HostFrame)_in[_start + 4];
                body = _in.AsSpan(_start + HeaderBytes, length);
                _start += HeaderBytes + length;
                return HostLinkState.Frame;
            }

            if (Fill(HeaderBytes + length) is { } state)
            {
                return state;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    // Null where bytes came.
    private HostLinkState? Fill(int frameBytes)
    {
        if (_in.Length - _start < frameBytes)
        {
            var to = _in.Length < frameBytes ? new byte[frameBytes] : _in;
            _in.AsSpan(_start, _end - _start).CopyTo(to);
            (_in, _start, _end) = (to, 0, _end - _start);
        }
        else if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        var count = _socket.Receive(_in.AsSpan(_end), SocketFlags.None, out var error);
        if (error is SocketError.TimedOut or SocketError.WouldBlock or SocketError.Interrupted)
        {
            return HostLinkState.Waiting;
        }

        _end += count;
        return error == SocketError.Success && count > 0 ? null : HostLinkState.Closed;
    }
}
