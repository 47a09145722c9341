using MathNet.Numerics.Distributions;

namespace Market.Simulations.Statistics;

/// <summary>
/// The signed-rank test of matched pairs (Wilcoxon, "Individual comparisons by ranking methods", 1945). Zero
/// differences are left out, as Wilcoxon did; equal ones share the mean of their ranks. Up to
/// <see cref="ExactMax"/> differences p is exact, ties included, from the distribution of W+ over all signs; above, it
/// is the normal approximation with corrections for ties and continuity.
/// </summary>
internal static class WilcoxonSignedRank
{
    /// <summary>Most differences with an exact p.</summary>
    public const int ExactMax = 50;

    // Means of the same numbers in another order differ in their last bits: such differences are none.
    private const double ZeroMax = 1e-12;

    /// <summary>Tests whether differences are as often above zero as below, by their ranks.</summary>
    public static WilcoxonResult Test(IEnumerable<double> differences)
    {
        var all = differences.ToList();
        var sorted = all.Where(static d => Math.Abs(d) > ZeroMax).OrderBy(static d => Math.Abs(d)).ToArray();
        var zeros = all.Count - sorted.Length;
        if (sorted.Length == 0)
        {
            return new WilcoxonResult(0, 0, 0, zeros, 1, true);
        }

        // Twice the ranks: the mean of tied ranks may have a half, and twice it is whole.
        var doubled = DoubledRanks(sorted);
        var positive = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            positive += sorted[i] > 0 ? doubled[i] : 0;
        }

        var isExact = sorted.Length <= ExactMax;
        var p = isExact ? ExactP(doubled, positive) : NormalP(doubled, positive);
        return new WilcoxonResult(
            positive / 2.0, (doubled.Sum() - positive) / 2.0, sorted.Length, zeros, p, isExact);
    }

    /// <summary>Two-sided p from the distribution of W+ where every sign is as likely as the other.</summary>
    /// <param name="doubled">Twice each rank.</param>
    /// <param name="positive">Twice W+.</param>
    internal static double ExactP(ReadOnlySpan<int> doubled, int positive)
    {
        var total = 0;
        var chances = new double[1 + Sum(doubled)];
        chances[0] = 1;
        foreach (var rank in doubled)
        {
            total += rank;
            for (var sum = total; sum >= 0; sum--)
            {
                chances[sum] = 0.5 * (chances[sum] + (sum >= rank ? chances[sum - rank] : 0));
            }
        }

        var below = chances.AsSpan(0, positive + 1);
        var above = chances.AsSpan(positive);
        return Math.Min(1, 2 * Math.Min(Sum(below), Sum(above)));
    }

    /// <summary>Two-sided p by the normal approximation.</summary>
    internal static double NormalP(ReadOnlySpan<int> doubled, int positive)
    {
        // The variance of W+ is a quarter of the sum of squared ranks: ties shrink it by themselves.
        var (mean, variance) = (0.0, 0.0);
        foreach (var rank in doubled)
        {
            mean += rank / 4.0;
            variance += rank * rank / 16.0;
        }

        var away = Math.Max(0, Math.Abs((positive / 2.0) - mean) - 0.5);
        return Math.Min(1, 2 * Normal.CDF(0, 1, -away / Math.Sqrt(variance)));
    }

    private static int[] DoubledRanks(double[] sorted)
    {
        var doubled = new int[sorted.Length];
        for (var from = 0; from < sorted.Length;)
        {
            var to = from + 1;
            while (to < sorted.Length && Math.Abs(sorted[to]) - Math.Abs(sorted[from]) <= ZeroMax)
            {
                to++;
            }

            // Ranks from + 1 to `to` share their mean, of which this is twice.
            doubled.AsSpan(from, to - from).Fill(from + 1 + to);
            from = to;
        }

        return doubled;
    }

    private static int Sum(ReadOnlySpan<int> values)
    {
        var sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
