using Market.Domain.Strategies;
using MathNet.Numerics.Distributions;

namespace Market.Simulations.Statistics;

/// <summary>
/// Confidence intervals of means by drawing whole scenarios again, with replacement. Intervals are bias-corrected and
/// accelerated (BCa: Efron, "Better bootstrap confidence intervals", 1987; Efron and Tibshirani, "An introduction to
/// the bootstrap", 1993, chapter 14); where the correction is not defined, since every resample lies on one side of the
/// estimate, they are the plain percentiles.
/// </summary>
internal static class ClusterBootstrap
{
    /// <summary>Resamples of an interval unless another number is asked for.</summary>
    public const int ResamplesUsual = 2_000;

    /// <summary>The share of intervals that hold the truth.</summary>
    public const double Confidence = 0.95;

    /// <summary>The mean over scenarios, Σ sums / Σ weights, with its interval.</summary>
    /// <param name="clusters">One for each scenario.</param>
    /// <param name="draws">The chance to use.</param>
    /// <param name="resamples">How often scenarios are drawn again.</param>
    public static Estimate MeanOf(
        ReadOnlySpan<Cluster> clusters, SeededGenerator draws, int resamples = ResamplesUsual)
    {
        var scenarios = 0;
        var (sum, weight) = (0.0, 0.0);
        foreach (var cluster in clusters)
        {
            scenarios += cluster.Weight > 0 ? 1 : 0;
            sum += cluster.Sum;
            weight += cluster.Weight;
        }

        if (scenarios == 0)
        {
            return new Estimate(null, null, 0);
        }

        var mean = sum / weight;
        return scenarios == 1
            ? new Estimate(mean, null, 1)
            : new Estimate(mean, IntervalOf(clusters, mean, draws, resamples), scenarios);
    }

    private static Interval IntervalOf(
        ReadOnlySpan<Cluster> clusters, double mean, SeededGenerator draws, int resamples)
    {
        var means = Resample(clusters, draws, resamples);
        Array.Sort(means);

        // Equal scenarios give resamples that differ from the mean by rounding alone.
        var tolerance = 1e-12 * Math.Max(1, Math.Abs(mean));
        if (means[^1] - means[0] <= tolerance)
        {
            return new Interval(mean, mean);
        }

        double[] tails = [(1 - Confidence) / 2, (1 + Confidence) / 2];
        var below = means.Count(value => value < mean - tolerance);
        var at = means.Count(value => Math.Abs(value - mean) <= tolerance);
        var bias = Normal.InvCDF(0, 1, (below + (at / 2.0)) / means.Length);
        if (double.IsFinite(bias))
        {
            var acceleration = AccelerationOf(clusters);
            tails = [.. tails.Select(tail => Corrected(tail, bias, acceleration))];
        }

        return new Interval(Quantiles.Of(means, tails[0]), Quantiles.Of(means, tails[1]));
    }

    private static double[] Resample(ReadOnlySpan<Cluster> clusters, SeededGenerator draws, int resamples)
    {
        var means = new double[resamples];
        for (var i = 0; i < resamples; i++)
        {
            var (sum, weight) = (0.0, 0.0);

            // A draw in which nothing defines the figure is drawn again; at least one in n^n defines it.
            while (weight <= 0)
            {
                (sum, weight) = (0, 0);
                for (var draw = 0; draw < clusters.Length; draw++)
                {
                    var cluster = clusters[draws.Next(clusters.Length)];
                    sum += cluster.Sum;
                    weight += cluster.Weight;
                }
            }

            means[i] = sum / weight;
        }

        return means;
    }

    /// <summary>Efron's a, from the means that leave one scenario out.</summary>
    private static double AccelerationOf(ReadOnlySpan<Cluster> clusters)
    {
        var (sum, weight) = (0.0, 0.0);
        foreach (var cluster in clusters)
        {
            sum += cluster.Sum;
            weight += cluster.Weight;
        }

        var left = new List<double>(clusters.Length);
        foreach (var cluster in clusters)
        {
            if (weight - cluster.Weight > 1e-12)
            {
                left.Add((sum - cluster.Sum) / (weight - cluster.Weight));
            }
        }

        var centre = left.Average();
        var (squares, cubes) = (0.0, 0.0);
        foreach (var value in left)
        {
            var away = centre - value;
            squares += away * away;
            cubes += away * away * away;
        }

        return squares <= 0 ? 0 : cubes / (6 * squares * Math.Sqrt(squares));
    }

    private static double Corrected(double tail, double bias, double acceleration)
    {
        var shifted = bias + Normal.InvCDF(0, 1, tail);
        var corrected = Normal.CDF(0, 1, bias + (shifted / (1 - (acceleration * shifted))));
        return double.IsFinite(corrected) ? corrected : tail;
    }
}
