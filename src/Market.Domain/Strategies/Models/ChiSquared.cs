namespace Market.Domain.Strategies;

/// <summary>Whether two windows of values come from the same distribution, by Pearson's test.</summary>
internal static class ChiSquared
{
    private const double Quantile = 1.6448536269514722; // of the standard normal distribution, at 0.95
    private const double Prior = 1; // Laplace's smoothing: every value has been seen once before

    /// <summary>
    /// Whether the hypothesis that both are alike stands at the level 0.05. The expected frequencies are those of the
    /// window before; the critical value is Wilson and Hilferty's, d(1 − 2/(9d) + z√(2/(9d)))³, within 1 % of the
    /// exact.
    /// </summary>
    internal static bool AreAlike(ReadOnlySpan<double> before, ReadOnlySpan<double> now)
    {
        var degrees = before.Length - 1;
        if (degrees < 1)
        {
            return true;
        }

        var statistic = 0.0;
        for (var i = 0; i < before.Length; i++)
        {
            var difference = now[i] - before[i];
            statistic += difference * difference / (before[i] + Prior);
        }

        var spread = 2.0 / (9 * degrees);
        var root = 1 - spread + (Quantile * Math.Sqrt(spread));
        return statistic <= degrees * root * root * root;
    }
}
