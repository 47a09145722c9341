using System.Globalization;
using System.Runtime.CompilerServices;

namespace Market.Simulations.Results;

/// <summary>Digits of whole numbers; those below ten thousand, which indices and rounds mostly are, without a call.</summary>
internal static class SmallNumbers
{
    /// <summary>Most bytes that a number takes.</summary>
    public const int BytesMax = 11;

    /// <summary>Writes a number in decimal digits.</summary>
    /// <param name="number">The number; below 0 with a sign before it.</param>
    /// <param name="to">Room for <see cref="BytesMax"/> bytes.</param>
    /// <returns>Number of bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled once: a short run cannot wait for tiers
    public static int Write(int number, Span<byte> to)
    {
        switch (number)
        {
            case >= 0 and < 10:
                to[0] = Digit((uint)number);
                return 1;
            case >= 10 and < 100:
                to[1] = Digit((uint)number % 10);
                to[0] = Digit((uint)number / 10);
                return 2;
            case >= 100 and < 1_000:
                to[2] = Digit((uint)number % 10);
                to[1] = Digit((uint)number / 10 % 10);
                to[0] = Digit((uint)number / 100);
                return 3;
            case >= 1_000 and < 10_000:
                to[3] = Digit((uint)number % 10);
                to[2] = Digit((uint)number / 10 % 10);
                to[1] = Digit((uint)number / 100 % 10);
                to[0] = Digit((uint)number / 1_000);
                return 4;
            default:
                number.TryFormat(to, out var count, default, CultureInfo.InvariantCulture);
                return count;
        }
    }

    private static byte Digit(uint digit) => unchecked((byte)('0' + digit));
}
