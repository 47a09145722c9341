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
    private static readonly ulong[] Texts = [.. Enumerable.Range(0, Count).Select(TextOf)];

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

    private static int WriteLarge(int number, Span<byte> to)
    {
        number.TryFormat(to, out var count, default, CultureInfo.InvariantCulture);
        to[count] = (byte)',';
        return count + 1;
    }

    private static ulong TextOf(int number)
    {
        Span<byte> text = stackalloc byte[sizeof(ulong)];
        text.Clear();
        var length = WriteLarge(number, text);
        return BinaryPrimitives.ReadUInt64LittleEndian(text) | ((ulong)length << LengthShift);
    }
}
