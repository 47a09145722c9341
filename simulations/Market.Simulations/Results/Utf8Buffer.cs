using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Market.Simulations.Results;

/// <summary>
/// Bytes of a text file that is being made: grows, is cleared and used again. Numbers are written as the invariant
/// culture does, doubles with the fewest digits that read back to the same bits.
/// </summary>
internal sealed class Utf8Buffer
{
    private const int NumberBytesMax = 32; // the longest shortest form of a double has 24
    private byte[] _bytes = new byte[4096];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets what was written, and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends one ASCII character.</summary>
    public void Append(char ascii)
    {
        Free(1)[0] = (byte)ascii;
        Length++;
    }

    /// <summary>Appends a text.</summary>
    public void Append(string text)
    {
        var free = Free(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, free);
    }

    /// <summary>Appends a number.</summary>
    public void Append<T>(T number)
        where T : IUtf8SpanFormattable
    {
        if (!number.TryFormat(Free(NumberBytesMax), out var count, default, CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException($"{number} has more than {NumberBytesMax} bytes.");
        }

        Length += count;
    }

    /// <summary>Appends numbers with commas between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled once: a short run cannot wait for tiers
    public void AppendList(ReadOnlySpan<int> numbers)
    {
        const int atOnce = 128; // so many at most have room made for them together
        for (; numbers.Length > atOnce; numbers = numbers[atOnce..])
        {
            Fill(SmallNumbers.WriteAll(numbers[..atOnce], Free(atOnce * SmallNumbers.BytesMax)));
        }

        Fill(Math.Max(0, SmallNumbers.WriteAll(numbers, Free(numbers.Length * SmallNumbers.BytesMax)) - 1));
    }

    /// <summary>Makes room for bytes, to be written by the caller and then counted by <see cref="Fill"/>.</summary>
    /// <param name="count">Most bytes that will be written.</param>
    public Span<byte> Reserve(int count) => Free(count);

    /// <summary>Counts bytes as written that were filled in where <see cref="Reserve"/> made room.</summary>
    public void Fill(int count) => Length += count;

    /// <summary>Appends the 32 bits of each number, the lowest byte first.</summary>
    public void AppendBytes(ReadOnlySpan<int> numbers)
    {
        var free = Free(numbers.Length * sizeof(int));
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(numbers).CopyTo(free);
        }
        else
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(free[(i * sizeof(int))..], numbers[i]);
            }
        }

        Length += numbers.Length * sizeof(int);
    }

    private Span<byte> Free(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }

        return _bytes.AsSpan(Length);
    }
}
