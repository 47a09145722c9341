using Market.Silo.Gateway.Limiting;

namespace Market.Silo.Tests.Limiting;

public sealed class TokenBucketTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const long Start = 7 * Second;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void A_full_bucket_has_exactly_its_burst_and_then_says_when_the_next_comes(int burst)
    {
        var bucket = new TokenBucket(perSecond: 4, burst);
        for (var i = 0; i < burst; i++)
        {
            Assert.Equal(0, bucket.TryTake(Start));
        }

        Assert.Equal(Second / 4, bucket.TryTake(Start));
        Assert.Equal(1, bucket.TryTake(Start + (Second / 4) - 1));
        Assert.Equal(0, bucket.TryTake(Start + (Second / 4)));
        Assert.Equal(Second / 4, bucket.TryTake(Start + (Second / 4)));
    }

    [Fact]
    public void A_refused_take_takes_nothing_and_a_pause_fills_no_more_than_the_burst()
    {
        var bucket = new TokenBucket(perSecond: 10, burst: 3);
        for (var i = 0; i < 100; i++)
        {
            bucket.TryTake(Start);
        }

        Assert.False(bucket.IsFull(Start + (3 * Second / 10) - 1));
        Assert.True(bucket.IsFull(Start + (3 * Second / 10)));
        var later = Start + (1_000 * Second);
        Assert.Equal([0, 0, 0, Second / 10], Enumerable.Range(0, 4).Select(_ => bucket.TryTake(later)));
    }

    [Fact]
    public async Task Many_threads_take_no_more_than_there_is()
    {
        var bucket = new TokenBucket(perSecond: 1, burst: 1_000);
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => Enumerable.Range(0, 1_000).Count(_ => bucket.TryTake(Start) == 0))));
        Assert.Equal(1_000, taken.Sum());
    }

    [Fact]
    public void Taking_allocates_nothing()
    {
        var bucket = new TokenBucket(perSecond: 1_000_000, burst: 10);
        bucket.TryTake(Start);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            bucket.TryTake(Start + i);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Whoever_uses_nothing_is_forgotten_and_whoever_is_too_fast_is_not()
    {
        var table = new UsageTable<int>(perSecond: 1, burst: 2);
        var (gone, fast, here) = (table.Enter(1), table.Enter(2), table.Enter(3));
        fast.Bucket.TryTake(Start);
        table.Leave(gone);
        table.Leave(fast);
        table.Sweep(Start);
        Assert.Equal(2, table.Count);
        Assert.Same(fast, table.Enter(2));
        Assert.Same(here, table.Enter(3));
        table.Leave(fast);
        table.Sweep(Start + Second);
        Assert.Equal(1, table.Count);
    }
}
