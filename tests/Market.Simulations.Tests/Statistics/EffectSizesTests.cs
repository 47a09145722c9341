using Market.Simulations.Statistics;

namespace Market.Simulations.Tests.Statistics;

public sealed class EffectSizesTests
{
    [Fact]
    public void Cohens_d_is_in_units_of_the_root_mean_variance()
    {
        // Means 4 and 2; variances 4 and 1.
        Assert.Equal(2 / Math.Sqrt(2.5), EffectSizes.CohenD([2, 4, 6], [1, 2, 3])!.Value, 12);
        Assert.Null(EffectSizes.CohenD([2], [1, 2]));
        Assert.Null(EffectSizes.CohenD([2, 2], [1, 1]));
    }

    [Fact]
    public void Cliffs_delta_counts_all_pairs()
    {
        double[] first = [0.2, 0.5, 0.5, 0.9, 0.4];
        double[] second = [0.1, 0.5, 0.6, 0.4];
        var counted = first.SelectMany(x => second.Select(y => Math.Sign(x - y))).Sum() / 20.0;

        Assert.Equal(counted, EffectSizes.CliffDelta(first, second)!.Value, 12);
        Assert.Equal(1, EffectSizes.CliffDelta([3, 4], [1, 2]));
        Assert.Equal(0, EffectSizes.CliffDelta([1, 2], [1, 2]));
        Assert.Null(EffectSizes.CliffDelta([], [1]));
    }
}
