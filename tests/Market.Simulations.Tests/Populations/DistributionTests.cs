using Market.Domain.Strategies;
using Market.Simulations.Populations;

namespace Market.Simulations.Tests.Populations;

/// <summary>Distributions as they are written and drawn from.</summary>
public sealed class DistributionTests
{
    [Theory]
    [InlineData("12.5")]
    [InlineData("uniform(-1,14)")]
    [InlineData("triangular(8,14,10)")]
    [InlineData("normal(10,0.5)")]
    public void What_is_read_is_written_the_same(string text) =>
        Assert.Equal(text, Distribution.Parse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("uniform(2,1)")]
    [InlineData("triangular(1,3,4)")]
    [InlineData("normal(1,-1)")]
    [InlineData("normal(1)")]
    [InlineData("uniform(1,2")]
    [InlineData("poisson(3)")]
    [InlineData("uniform(1,1e400)")]
    public void What_is_no_distribution_is_not_read(string text) => Assert.Null(Distribution.Parse(text));

    [Theory]
    [InlineData("uniform(8,14)", 11, 3)]
    [InlineData("triangular(8,14,9)", 31.0 / 3, 1.7222222)]
    [InlineData("normal(10,2)", 10, 4)]
    [InlineData("3", 3, 0)]
    public void Draws_have_the_mean_and_variance_of_the_formula(string text, double mean, double variance)
    {
        const int Draws = 200_000;
        var random = new SeededGenerator(1);
        var distribution = Distribution.Parse(text)!;
        var drawn = Enumerable.Range(0, Draws).Select(_ => distribution.Draw(random)).ToList();
        var average = drawn.Sum() / Draws;
        Assert.Equal(mean, average, 0.02);
        Assert.Equal(variance, drawn.Sum(value => (value - average) * (value - average)) / Draws, 0.03);
    }
}
