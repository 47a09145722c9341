namespace Market.Domain.Strategies;

/// <summary>
/// Powers by multiplications and square roots alone, which IEEE 754 rounds alike everywhere, so that a concession curve
/// has the same bits on every platform. (The library's power function differs between platforms.)
/// </summary>
public static class Powers
{
    /// <summary>Largest exponent; a curve with a larger one does not concede in any negotiation that ends.</summary>
    public const double ExponentMax = 1_000_000;

    /// <summary>
    /// base^exponent. The whole part of the exponent by squaring; its fraction, read in binary, by repeated square
    /// roots: x^½, x^¼, x^⅛ … of the bits that are set. So ¼ is two square roots and 2.5 is x²·√x.
    /// </summary>
    /// <param name="value">A number from 0 to 1, such as a relative time.</param>
    /// <param name="exponent">More than 0, at most <see cref="ExponentMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static double Power(double value, double exponent)
    {
        if (value is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "The base must be from 0 to 1.");
        }

        if (exponent is not (> 0 and <= ExponentMax))
        {
            throw new ArgumentOutOfRangeException(
                nameof(exponent), exponent, $"The exponent must be more than 0 and at most {ExponentMax}.");
        }

        var whole = (int)exponent;
        return WholePower(value, whole) * FractionPower(value, exponent - whole);
    }

    private static double WholePower(double value, int exponent)
    {
        var result = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            result = (exponent & 1) == 1 ? result * value : result;
            value *= value;
        }

        return result;
    }

    private static double FractionPower(double value, double fraction)
    {
        var result = 1.0;
        while (fraction > 0)
        {
            // Doubling and subtracting 1 are exact in binary, so no bit of the exponent is lost.
            value = Math.Sqrt(value);
            fraction *= 2;
            if (fraction >= 1)
            {
                result *= value;
                fraction -= 1;
            }
        }

        return result;
    }
}
