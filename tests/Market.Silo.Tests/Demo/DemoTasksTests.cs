using Market.Silo.Commands.Demo;

namespace Market.Silo.Tests.Demo;

public sealed class DemoTasksTests
{
    [Fact]
    public async Task The_first_failure_stops_everything_and_is_what_is_thrown()
    {
        using var tasks = new DemoTasks(CancellationToken.None);
        var first = new InvalidOperationException("first");
        tasks.Start(stopping => Task.Delay(Timeout.Infinite, stopping));
        tasks.Start(_ => throw first);
        await tasks.RunAsync(stopping => Task.Delay(Timeout.Infinite, stopping));
        Assert.Same(first, await Assert.ThrowsAsync<InvalidOperationException>(tasks.StopAsync));
    }

    [Fact]
    public async Task A_stop_waits_for_what_was_started_and_for_what_that_starts()
    {
        using var tasks = new DemoTasks(CancellationToken.None);
        var ended = 0;
        tasks.Start(async stopping =>
        {
            tasks.Start(async _ =>
            {
                await Task.Yield();
                Interlocked.Increment(ref ended);
            });
            await Task.Delay(Timeout.Infinite, stopping);
        });
        await tasks.RunAsync(_ => Task.CompletedTask);
        await tasks.StopAsync();
        Assert.Equal(1, ended);
    }

    [Fact]
    public async Task Cancelling_stops_everything_and_is_no_failure()
    {
        using var cancelled = new CancellationTokenSource();
        using var tasks = new DemoTasks(cancelled.Token);
        tasks.Start(stopping => Task.Delay(Timeout.Infinite, stopping));
        await cancelled.CancelAsync();
        await tasks.StopAsync();
    }
}
