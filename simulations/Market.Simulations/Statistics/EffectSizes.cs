namespace Market.Simulations.Statistics;

/// <summary>How large a difference is, beside how certain.</summary>
internal static class EffectSizes
{
    /// <summary>
    /// Cohen's d: the difference of means in units of √((s₁² + s₂²)/2) (Cohen, "Statistical power analysis", 1988).
    /// Null with fewer than two values, or without any spread.
    /// </summary>
    public static double? CohenD(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (Spread.Of(first) is not { } one || Spread.Of(second) is not { } other)
        {
            return null;
        }

        var pooled = Math.Sqrt(((one * one) + (other * other)) / 2);
        return pooled > 1e-12 ? (first.Average() - second.Average()) / pooled : null;
    }

    /// <summary>
    /// Cliff's δ: the chance that a value of the first exceeds one of the second, minus the reverse, −1 to 1 (Cliff,
    /// "Dominance statistics", 1993). Null where either is empty.
    /// </summary>
    public static double? CliffDelta(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count == 0 || second.Count == 0)
        {
            return null;
        }

        // Each value looks up in the sorted other sample how many it exceeds: n log n, also for large samples.
        var sorted = second.Order().ToArray();
        var balance = 0L;
        foreach (var value in first)
        {
            balance += CountBelow(sorted, value) - (sorted.Length - CountBelow(sorted, Math.BitIncrement(value)));
        }

        return (double)balance / ((long)first.Count * second.Count);
    }

    private static int CountBelow(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
