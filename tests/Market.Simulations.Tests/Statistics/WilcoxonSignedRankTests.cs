using Market.Domain.Strategies;
using Market.Simulations.Statistics;

namespace Market.Simulations.Tests.Statistics;

public sealed class WilcoxonSignedRankTests
{
    /// <summary>Hollander and Wolfe, "Nonparametric statistical methods" (1973), page 29: V = 40, p = 0.0391.</summary>
    [Fact]
    public void The_depression_scale_of_Hollander_and_Wolfe_comes_out_as_published()
    {
        double[] before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        double[] after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

        var result = WilcoxonSignedRank.Test(before.Zip(after, static (x, y) => x - y));

        Assert.Equal((40.0, 5.0, 9, 0, true), (
            result.PositiveRanks, result.NegativeRanks, result.Differences, result.Zeros, result.IsExact));
        Assert.Equal(0.0390625, result.P, 12);
    }

    /// <summary>
    /// Darwin's plants, as in "The effects of cross and self fertilisation" (1876): W− = 24, p = 0.04126.
    /// </summary>
    [Fact]
    public void Darwins_plants_come_out_as_published()
    {
        var result = WilcoxonSignedRank.Test([6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]);

        Assert.Equal(24, result.NegativeRanks);
        Assert.Equal(0.041259765625, result.P, 12);
        Assert.Equal((96.0 - 24) / 120, result.RankBiserial, 12);
    }

    [Fact]
    public void With_ties_p_is_that_of_all_signs_one_by_one()
    {
        double[] sizes = [1, 1, 2, 2, 2, 3, 4, 4, 5, 6];
        double[] ranks = [1.5, 1.5, 4, 4, 4, 6, 7.5, 7.5, 9, 10];
        const int signs = 0b11_0111_1010;

        var observed = PositiveRanks(signs);
        var all = Enumerable.Range(0, 1 << sizes.Length).Select(PositiveRanks).ToList();
        var below = all.Count(sum => sum <= observed) / (double)all.Count;
        var above = all.Count(sum => sum >= observed) / (double)all.Count;
        var result = WilcoxonSignedRank.Test(sizes.Select((size, i) => (signs >> i & 1) == 1 ? size : -size));

        Assert.Equal(observed, result.PositiveRanks);
        Assert.Equal(Math.Min(1, 2 * Math.Min(below, above)), result.P, 12);

        double PositiveRanks(int mask) => ranks.Where((_, i) => (mask >> i & 1) == 1).Sum();
    }

    [Fact]
    public void Zeros_are_left_out_and_counted()
    {
        var result = WilcoxonSignedRank.Test([0, 1, 0, 2, 1e-15]);

        Assert.Equal((2, 3), (result.Differences, result.Zeros));
        Assert.Equal(0.5, result.P, 12);
    }

    [Fact]
    public void Without_a_difference_nothing_is_found()
    {
        var result = WilcoxonSignedRank.Test([0, 0]);

        Assert.Equal((1.0, 0.0), (result.P, result.RankBiserial));
    }

    [Fact]
    public void Above_the_limit_the_approximation_is_near_the_exact_p()
    {
        var chance = new SeededGenerator(4);
        var doubled = Enumerable.Range(1, WilcoxonSignedRank.ExactMax + 1).Select(static rank => 2 * rank).ToArray();
        double[] differences = [.. doubled.Select(rank => chance.NextDouble() < 0.65 ? rank : -rank)];

        var result = WilcoxonSignedRank.Test(differences);
        var exact = WilcoxonSignedRank.ExactP(doubled, (int)(2 * result.PositiveRanks));

        Assert.False(result.IsExact);
        Assert.InRange(exact, 0.0001, 0.2);
        Assert.Equal(exact, result.P, 3);
    }
}
