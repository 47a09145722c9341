using System.Runtime.CompilerServices;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Tests.Engines;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Hosting;

/// <summary>Unloading what is idle, making room, draining, and what stays in memory.</summary>
public sealed class EmbeddedClusterUnloadTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private readonly HeldJournal _journal = new(new MemoryJournal());
    private readonly Witness _witness = new();
    private readonly ManualClock _time = new();

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task An_idle_grain_is_unloaded_and_comes_back_with_its_state()
    {
        await using var cluster = Start();
        await Soon(cluster.AskAsync(Tally(1), new Add(3)));

        _time.Advance(Idle * 0.9);
        Assert.Equal(new Total(5), await Soon(cluster.AskAsync(Tally(1), new Add(2))));
        _time.Advance(Idle * 0.9);
        Assert.Equal(1, cluster.Activations);
        _time.Advance(Idle * 0.5);
        await Until(() => cluster.Activations == 0);

        Assert.Equal(new Total(6), await Soon(cluster.AskAsync(Tally(1), new Add(1))));
        Assert.Equal(2, _witness.Made(Tally(1)));
    }

    [Fact]
    public async Task A_grain_that_has_ended_is_unloaded_once_its_end_is_durable_and_still_answers()
    {
        await using var cluster = Start();
        _journal.Hold();
        var end = cluster.AskAsync(Tally(1), new Add(TallyGrain.EndsAt));
        await _journal.WhenHeld(1).WaitAsync(Patience);
        Assert.Equal(1, cluster.Activations);
        _journal.Release();

        Assert.Equal(new Total(TallyGrain.EndsAt), await Soon(end));
        await Until(() => cluster.Activations == 0);
        Assert.Equal(new Total(TallyGrain.EndsAt), await Soon(cluster.AskAsync(Tally(1), new Read())));
        await Until(() => cluster.Activations == 0);
    }

    [Fact]
    public async Task A_grain_is_not_unloaded_while_an_append_is_in_flight()
    {
        await using var cluster = Start();
        _journal.Hold();
        var add = cluster.AskAsync(Tally(1), new Add(3));
        await _journal.WhenHeld(1).WaitAsync(Patience);

        _time.Advance(Idle * 3);
        var read = cluster.AskAsync(Tally(1), new Read());
        _journal.Release();

        Assert.Equal(new Total(3), await Soon(add));
        Assert.Equal(new Total(3), await Soon(read));

        // The message in between keeps it.
        for (var i = 0; i < 20; i++)
        {
            await Soon(cluster.AskAsync(Tally(1), new Read()));
        }

        Assert.Equal(1, _witness.Made(Tally(1)));
    }

    [Fact]
    public async Task Unloading_while_messages_arrive_loses_none()
    {
        const int askers = 4, asksEach = 3_000;
        await using var cluster = Start();
        using var stop = new CancellationTokenSource();
        var sweeps = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                _time.Advance(Idle * 2);
                await Task.Yield();
            }
        });

        await Task.WhenAll(Enumerable.Range(0, askers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < asksEach; i++)
            {
                await cluster.AskAsync(Tally(i % 5), new Add(1));
                await Task.Yield();
            }
        }))).WaitAsync(Patience);
        await stop.CancelAsync();
        await sweeps;

        var total = 0L;
        for (var i = 0; i < 5; i++)
        {
            total += ((Total)await Soon(cluster.AskAsync(Tally(i), new Read()))).Amount;
        }

        Assert.Equal(askers * asksEach, total);
        Assert.Equal(0, _witness.Overlaps);
        Assert.True(_witness.Made(Tally(0)) > 1, "No grain was ever unloaded: the test did not test.");
    }

    [Fact]
    public async Task Near_its_limit_the_cluster_unloads_the_idlest()
    {
        await using var cluster = Start(options => options with { ActivationsMax = 64 });
        for (var i = 0; i < 60; i++)
        {
            await Soon(cluster.AskAsync(Tally(i), new Add(1)));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await Until(() => cluster.Activations <= 60 - 8);
        await Soon(cluster.AskAsync(Tally(59), new Read()));
        await Soon(cluster.AskAsync(Tally(0), new Read()));

        Assert.Equal(1, _witness.Made(Tally(59)));
        Assert.Equal(2, _witness.Made(Tally(0)));
    }

    [Fact]
    public async Task At_its_limit_with_all_grains_busy_the_cluster_refuses_another()
    {
        await using var cluster = Start(options => options with { ActivationsMax = 2 });
        _journal.Hold();
        var first = cluster.AskAsync(Tally(1), new Add(1));
        var second = cluster.AskAsync(Tally(2), new Add(1));
        await _journal.WhenHeld(2).WaitAsync(Patience);

        await Assert.ThrowsAsync<GrainOverloadedException>(() => Soon(cluster.AskAsync(Tally(3), new Add(1))));

        _journal.Release();
        await Soon(first);
        await Soon(second);
    }

    [Fact]
    public async Task A_drain_completes_what_was_accepted_and_takes_nothing_new()
    {
        var cluster = Start();
        _journal.Hold();
        var accepted = Enumerable.Range(0, 20)
            .Select(i => cluster.AskAsync(Tally(i % 4), new Pass(Tally((i % 4) + 10), 1))).ToArray();
        await _journal.WhenHeld(20).WaitAsync(Patience);

        var drain = cluster.DrainAsync();
        await Assert.ThrowsAsync<GrainOverloadedException>(() => Soon(cluster.AskAsync(Tally(1), new Add(1))));
        Assert.False(drain.IsCompleted);
        _journal.Release();

        Assert.True(await drain.WaitAsync(Patience));
        foreach (var answer in accepted)
        {
            Assert.True(answer.IsCompletedSuccessfully);
            await Soon(answer);
        }

        Assert.Equal(0, cluster.Activations);
        Assert.Equal(40, _journal.Head); // the tells were followed up too
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_drain_amid_asks_ends_and_answers_each_of_them()
    {
        for (var round = 0; round < 200; round++)
        {
            var cluster = Start();
            await Soon(cluster.AskAsync(Tally(round), new Add(1)));
            var asks = Task.Run(async () =>
            {
                while (true)
                {
                    await cluster.AskAsync(Tally(round), new Read());
                }
            });

            Assert.True(await cluster.DrainAsync().WaitAsync(Patience));

            await Assert.ThrowsAsync<GrainOverloadedException>(() => asks.WaitAsync(Patience));
            await cluster.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_drain_saves_the_snapshots_of_long_streams()
    {
        var cluster = Start(options => options with { SnapshotOnUnloadMin = 3 });
        for (var i = 0; i < 5; i++)
        {
            await Soon(cluster.AskAsync(Tally(i < 3 ? 1 : 2), new Add(1)));
        }

        await cluster.DisposeAsync();

        Assert.Equal(3, (await _journal.LoadSnapshotAsync(1))?.Version);
        Assert.Null(await _journal.LoadSnapshotAsync(2));
    }

    [Fact]
    public async Task A_snapshot_of_an_event_that_was_lost_is_never_saved()
    {
        var cluster = Start(options => options with { SnapshotEvery = 2 });
        _journal.Hold();
        var first = cluster.AskAsync(Tally(1), new Add(1));
        var second = cluster.AskAsync(Tally(1), new Add(1));
        await _journal.WhenHeld(2).WaitAsync(Patience);
        _journal.FailNext(Fault.FailedBefore);
        _journal.Release();
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Soon(first));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Soon(second));

        await cluster.DisposeAsync();

        Assert.Null(await _journal.LoadSnapshotAsync(1));
    }

    [Fact]
    public async Task A_drain_that_cannot_end_says_so_at_its_time_out()
    {
        var cluster = Start();
        _journal.Hold();
        var stuck = cluster.AskAsync(Tally(1), new Add(1));
        await _journal.WhenHeld(1).WaitAsync(Patience);

        var drain = cluster.DrainAsync();
        _time.Advance(cluster.Options.DrainTimeout);

        Assert.False(await drain.WaitAsync(Patience));
        Assert.Contains(_witness.Errors, error => error.Contains("1 grains not done", StringComparison.Ordinal));
        _journal.Release();
        await Soon(stuck);
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task An_idle_grain_costs_little_beside_its_own_state()
    {
        const int grains = 20_000;
        await using var cluster = Start();
        var stateBytes = MeasureStates(grains);
        await LoadAsync(cluster, grains);
        var loaded = GC.GetTotalMemory(forceFullCollection: true);
        _time.Advance(Idle * 2);
        await Until(() => cluster.Activations == 0);

        // What the journal keeps in memory is the same before and after.
        var bytes = loaded - GC.GetTotalMemory(forceFullCollection: true) - stateBytes;

        Assert.InRange(bytes / (double)grains, 1, 400);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long MeasureStates(int grains)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var states = Enumerable.Range(0, grains).Select(i => new TallyGrain(Tally(i), _witness)).ToArray();
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(states);
        return bytes;
    }

    private static async Task LoadAsync(EmbeddedCluster cluster, int grains)
    {
        for (var i = 0; i < grains; i++)
        {
            await cluster.AskAsync(Tally(i), new Add(1));
        }
    }

    private static GrainId Tally(int number) =>
        new(GrainKind.Negotiation, new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private static Task<object> Soon(ValueTask<object> answer) => answer.AsTask().WaitAsync(Patience);

    /// <summary>Lets the thread pool run until something holds; fails when it does not for long.</summary>
    private static async Task Until(Func<bool> holds)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!holds())
        {
            Assert.True(Environment.TickCount64 < until, "It did not happen in time.");
            await Task.Yield();
        }
    }

    private EmbeddedCluster Start(Func<EmbeddedClusterOptions, EmbeddedClusterOptions>? change = null)
    {
        var options = Tallies.Options(_witness) with { Time = _time, IdleUnloadAfter = Idle };
        return Tallies.Cluster(_journal, _witness, change is null ? options : change(options));
    }
}
