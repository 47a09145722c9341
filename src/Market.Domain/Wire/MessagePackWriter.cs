using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace Market.Domain.Wire;

/// <summary>
/// Writes MessagePack values into a buffer that grows and is used again. Every number and length gets its shortest
/// form: a number from 0 up the unsigned one, a negative number the signed one. What <see cref="MessagePackReader"/>
/// would refuse is never written, so that no journal holds what cannot be read. Not for two threads at once.
/// </summary>
/// <example><code>using var writer = MessagePackWriter.Rent(); writer.BeginArray(1); writer.WriteBoolean(true);
/// writer.EndArray(); Send(writer.Written);</code></example>
public sealed class MessagePackWriter : IDisposable
{
    private const int InitialCapacity = 1_024;

    // A rare large value must not keep its memory for the life of the thread.
    private const int KeptCapacityMax = 4 * MarketLimits.FrameBytesMax;

    [ThreadStatic]
    private static MessagePackWriter? _spare;

    private byte[] _buffer = new byte[InitialCapacity];
    private int _length;
    private int _depth;

    /// <summary>
    /// Bytes written so far; valid until the next write, <see cref="Reset"/> or <see cref="Dispose"/>.
    /// </summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>This thread's spare writer, empty, or a new one. <see cref="Dispose"/> gives it back.</summary>
    public static MessagePackWriter Rent()
    {
        var writer = _spare ?? new MessagePackWriter();
        _spare = null;
        writer.Reset();
        return writer;
    }

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Reset()
    {
        _length = 0;
        _depth = 0;
    }

    /// <summary>Gives the writer back to its thread; whoever rented it must not touch it again.</summary>
    public void Dispose()
    {
        if (_buffer.Length <= KeptCapacityMax)
            _spare = this;
    }

    /// <summary>The bytes written so far, in a new array.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Writes nil, the absent value.</summary>
    public void WriteNil() => WriteByte(MessagePackCode.Nil);

    /// <summary>Writes true or false.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? MessagePackCode.True : MessagePackCode.False);

    /// <summary>Writes an integer in its shortest form.</summary>
    public void WriteInt64(long value)
    {
        if (value >= 0)
        {
            WriteUInt64((ulong)value);
            return;
        }

        var space = Space(9);
        if (value >= MessagePackCode.NegativeFixIntMin)
        {
            space[0] = unchecked((byte)value);
            _length += 1;
        }
        else if (value >= sbyte.MinValue)
        {
            space[0] = MessagePackCode.Int8;
            space[1] = unchecked((byte)value);
            _length += 2;
        }
        else if (value >= short.MinValue)
        {
            space[0] = MessagePackCode.Int16;
            BinaryPrimitives.WriteInt16BigEndian(space[1..], (short)value);
            _length += 3;
        }
        else if (value >= int.MinValue)
        {
            space[0] = MessagePackCode.Int32;
            BinaryPrimitives.WriteInt32BigEndian(space[1..], (int)value);
            _length += 5;
        }
        else
        {
            space[0] = MessagePackCode.Int64;
            BinaryPrimitives.WriteInt64BigEndian(space[1..], value);
            _length += 9;
        }
    }

    /// <summary>Writes an integer from 0 up in its shortest form.</summary>
    public void WriteUInt64(ulong value)
    {
        var space = Space(9);
        if (value <= MessagePackCode.PositiveFixIntMax)
        {
            space[0] = (byte)value;
            _length += 1;
        }
        else if (value <= uint.MaxValue)
        {
            WriteHeader((uint)value, MessagePackCode.UInt8, MessagePackCode.UInt16, MessagePackCode.UInt32);
        }
        else
        {
            space[0] = MessagePackCode.UInt64;
            BinaryPrimitives.WriteUInt64BigEndian(space[1..], value);
            _length += 9;
        }
    }

    /// <summary>Writes a float of 64 bits, bit by bit, also where it is a whole number.</summary>
    public void WriteFloat64(double value)
    {
        var space = Space(9);
        space[0] = MessagePackCode.Float64;
        BinaryPrimitives.WriteDoubleBigEndian(space[1..], value);
        _length += 9;
    }

