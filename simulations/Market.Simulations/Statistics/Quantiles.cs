namespace Market.Simulations.Statistics;

/// <summary>Quantiles of samples.</summary>
internal static class Quantiles
{
    /// <summary>
    /// A quantile by linear interpolation between the two nearest places (definition 7 of Hyndman and Fan, "Sample
    /// quantiles in statistical packages", 1996).
    /// </summary>
    /// <param name="sorted">The sample, lowest first; not empty.</param>
    /// <param name="share">0 for the lowest, ½ for the median, 1 for the highest.</param>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        var place = Math.Clamp(share, 0, 1) * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
