using Market.Silo.Gateway;

namespace Market.Silo.Tests.Gateway;

public sealed class SearchLaneTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Only_as_many_searches_run_at_once_as_there_are_places()
    {
        var (lane, end, begun) = (new SearchLane(2), new TaskCompletionSource(), new SemaphoreSlim(0));
        var running = 0;
        var tooMany = 0;
        var asked = Enumerable.Range(0, 5).Select(i => lane.RunAsync<int>(i, async () =>
        {
            tooMany += Interlocked.Increment(ref running) > 2 ? 1 : 0;
            begun.Release();
            await end.Task;
            Interlocked.Decrement(ref running);
            return i;
        })).ToArray();
        Assert.True(await begun.WaitAsync(Patience));
        Assert.True(await begun.WaitAsync(Patience));
        Assert.Equal(2, Volatile.Read(ref running));
        end.SetResult();
        var answers = await Task.WhenAll(asked).WaitAsync(Patience);
        Assert.Equal([0, 1, 2, 3, 4], answers);
        Assert.Equal(0, tooMany);
    }

    [Fact]
    public async Task An_agent_that_asks_once_waits_for_one_search_of_each_other_and_not_for_all()
    {
        var (lane, first) = (new SearchLane(1), new TaskCompletionSource());
        var order = new List<string>();
        var asked = new List<Task<int>> { Ask(7, "held", first.Task) };
        asked.AddRange(Enumerable.Range(0, 5).Select(i => Ask(7, $"greedy {i}", Task.CompletedTask)));
        asked.Add(Ask(8, "modest", Task.CompletedTask));
        first.SetResult();
        await Task.WhenAll(asked).WaitAsync(Patience);
        Assert.Equal(["held", "greedy 0", "modest", "greedy 1", "greedy 2", "greedy 3", "greedy 4"], order);

        Task<int> Ask(long owner, string name, Task until) => lane.RunAsync<int>(owner, async () =>
        {
            await until;
            order.Add(name); // one place: no two of these at once
            return 0;
        });
    }

    [Fact]
    public async Task A_search_that_fails_leaves_its_place()
    {
        var lane = new SearchLane(1);
        var failing = lane.RunAsync<int>(1, () => throw new InvalidOperationException("It broke."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.WaitAsync(Patience));
        Assert.Equal(3, await lane.RunAsync(1, () => ValueTask.FromResult(3)).WaitAsync(Patience));
    }
}
