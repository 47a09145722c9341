using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Market.Chaos.Fuzzing;

/// <summary>One WebSocket frame of a server.</summary>
/// <param name="Opcode">1 text, 2 binary, 8 close, 9 ping, 10 pong.</param>
/// <param name="Payload">What it carries.</param>
internal readonly record struct RawFrame(int Opcode, byte[] Payload)
{
    /// <summary>Whether it says that the connection ends.</summary>
    public bool IsClose => Opcode == 8;

    /// <summary>Of a closing frame: its code and reason in words.</summary>
    public string CloseReason => Payload.Length < 2
        ? "closed without a code"
        : $"closed {BinaryPrimitives.ReadUInt16BigEndian(Payload)} {Encoding.UTF8.GetString(Payload.AsSpan(2))}".Trim();
}

/// <summary>
/// A connection on bare TCP, so that also what no WebSocket library would send can be sent. It never waits for ever.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    /// <summary>How long the server may take over anything, also on a machine that is busy with other things.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int HeadMax = 16 * 1024;

    private readonly Socket _socket;
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    private RawConnection(Socket socket) => _socket = socket;

    /// <summary>Connects.</summary>
    public static async Task<RawConnection> ConnectAsync(Uri server)
    {
        // Closing resets: thousands of connections a minute must not wait in the system for stragglers.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            LingerState = new LingerOption(true, 0),
        };
        try
        {
            await socket.ConnectAsync(server.Host, server.Port);
            return new RawConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Makes it a WebSocket; the status of the answer, 101 where it is one now.</summary>
    public async Task<int> UpgradeAsync(Uri server)
    {
        await SendAsync(Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
            + "Sec-WebSocket-Protocol: market.v1.msgpack\r\n\r\n"));
        return await ReadStatusAsync() ?? throw new IOException("The connection ended before an answer.");
    }

    /// <summary>Sends bytes as they are; false where the other side takes no more.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, timeout.Token)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side has ended first, which reading will tell.
        }
    }

    /// <summary>The status of an HTTP answer, past its head; null where the connection ends before.</summary>
    public async Task<int?> ReadStatusAsync()
    {
        while (true)
        {
            var head = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (head >= 0)
            {
                var status = Encoding.ASCII.GetString(_buffer, _start + "HTTP/1.1 ".Length, 3);
                _start += head + 4;
                return int.TryParse(status, out var number) ? number : 0;
            }

            if (_end - _start > HeadMax || !await FillAsync())
            {
                return null;
            }
        }
    }

    /// <summary>Reads until the connection ends: how many bytes came.</summary>
    public async Task<int> ReadToEndAsync()
    {
        var bytes = 0;
        do
        {
            bytes += _end - _start;
            _start = _end;
        }
        while (await FillAsync());

        return bytes;
    }

    /// <summary>The next frame; null where the connection has ended.</summary>
    /// <exception cref="OperationCanceledException">None came in the time.</exception>
    public async Task<RawFrame?> ReceiveAsync()
    {
        if (!await HasAsync(2))
        {
            return null;
        }

        var (opcode, length, header) = (_buffer[_start] & 0xF, (long)(_buffer[_start + 1] & 0x7F), 2);
        if (length >= 126)
        {
            header = length == 126 ? 4 : 10;
            if (!await HasAsync(header))
            {
                return null;
            }

            length = header == 4
                ? BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start + 2))
                : BinaryPrimitives.ReadInt64BigEndian(_buffer.AsSpan(_start + 2));
        }

        if (!await HasAsync(header + (int)length))
        {
            return null;
        }

        var payload = _buffer.AsSpan(_start + header, (int)length).ToArray();
        _start += header + (int)length;
        return new RawFrame(opcode, payload);
    }

    /// <summary>Appends one whole message of a client. Its mask is zero, which is one of the masks.</summary>
    public static void AppendMessage(List<byte> to, ReadOnlySpan<byte> payload, byte opcode = 2)
    {
        to.Add((byte)(0x80 | opcode));
        if (payload.Length < 126)
        {
            to.Add((byte)(0x80 | payload.Length));
        }
        else
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
            var isShort = payload.Length <= ushort.MaxValue;
            to.Add((byte)(0x80 | (isShort ? 126 : 127)));
            to.AddRange(isShort ? length[6..] : length);
        }

        to.AddRange([0, 0, 0, 0]);
        to.AddRange(payload);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task<bool> HasAsync(int bytes)
    {
        while (_end - _start < bytes)
        {
            if (!await FillAsync())
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> FillAsync()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, timeout.Token);
            _end += count;
            return count > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
