using MathNet.Numerics.Distributions;

namespace Market.Simulations.Statistics;

/// <summary>How many scenarios a wanted precision needs.</summary>
internal static class Precision
{
    /// <summary>Most scenarios that are named; more is out of reach.</summary>
    public const int ScenariosMax = 1_000_000;

    /// <summary>
    /// The fewest scenarios n with t(n − 1, 97.5 %)·s/√n ≤ h: a 95 % interval of a mean no wider than ± h, where
    /// scenario means spread by s.
    /// </summary>
    /// <param name="spread">s: the standard deviation of scenario means that were seen.</param>
    /// <param name="halfWidth">h: above zero.</param>
    /// <returns>At least 2; null where not even <see cref="ScenariosMax"/> are enough.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The half-width is not above zero.</exception>
    public static int? ScenariosFor(double spread, double halfWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfWidth);
        var (low, high) = (2, ScenariosMax);
        if (HalfWidthOf(spread, high) > halfWidth)
        {
            return null;
        }

        // The half-width falls with every scenario more, so the least number is found by halving.
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = HalfWidthOf(spread, middle) <= halfWidth ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>Half the width of the 95 % interval of a mean of n scenarios.</summary>
    public static double HalfWidthOf(double spread, int scenarios) =>
        StudentT.InvCDF(0, 1, scenarios - 1, (1 + ClusterBootstrap.Confidence) / 2) * spread / Math.Sqrt(scenarios);
}
