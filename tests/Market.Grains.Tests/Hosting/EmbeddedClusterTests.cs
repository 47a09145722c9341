using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Tests.Engines;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Hosting;

/// <summary>What the embedded cluster adds: bounds, unloading, draining.</summary>
public sealed class EmbeddedClusterTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HeldJournal _journal = new(new MemoryJournal());
    private readonly Witness _witness = new();
    private readonly ManualClock _time = new();

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task A_mailbox_takes_what_its_limit_allows_and_refuses_the_next_with_a_time_to_come_back()
    {
        await using var cluster = Start(options => options with { MailboxMax = 3 });
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));
        using var mayLeave = new ManualResetEventSlim();
        var meet = new Meet(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), mayLeave);

        // The grain waits in its turn, which runs on the asker's thread.
        var busy = Task.Run(() => cluster.AskAsync(Tally(1), meet).AsTask());
        await meet.Entered.Task.WaitAsync(Patience);

        // The one that is being decided still has its place until the turn ends.
        var accepted = Enumerable.Range(0, 2).Select(_ => cluster.AskAsync(Tally(1), new Add(1))).ToArray();
        var refused = await Assert.ThrowsAsync<GrainOverloadedException>(
            () => Soon(cluster.AskAsync(Tally(1), new Add(1))));
        cluster.Tell(Tally(1), new Add(1));
        mayLeave.Set();

        Assert.Equal(cluster.Options.RetryAfter, refused.RetryAfter);
        Assert.Equal(1, cluster.Metrics.Overloads);
        Assert.Equal(1, cluster.Metrics.TellsDropped);
        await busy.WaitAsync(Patience);
        await Soon(accepted[0]);
        Assert.Equal(new Total(3), await Soon(accepted[1]));
        Assert.Equal(new Total(4), await Soon(cluster.AskAsync(Tally(1), new Add(1))));
    }

    [Fact]
    public async Task A_full_journal_lets_nothing_new_in()
    {
        await using var cluster = Start(options => options with { JournalPendingMax = 0 });

        await Assert.ThrowsAsync<GrainOverloadedException>(() => Soon(cluster.AskAsync(Tally(1), new Add(1))));
        Assert.Equal(0, cluster.Activations);
    }

    [Fact]
    public async Task A_grain_takes_no_more_while_too_many_of_its_events_are_in_flight()
    {
        await using var cluster = Start(options => options with { InFlightMax = 4 });
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));
        _journal.Hold();
        var answers = Enumerable.Range(0, 10).Select(_ => cluster.AskAsync(Tally(1), new Add(1))).ToArray();
        await _journal.WhenHeld(4).WaitAsync(Patience);

        // It goes on when half of them are durable, and stops at four again.
        _journal.ReleaseOne();
        _journal.ReleaseOne();
        await _journal.WhenHeld(4).WaitAsync(Patience);
        Assert.False(answers[2].IsCompleted);
        _journal.Release();
        foreach (var answer in answers)
        {
            await Soon(answer);
        }

        Assert.Equal(4, _journal.HeldMax);
        Assert.Equal(new Total(11), await Soon(cluster.AskAsync(Tally(1), new Read())));
    }

    [Fact]
    public async Task What_is_queued_behind_a_lost_append_and_not_yet_decided_fails_too()
    {
        await using var cluster = Start(options => options with { InFlightMax = 2 });
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));
        _journal.Hold();
        var answers = Enumerable.Range(0, 6).Select(_ => cluster.AskAsync(Tally(1), new Add(1))).ToArray();
        await _journal.WhenHeld(2).WaitAsync(Patience);

        _journal.FailNext(Fault.FailedBefore);
        _journal.Release();

        foreach (var answer in answers)
        {
            await Assert.ThrowsAsync<OutcomeUnknownException>(() => Soon(answer));
        }

        Assert.Equal(3, _witness.Received(Tally(1)));
        Assert.Equal(1, cluster.Metrics.Poisoned);
        Assert.Equal(new Total(1), await Soon(cluster.AskAsync(Tally(1), new Read())));
    }

    [Fact]
    public async Task A_slow_load_keeps_messages_in_order_and_loads_once()
    {
        await using var cluster = Start();
        var opens = _journal.HoldOpens();
        var answers = Enumerable.Range(1, 50).Select(i => cluster.AskAsync(Tally(1), new Add(i))).ToArray();

        opens.SetResult();

        var expected = 0L;
        for (var i = 1; i <= 50; i++)
        {
            Assert.Equal(new Total(expected += i), await Soon(answers[i - 1]));
        }

        Assert.Equal(1, _journal.Opens);
    }

    [Fact]
    public async Task A_load_that_fails_fails_what_waits_and_the_next_message_tries_again()
    {
        await using var cluster = Start();
        var opens = _journal.HoldOpens();
        var waits = cluster.AskAsync(Tally(1), new Add(1));
        opens.SetException(new IOException("The disk is gone."));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Soon(waits));

        _journal.HoldOpens().SetResult();
        Assert.Equal(new Total(2), await Soon(cluster.AskAsync(Tally(1), new Add(2))));
    }

    [Fact]
    public async Task An_ask_that_was_cancelled_before_its_turn_is_not_done()
    {
        await using var cluster = Start();
        var opens = _journal.HoldOpens();
        using var cancellation = new CancellationTokenSource();
        var cancelled = cluster.AskAsync(Tally(1), new Add(5), cancellation.Token);
        var kept = cluster.AskAsync(Tally(1), new Add(2));
        await cancellation.CancelAsync();
        opens.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(cancelled));
        Assert.Equal(new Total(2), await Soon(kept));
    }

    [Fact]
    public async Task Subscribing_goes_to_the_feed()
    {
        await using var cluster = new EmbeddedCluster(
            _journal,
            Tallying.Codec,
            _witness.Make,
            static (agent, after, _) => new[] { Row(agent.Value, after) }.ToAsyncEnumerable());

        await foreach (var row in cluster.SubscribeAsync(new Domain.AgentNumber(7), 42, CancellationToken.None))
        {
            Assert.Equal((7, 42), (row.Stream, row.Position));
        }

        static JournalRow Row(long stream, long position) =>
            new(position, stream, 1, 1, 0, null, default, default, default);
    }

    private static GrainId Tally(int number) =>
        new(GrainKind.Negotiation, new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private EmbeddedCluster Start(Func<EmbeddedClusterOptions, EmbeddedClusterOptions>? change = null)
    {
        var options = Tallies.Options(_witness) with { Time = _time };
        return Tallies.Cluster(_journal, _witness, change is null ? options : change(options));
    }

    private static Task<object> Soon(ValueTask<object> answer) => answer.AsTask().WaitAsync(Patience);
}
