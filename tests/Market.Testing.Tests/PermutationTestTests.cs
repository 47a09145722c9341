namespace Market.Testing.Tests;

/// <summary>The test of times finds a difference that is there, and none where there is none.</summary>
public sealed class PermutationTestTests
{
    [Fact]
    public void A_small_shift_in_much_noise_is_found_by_its_mean_and_by_its_median()
    {
        var random = new Random(1);
        var first = Noise(random, 2_000);
        var second = Noise(random, 2_000).Select(static time => time + 0.15).ToArray();

        var test = PermutationTest.Of(first, second, 500, random);

        Assert.InRange(test.MeanDifference, 0.05, 0.25);
        Assert.InRange(test.MeanP, 1 / 501.0, 0.01);
        Assert.InRange(test.MedianP, 1 / 501.0, 0.01);
    }

    [Fact]
    public void Where_there_is_no_difference_p_is_anywhere()
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 60)
            .Select(_ => PermutationTest.Of(Noise(random, 100), Noise(random, 100), 200, random))
            .ToList();

        Assert.InRange(values.Count(static test => test.MeanP < 0.25), 5, 30);
        Assert.InRange(values.Count(static test => test.MeanP > 0.75), 5, 30);
        Assert.InRange(values.Count(static test => test.MedianP <= 0.01), 0, 4);
    }

    [Fact]
    public void One_outlier_moves_the_mean_and_hardly_the_median()
    {
        var first = Enumerable.Range(0, 101).Select(static i => (double)i).ToArray();
        var second = first.ToArray();
        second[100] = 1e9;

        var test = PermutationTest.Of(first, second, 100, new Random(3));

        Assert.Equal(0, test.MedianDifference);
        Assert.True(test.MeanDifference > 1e6);
        Assert.Equal(1, test.MedianP);
    }

    [Fact]
    public void What_is_no_set_of_pairs_is_an_error() =>
        Assert.Throws<ArgumentException>(() => PermutationTest.Of([1, 2], [1], 10, new Random(4)));

    private static double[] Noise(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + random.NextDouble())];
}
