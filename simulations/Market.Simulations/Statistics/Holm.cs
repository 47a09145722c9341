namespace Market.Simulations.Statistics;

/// <summary>
/// Holm's correction for many tests at once (Holm, "A simple sequentially rejective multiple test procedure", 1979).
/// </summary>
internal static class Holm
{
    /// <summary>
    /// Adjusted p of each test, in their order: to reject those at most α keeps the chance of any false rejection at
    /// most α, however the tests depend on each other.
    /// </summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> ps)
    {
        ArgumentNullException.ThrowIfNull(ps);
        var adjusted = new double[ps.Count];
        var (rank, least) = (0, 0.0);
        foreach (var place in Enumerable.Range(0, ps.Count).OrderBy(place => ps[place]))
        {
            least = Math.Max(least, Math.Min(1, (ps.Count - rank) * ps[place]));
            adjusted[place] = least;
            rank++;
        }

        return adjusted;
    }
}
