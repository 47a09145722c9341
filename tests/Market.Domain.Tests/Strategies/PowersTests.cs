using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class PowersTests
{
    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(1.0 / 3)]
    [InlineData(0.1)]
    [InlineData(17.77)]
    [InlineData(999.999)]
    public void A_power_agrees_with_the_library_to_thirteen_digits(double exponent)
    {
        for (var i = 1; i <= 100; i++)
        {
            var value = i / 101.0;
            var expected = Math.Pow(value, exponent);
            Assert.InRange(Powers.Power(value, exponent), expected * (1 - 1e-13), expected * (1 + 1e-13));
        }
    }

    [Fact]
    public void The_common_exponents_are_products_and_square_roots()
    {
        const double T = 3.0 / 21;
        var square = T * T;
        Assert.Equal(T, Powers.Power(T, 1));
        Assert.Equal(square * square, Powers.Power(T, 4));
        Assert.Equal(T * (square * square), Powers.Power(T, 5));
        Assert.Equal(Math.Sqrt(Math.Sqrt(T)), Powers.Power(T, 0.25));
        Assert.Equal(Math.Sqrt(T), Powers.Power(T, 0.5));
        Assert.Equal(square * Math.Sqrt(T), Powers.Power(T, 2.5));
    }

    [Fact]
    public void The_ends_of_time_are_exact()
    {
        foreach (var exponent in new[] { double.Epsilon, 0.1, 1, 7.3, Powers.ExponentMax })
        {
            Assert.Equal(0, Powers.Power(0, exponent));
            Assert.Equal(1, Powers.Power(1, exponent));
        }
    }

    [Theory]
    [InlineData(-0.01, 1)]
    [InlineData(1.01, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, -1)]
    [InlineData(0.5, double.NaN)]
    [InlineData(0.5, Powers.ExponentMax + 1)]
    public void What_is_no_time_or_no_exponent_is_refused(double value, double exponent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Powers.Power(value, exponent));

    [Fact]
    public void The_exponential_agrees_with_the_library_to_eleven_digits()
    {
        for (var x = 0.0; x <= 20; x += 0.37)
        {
            var expected = Math.Exp(-x);
            Assert.InRange(Powers.ExpOfMinus(x), expected * (1 - 1e-11), expected * (1 + 1e-11));
        }

        Assert.Equal(0, Powers.ExpOfMinus(double.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Powers.ExpOfMinus(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Powers.ExpOfMinus(double.NaN));
    }
}
