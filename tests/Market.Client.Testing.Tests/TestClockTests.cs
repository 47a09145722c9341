namespace Market.Client.Testing.Tests;

public sealed class TestClockTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_jump_makes_due_what_lies_on_its_way_and_nothing_else()
    {
        var clock = new TestClock();
        var soon = Task.Delay(Hour, clock);
        var later = Task.Delay(3 * Hour, clock);
        clock.Advance(Hour);
        await soon.Soon();
        Assert.False(later.IsCompleted);
        clock.Advance(2 * Hour);
        await later.Soon();
    }

    [Fact]
    public void A_jump_moves_date_and_timestamps_alike()
    {
        var clock = new TestClock();
        var (now, start) = (clock.GetUtcNow(), clock.GetTimestamp());
        clock.Advance(Hour);
        Assert.InRange(clock.GetUtcNow() - now, Hour, 2 * Hour);
        Assert.InRange(clock.GetElapsedTime(start), Hour, 2 * Hour);
    }

    [Fact]
    public async Task Without_a_jump_time_passes_as_it_does()
    {
        var clock = new TestClock();
        await Task.Delay(TimeSpan.FromMilliseconds(1), clock).Soon();
    }

    [Fact]
    public async Task A_timer_that_repeats_goes_on_after_a_jump()
    {
        var clock = new TestClock();
        using var ticks = new SemaphoreSlim(0);
        await using var timer = clock.CreateTimer(_ => ticks.Release(), null, Hour, Hour);
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(Hour);
            Assert.True(await ticks.WaitAsync(Waiting.Patience));
        }
    }

    [Fact]
    public void The_clock_does_not_go_back() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestClock().Advance(-Hour));
}
