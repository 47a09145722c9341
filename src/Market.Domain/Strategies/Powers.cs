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

    /// <summary>
    /// e^−x in + − × ÷ alone, to about twelve digits: 1/e^(x/1024) by seven terms of its series, squared ten times.
    /// </summary>
    /// <param name="x">From 0; 0 is returned where the result is too small for a number.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or no number.</exception>
    public static double ExpOfMinus(double x)
    {
        const int Halvings = 10;
        const int Terms = 7;
        if (x is not >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "The exponent must be 0 or more.");
        }

        var small = x / (1 << Halvings);
        var (sum, term) = (1.0, 1.0);
        for (var n = 1; n <= Terms; n++)
        {
            term *= small / n;
            sum += term;
        }

        for (var i = 0; i < Halvings; i++)
        {
            sum *= sum;
        }

        return 1 / sum;
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
