using Market.Domain.Strategies;
using Market.Simulations.Statistics;
using MathNet.Numerics.Distributions;

namespace Market.Simulations.Tests.Statistics;

public sealed class ClusterBootstrapTests
{
    [Fact]
    public void The_interval_is_that_of_all_resamples_one_by_one()
    {
        double[] values = [0.9, 0.1, 0.35, 0.2, 0.95, 0.3];
        var mean = values.Average();
        double[] all = [.. Enumerable.Range(0, 46_656).Select(code => MeanOfResample(values, code)).Order()];
        var bias = Normal.InvCDF(0, 1,
            (all.Count(m => m < mean - 1e-12) + (0.5 * all.Count(m => Math.Abs(m - mean) <= 1e-12))) / all.Length);
        var cubes = values.Sum(v => Math.Pow(v - mean, 3));
        var squares = values.Sum(v => Math.Pow(v - mean, 2));
        var acceleration = cubes / (6 * Math.Pow(squares, 1.5)); // leaving v out moves the mean by (v − mean)/(n − 1)

        var estimate = ClusterBootstrap.MeanOf(Clusters(values), new SeededGenerator(7), 200_000);

        Assert.Equal(mean, estimate.Value!.Value, 12);
        Assert.Equal(6, estimate.Scenarios);
        Assert.Equal(End(-1.959964), estimate.Interval!.Value.Low, 2);
        Assert.Equal(End(1.959964), estimate.Interval!.Value.High, 2);

        double End(double z)
        {
            var share = Normal.CDF(0, 1, bias + ((bias + z) / (1 - (acceleration * (bias + z)))));
            return all[(int)(share * (all.Length - 1))];
        }
    }

    [Fact]
    public void Of_many_intervals_about_ninety_five_percent_hold_the_truth()
    {
        var chance = new SeededGenerator(11);
        var held = Enumerable.Range(0, 600).Count(trial =>
        {
            double[] values = [.. Enumerable.Range(0, 40).Select(_ => chance.NextDouble())];
            var interval = ClusterBootstrap
                .MeanOf(Clusters(values), new SeededGenerator((ulong)trial), 400).Interval!.Value;
            return interval.Low <= 0.5 && interval.High >= 0.5;
        });

        Assert.InRange(held / 600.0, 0.91, 0.98);
    }

    [Fact]
    public void A_scenario_without_agreements_says_nothing_about_their_utility()
    {
        Cluster[] clusters = [Cluster.Of([0.4, null]), Cluster.Of([null, null]), Cluster.Of([0.6, 0.8])];

        var estimate = ClusterBootstrap.MeanOf(clusters, new SeededGenerator(1));

        Assert.Equal((0.4 + 0.6 + 0.8) / 3, estimate.Value!.Value, 12);
        Assert.Equal(2, estimate.Scenarios);
    }

    [Fact]
    public void One_scenario_has_no_interval_and_none_no_mean()
    {
        Assert.Null(ClusterBootstrap.MeanOf([new Cluster(0.5, 1)], new SeededGenerator(1)).Interval);
        Assert.Null(ClusterBootstrap.MeanOf([], new SeededGenerator(1)).Value);
        Assert.Null(ClusterBootstrap.MeanOf([default], new SeededGenerator(1)).Value);
    }

    [Fact]
    public void Equal_scenarios_have_an_interval_of_one_point() => Assert.Equal(
        new Interval(0.25, 0.25),
        ClusterBootstrap.MeanOf(Clusters([0.25, 0.25, 0.25]), new SeededGenerator(1)).Interval!.Value);

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_one_another()
    {
        var clusters = Clusters([0.9, 0.1, 0.35, 0.2, 0.95, 0.3]);
        Interval? With(ulong seed) => ClusterBootstrap.MeanOf(clusters, new SeededGenerator(seed)).Interval;

        Assert.Equal(With(5), With(5));
        Assert.NotEqual(With(5), With(6));
    }

    private static Cluster[] Clusters(double[] values) => [.. values.Select(static value => new Cluster(value, 1))];

    private static double MeanOfResample(double[] values, int code)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[code % values.Length];
            code /= values.Length;
        }

        return sum / values.Length;
    }
}
