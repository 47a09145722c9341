using Market.Silo.Commands.Demo.House;

namespace Market.Silo.Tests.Demo.House;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_published_sequence_comes_out()
    {
        // The first numbers of the authors' reference implementation for the seed 1234567.
        var random = new SplitMix64(1234567);
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973, 9817491932198370423, 4593380528125082431],
            Enumerable.Range(0, 4).Select(_ => random.Next()));
    }

    [Fact]
    public void Numbers_lie_between_both_limits_and_reach_them()
    {
        var random = new SplitMix64(7);
        var counts = Enumerable.Range(0, 6_000).Select(_ => random.Between(-2, 3)).CountBy(n => n).ToDictionary();
        Assert.Equal([-2L, -1, 0, 1, 2, 3], counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1_150));
        Assert.Equal(5, random.Between(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Between(5, 4));
    }
}
