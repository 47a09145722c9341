namespace Market.Simulations.Statistics;

/// <summary>
/// What one scenario adds to a mean. The negotiations of a scenario share its profiles and are no independent
/// observations, so they stay together when scenarios are drawn again.
/// </summary>
/// <param name="Sum">Sum of the values that are defined, divided by the number of observations.</param>
/// <param name="Weight">The share of observations that define a value: 1 where all do.</param>
internal readonly record struct Cluster(double Sum, double Weight)
{
    /// <summary>The cluster of one scenario's observations; null is an observation that defines no value.</summary>
    public static Cluster Of(IEnumerable<double?> values)
    {
        var (sum, defined, all) = (0.0, 0, 0);
        foreach (var value in values)
        {
            all++;
            if (value is { } number && double.IsFinite(number))
            {
                sum += number;
                defined++;
            }
        }

        return all == 0 ? default : new Cluster(sum / all, (double)defined / all);
    }
}
