using Market.Silo.Gateway;
using Market.Testing.Hosting;

namespace Market.Silo.Tests.Gateway;

public sealed class ConnectionCutTests
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    private readonly ManualClock _clock = new();
    private int _cuts;

    [Fact]
    public void A_connection_is_cut_after_its_time_counted_from_the_first_call()
    {
        using var cut = new ConnectionCut(() => _cuts++, _clock);
        cut.After(Span);
        _clock.Advance(Span / 2);
        cut.After(Span);
        Assert.Equal(0, _cuts);
        _clock.Advance(Span / 2);
        Assert.Equal(1, _cuts);
    }

    [Fact]
    public void A_connection_that_has_ended_is_left_alone_by_whoever_comes_late()
    {
        var cut = new ConnectionCut(() => _cuts++, _clock);
        cut.After(Span);
        cut.Dispose();
        cut.Now();
        cut.After(Span);
        _clock.Advance(2 * Span);
        Assert.Equal(0, _cuts);
    }

    [Fact]
    public async Task A_timer_that_fires_while_the_connection_ends_has_done_before_it_is_gone()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new ManualResetEventSlim());
        var isGone = false;
        var wasGone = false;
        var cut = new ConnectionCut(
            () =>
            {
                begun.SetResult();
                goOn.Wait();
                wasGone = Volatile.Read(ref isGone);
            },
            TimeProvider.System);
        cut.After(TimeSpan.Zero);
        await begun.Task.WaitAsync(Support.TestAgent.Patience);
        var ending = Task.Run(() =>
        {
            cut.Dispose();
            Volatile.Write(ref isGone, true);
        });
        goOn.Set();
        await ending.WaitAsync(Support.TestAgent.Patience);
        Assert.False(wasGone);
    }
}
