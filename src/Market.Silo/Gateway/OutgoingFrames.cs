using System.Buffers;
using System.Buffers.Binary;

namespace Market.Silo.Gateway;

/// <summary>
/// All bytes that leave on one connection, in one order, from any thread. Whoever appends while nobody is sending sends
/// what has gathered, in one write; whoever appends meanwhile only leaves its bytes, so that many small frames cost one
/// system call and no thread waits for another. An idle connection holds no buffer.
/// </summary>
/// <param name="stream">The connection.</param>
internal sealed class OutgoingFrames(Stream stream)
{
    /// <summary>
    /// Above this many unsent bytes the connection has no room: its requests are not read and its events stay in the
    /// journal until its reader has caught up.
    /// </summary>
    public const int RoomBytes = 64 * 1024;

    private const byte FinalBinaryFrame = 0x82;
    private const byte Length16 = 126;
    private const byte Length64 = 127;
    private const int FirstBufferBytes = 1024;

    private readonly Lock _gate = new();
    private byte[] _buffer = [];
    private int _length;
    private bool _isSending;
    private bool _dataEnded;
    private bool _isBroken;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _idle;

    /// <summary>Why sending stopped before its time; null while it works.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether it has no room.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _length >= RoomBytes;
            }
        }
    }

    /// <summary>
    /// Sends one binary WebSocket message; drops it where data has ended or the connection is broken.
    /// </summary>
    public void Append(ReadOnlySpan<byte> message)
    {
        lock (_gate)
        {
            if (_dataEnded || _isBroken)
            {
                return;
            }

            WriteHeader(message.Length);
            message.CopyTo(Space(message.Length));
            _length += message.Length;
            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAsync();
    }

    /// <summary>Sends bytes that are WebSocket frames already: those that the protocol itself sends.</summary>
    public void AppendRaw(ReadOnlySpan<byte> frames)
    {
        lock (_gate)
        {
            if (_isBroken)
            {
                return;
            }

            frames.CopyTo(Space(frames.Length));
            _length += frames.Length;
            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAsync();
    }

    /// <summary>Lets no message follow what was appended so far; only the closing frame may.</summary>
    public void EndData()
    {
        lock (_gate)
        {
            _dataEnded = true;
        }
    }

    /// <summary>Completes when the connection has room, or is broken and drops everything.</summary>
    public ValueTask WaitForRoomAsync()
    {
        lock (_gate)
        {
            if (_length < RoomBytes)
            {
                return ValueTask.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_room.Task);
        }
    }

    /// <summary>Completes when everything appended so far has been handed to the connection, or it is broken.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (!_isSending)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private async Task SendAsync()
    {
        while (TakeBatch() is { Count: > 0 } batch)
        {
            try
            {
                await stream.WriteAsync(batch).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                // The receiving side of the session sees the same broken connection and ends it.
                Break(error);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(batch.Array!);
            }
        }
    }

    private ArraySegment<byte> TakeBatch()
    {
        lock (_gate)
        {
            if (_length == 0)
            {
                _isSending = false;
                _idle?.TrySetResult();
                _idle = null;
                return default;
            }

            var batch = new ArraySegment<byte>(_buffer, 0, _length);
            (_buffer, _length) = ([], 0);
            _room?.TrySetResult();
            _room = null;
            return batch;
        }
    }

    private void Break(Exception error)
    {
        lock (_gate)
        {
            Failure = error;
            _isBroken = true;
            _length = 0;
            _room?.TrySetResult();
            _room = null;
        }
    }

    private void WriteHeader(int length)
    {
        var header = Space(10);
        header[0] = FinalBinaryFrame;
        switch (length)
        {
            case < Length16:
                header[1] = (byte)length;
                _length += 2;
                break;
            case <= ushort.MaxValue:
                header[1] = Length16;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
                _length += 4;
                break;
            default:
                header[1] = Length64;
                BinaryPrimitives.WriteInt64BigEndian(header[2..], length);
                _length += 10;
                break;
        }
    }

    private Span<byte> Space(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(
                Math.Max(FirstBufferBytes, Math.Max(_buffer.Length * 2, _length + bytes)));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            if (_buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
