using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Market.Simulations.Results;

/// <summary>
/// Texts of doubles that have occurred, each with a comma before it: utilities and shares repeat, and looking one up
/// takes a fraction of finding its shortest digits. Each number has one place, which the next one of that place takes:
/// so nothing grows, nothing is searched, and a number that was pushed out is made again. For one thread at a time.
/// </summary>
internal sealed class NumberTexts
{
    /// <summary>Room that a text needs in bytes, more than it takes: the longest double has 24, and a comma.</summary>
    public const int BytesMax = 32;

    private const int PlacesLog2 = 13; // of 40 bytes
    private const ulong Golden = 0x9E3779B97F4A7C15; // 2^64 / φ spreads what differs in any bits over the highest ones
    private readonly Place[] _places = new Place[1 << PlacesLog2];

    /// <summary>Makes one without any text but that of 0, whose bits an empty place has.</summary>
    public NumberTexts() => Fill(ref _places[0], 0);

    /// <summary>Writes a comma and a number; the comma alone for null.</summary>
    /// <param name="number">The number.</param>
    /// <param name="to">Room for <see cref="BytesMax"/> bytes; those behind the text are spoilt.</param>
    /// <returns>Number of bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled once: a short run cannot wait for tiers
    public int Write(double? number, Span<byte> to)
    {
        if (number is not { } value)
        {
            to[0] = (byte)',';
            return 1;
        }

        var bits = BitConverter.DoubleToUInt64Bits(value);
        ref var place = ref _places[unchecked(bits * Golden) >> (64 - PlacesLog2)];
        if (place.Bits != bits)
        {
            Fill(ref place, value);
        }

        MemoryMarshal.Write(to, in place.Text);
        return place.Text[BytesMax - 1];
    }

    private static void Fill(ref Place place, double value)
    {
        Span<byte> text = place.Text;
        text[0] = (byte)',';
        value.TryFormat(text[1..], out var count, default, CultureInfo.InvariantCulture);
        text[BytesMax - 1] = (byte)(count + 1);
        place.Bits = BitConverter.DoubleToUInt64Bits(value);
    }

    private struct Place
    {
        public ulong Bits;
        public Block Text;
    }

    /// <summary>A text, and its length in the last byte.</summary>
    [InlineArray(BytesMax)]
    private struct Block
    {
        private byte _first;
    }
}
