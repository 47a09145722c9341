using Market.Client.Connecting;

namespace Market.Client.Tests;

public sealed class BackoffTests
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(0.0, 50, 100, 200, 400, 500, 500)]
    [InlineData(1.0, 100, 200, 400, 800, 1000, 1000)]
    public void Delays_double_up_to_the_longest_and_lie_in_the_upper_half(double draw, params int[] milliseconds)
    {
        var backoff = new Backoff(Shortest, Longest, () => draw);
        foreach (var expected in milliseconds)
        {
            Assert.Equal(expected, backoff.Next().TotalMilliseconds);
        }
    }

    [Fact]
    public void A_delay_is_at_least_what_the_market_asks_for()
    {
        var backoff = new Backoff(Shortest, Longest, () => 0);
        Assert.Equal(3_050, backoff.Next(TimeSpan.FromSeconds(3)).TotalMilliseconds);
    }

    [Fact]
    public void Success_starts_again_from_the_shortest()
    {
        var backoff = new Backoff(Shortest, Longest, () => 1);
        backoff.Next();
        backoff.Next();
        backoff.Reset();
        Assert.Equal(100, backoff.Next().TotalMilliseconds);
    }

    [Fact]
    public void Very_many_failures_do_not_overflow()
    {
        var backoff = new Backoff(Shortest, Longest, () => 1);
        for (var i = 0; i < 5_000; i++)
        {
            Assert.True(backoff.Next() <= Longest);
        }
    }
}
