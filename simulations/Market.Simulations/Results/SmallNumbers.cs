using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Market.Simulations.Results;

/// <summary>
/// Digits of whole numbers, each with a comma behind it; those below ten thousand, which indices and rounds mostly are,
/// from a table.
/// </summary>
internal static class SmallNumbers
{
    /// <summary>Room that a number needs in bytes, more than it takes.</summary>
    public const int BytesMax = 12;

    private const int Count = 10_000;
    private const int LengthShift = 56;

    // The characters from the lowest byte on, and their number in the highest one.
    private static readonly ulong[] Texts = AllTexts();

    /// <summary>Writes a number in decimal digits, and a comma.</summary>
    /// <param name="number">The number; below 0 with a sign before it.</param>
    /// <param name="to">Room for <see cref="BytesMax"/> bytes; those behind the comma are spoilt.</param>
    /// <returns>Number of bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(int number, Span<byte> to)
    {
        if (unchecked((uint)number) >= Count)
        {
            return WriteLarge(number, to);
        }

        var text = Texts[number];
        BinaryPrimitives.WriteUInt64LittleEndian(to, text);
        return (int)(text >> LengthShift);
    }

    /// <summary>Writes numbers in decimal digits, each with a comma behind it.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="to">Room for <see cref="BytesMax"/> bytes a number.</param>
    /// <returns>Number of bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled once: a short run cannot wait for tiers
    public static int WriteAll(ReadOnlySpan<int> numbers, Span<byte> to)
    {
        var at = 0;
        foreach (var number in numbers)
        {
            at += Write(number, to[at..]);
        }

        return at;
    }

    private static int WriteLarge(int number, Span<byte> to)
    {
        number.TryFormat(to, out var count, default, CultureInfo.InvariantCulture);
        to[count] = (byte)',';
        return count + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // it runs once, while the first negotiation waits for it
    private static ulong[] AllTexts()
    {
        var texts = new ulong[Count];
        for (var number = 0; number < Count; number++)
        {
            var length = number < 10 ? 1 : number < 100 ? 2 : number < 1000 ? 3 : 4;
            var text = ((ulong)(length + 1) << LengthShift) | ((ulong)',' << (8 * length));
            for (int at = length - 1, rest = number; at >= 0; at--, rest /= 10)
            {
                text |= (ulong)('0' + (rest % 10)) << (8 * at);
            }

            texts[number] = text;
        }

        return texts;
    }
}