    /// <summary>Writes a text as UTF-8.</summary>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair, which has no UTF-8
    /// form.</exception>
    public void WriteString(ReadOnlySpan<char> value)
    {
        const int HeaderMax = 5;
        var space = Space((value.Length * 3) + HeaderMax);

        // Most texts are ASCII: encode behind the header that the character count needs, move only if it was too small.
        var guess = StringHeaderSize(value.Length);
        if (Utf8.FromUtf16(value, space[guess..], out _, out var bytes, replaceInvalidSequences: false)
            != OperationStatus.Done)
        {
            throw new ArgumentException("A text holds half of a surrogate pair and has no UTF-8 form.", nameof(value));
        }

        var size = StringHeaderSize(bytes);
        if (size != guess)
            space.Slice(guess, bytes).CopyTo(space[size..]);

        if (bytes <= MessagePackCode.FixStrLengthMax)
            WriteByte((byte)(MessagePackCode.FixStr | bytes));
        else
            WriteHeader((uint)bytes, MessagePackCode.Str8, MessagePackCode.Str16, MessagePackCode.Str32);

        _length += bytes;
    }

    /// <summary>Writes bytes as binary.</summary>
    public void WriteBinary(ReadOnlySpan<byte> value) => value.CopyTo(WriteBinary(value.Length));

    /// <summary>Writes binary that the caller fills in before the next write.</summary>
    /// <param name="length">Bytes of the binary, from 0 up.</param>
    public Span<byte> WriteBinary(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        WriteHeader((uint)length, MessagePackCode.Bin8, MessagePackCode.Bin16, MessagePackCode.Bin32);
        var space = Space(length)[..length];
        _length += length;
        return space;
    }

    /// <summary>
    /// Writes bytes that are one MessagePack value already, for example an act exactly as it was received.
    /// </summary>
    public void WriteEncoded(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Space(value.Length));
        _length += value.Length;
    }

    /// <summary>Starts an array; its elements follow, then <see cref="EndArray"/>.</summary>
    /// <param name="count">Number of elements, from 0 up.</param>
    /// <exception cref="ArgumentException">Arrays are nested deeper than <see
    /// cref="MarketLimits.WireDepthMax"/>.</exception>
    public void BeginArray(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (++_depth > MarketLimits.WireDepthMax)
            throw new ArgumentException($"A value is nested deeper than {MarketLimits.WireDepthMax} arrays.");

        if (count <= MessagePackCode.FixArrayCountMax)
            WriteByte((byte)(MessagePackCode.FixArray | count));
        else
            WriteHeader((uint)count, shortest: 0, MessagePackCode.Array16, MessagePackCode.Array32);
    }

    /// <summary>Ends the array that was started last.</summary>
    public void EndArray() => _depth--;

    private static int StringHeaderSize(int bytes) => bytes switch
    {
        <= MessagePackCode.FixStrLengthMax => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        _ => 5,
    };

    /// <summary>
    /// A code and its operand of 1, 2 or 4 bytes; arrays have no form of 1 byte (<paramref name="shortest"/> 0).
    /// </summary>
    private void WriteHeader(uint operand, byte shortest, byte middle, byte longest)
    {
        var space = Space(5);
        if (operand <= byte.MaxValue && shortest != 0)
        {
            space[0] = shortest;
            space[1] = (byte)operand;
            _length += 2;
        }
        else if (operand <= ushort.MaxValue)
        {
            space[0] = middle;
            BinaryPrimitives.WriteUInt16BigEndian(space[1..], (ushort)operand);
            _length += 3;
        }
        else
        {
            space[0] = longest;
            BinaryPrimitives.WriteUInt32BigEndian(space[1..], operand);
            _length += 5;
        }
    }

    private void WriteByte(byte value)
    {
        Space(1)[0] = value;
        _length++;
    }

    private Span<byte> Space(int size)
    {
        if (_buffer.Length - _length < size)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + size));

        return _buffer.AsSpan(_length);
    }
}
