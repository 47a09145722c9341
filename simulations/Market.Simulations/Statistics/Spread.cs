namespace Market.Simulations.Statistics;

/// <summary>How far values lie apart.</summary>
internal static class Spread
{
    /// <summary>The sample's standard deviation, with n − 1; null with fewer than two values.</summary>
    public static double? Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2)
        {
            return null;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
