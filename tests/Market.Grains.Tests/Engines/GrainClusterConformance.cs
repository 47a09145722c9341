using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Engines;

/// <summary>
/// What every cluster keeps, whatever hosts the grains and wherever their rows are. A subclass says how a cluster is
/// started, and which journal it is over.
/// </summary>
public abstract partial class GrainClusterConformance : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<ClusterUnderTest> _clusters = [];

    protected HeldJournal Journal { get; private set; } = null!;

    protected Witness Witness { get; } = new();

    /// <summary>Asks of each asker where many ask at once; fewer where a row takes a flush of a disk.</summary>
    protected virtual int AsksEach => 2_000;

    protected static GrainId Tally(int number) =>
        new(GrainKind.Negotiation, new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    public virtual async Task InitializeAsync() => Journal = new HeldJournal(await OpenJournalAsync());

    public virtual async Task DisposeAsync()
    {
        Journal.Release();
        foreach (var cluster in _clusters)
        {
            await cluster.DisposeAsync();
        }

        await Journal.DisposeAsync();
        Assert.Equal(0, Witness.Overlaps);
    }

    /// <summary>The journal that all clusters of a test share.</summary>
    protected virtual ValueTask<IJournal> OpenJournalAsync() => ValueTask.FromResult<IJournal>(new MemoryJournal());

    /// <summary>
    /// A cluster of the grains that the witness makes, over a journal, with events in the form of
    /// <see cref="Tallying.Codec"/>. <see cref="Tallying.Creates"/> says which messages may create.
    /// </summary>
    protected abstract Task<ClusterUnderTest> StartAsync(HeldJournal journal, Witness witness, EngineLimits limits);

    protected async Task<IGrainCluster> StartClusterAsync(EngineLimits? limits = null) =>
        (await StartUnderTestAsync(limits)).Cluster;

    protected async Task<ClusterUnderTest> StartUnderTestAsync(EngineLimits? limits = null)
    {
        var cluster = await StartAsync(Journal, Witness, limits ?? new EngineLimits());
        _clusters.Add(cluster);
        return cluster;
    }

    /// <summary>Lets others run until something holds; fails when it does not for long.</summary>
    protected static async Task Until(Func<bool> holds)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!holds())
        {
            Assert.True(Environment.TickCount64 < until, "It did not happen in time.");
            await Task.Yield();
        }
    }

    protected static Task<object> Soon(ValueTask<object> answer) => answer.AsTask().WaitAsync(Patience);

    protected static Task Soon(Task task) => task.WaitAsync(Patience);

    protected static async Task<OutcomeUnknownException> IsUnknown(ValueTask<object> answer) =>
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Soon(answer));

    [Fact]
    public async Task A_grain_answers_each_message_from_the_state_that_the_one_before_left()
    {
        var cluster = await StartClusterAsync();

        Assert.Equal(new Total(2), await Soon(cluster.AskAsync(Tally(1), new Add(2))));
        Assert.Equal(new Total(5), await Soon(cluster.AskAsync(Tally(1), new Add(3))));
        Assert.Equal(new Total(5), await Soon(cluster.AskAsync(Tally(1), new Read())));
        Assert.Equal(new Total(7), await Soon(cluster.AskAsync(Tally(2), new Add(7))));
    }

    [Fact]
    public async Task Many_askers_at_once_meet_one_activation_that_decides_one_message_at_a_time()
    {
        const int askers = 8;
        var asksEach = AsksEach;
        var cluster = await StartClusterAsync();

        await Soon(Task.WhenAll(Enumerable.Range(0, askers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < asksEach; i++)
            {
                await cluster.AskAsync(Tally(i % 3), new Add(1));
            }
        }))));

        var totals = 0L;
        for (var i = 0; i < 3; i++)
        {
            totals += ((Total)await Soon(cluster.AskAsync(Tally(i), new Read()))).Amount;
            Assert.Equal(1, Witness.Made(Tally(i)));
        }

        Assert.Equal(askers * asksEach, totals);
        Assert.Equal(0, Witness.Overlaps);
    }

    [Fact]
    public async Task A_reply_a_read_and_a_refusal_leave_only_when_what_they_rest_on_is_durable()
    {
        var cluster = await StartClusterAsync();
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));
        Journal.Hold();

        var reply = cluster.AskAsync(Tally(1), new Add(2));
        var read = cluster.AskAsync(Tally(1), new Read());
        var refusal = cluster.AskAsync(Tally(1), new Refuse());
        var fault = cluster.AskAsync(Tally(1), new Throw());
        var last = cluster.AskAsync(Tally(1), new Read());

        // The last one is being decided: so all before it have been, and were held back or not.
        await Soon(Witness.WhenReceived(Tally(1), 6));
        await Soon(Journal.WhenHeld(1));
        Assert.False(reply.IsCompleted || read.IsCompleted || refusal.IsCompleted || fault.IsCompleted);

        Journal.Release();
        Assert.Equal(new Total(3), await Soon(reply));
        Assert.Equal(new Total(3), await Soon(read));
        Assert.Equal(new Refused(3), await Soon(refusal));
        await Assert.ThrowsAsync<GrainFaultException>(() => Soon(fault));
        Assert.Equal(new Total(3), await Soon(last));
    }

    [Fact]
    public async Task The_next_message_is_decided_while_earlier_events_are_on_their_way()
    {
        var cluster = await StartClusterAsync();
        Journal.Hold();

        var answers = Enumerable.Range(1, 100)
            .Select(i => cluster.AskAsync(Tally(1), new Add(i)).AsTask()).ToArray();
        await Soon(Journal.WhenHeld(100));
        Assert.DoesNotContain(answers, answer => answer.IsCompleted);

        // Messages on their way at once come in some order, not in that of their sending where a network is between.
        Journal.ReleaseOne();
        await Until(() => answers.Any(static answer => answer.IsCompleted));
        _ = Assert.Single(answers, static answer => answer.IsCompleted);
        Journal.Release();
        var totals = await Task.WhenAll(answers).WaitAsync(Patience);
        Assert.Equal(5_050, totals.Max(static total => ((Total)total).Amount));
    }

    [Fact]
    public async Task A_tell_leaves_only_when_its_event_is_durable()
    {
        var cluster = await StartClusterAsync();
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));
        Journal.Hold();

        var pass = cluster.AskAsync(Tally(1), new Pass(Tally(2), 5));
        cluster.Tell(Tally(1), new PassAgain(Tally(2), 5));
        var last = cluster.AskAsync(Tally(1), new Read());
        await Soon(Witness.WhenReceived(Tally(1), 4));
        Assert.Equal(0, Witness.Made(Tally(2)));

        Journal.Release();
        await Soon(pass);
        await Soon(last);
        await Soon(Witness.WhenReceived(Tally(2), 2));
        Assert.Equal(new Total(10), await Soon(cluster.AskAsync(Tally(2), new Read())));
    }

    [Fact]
    public async Task What_a_grain_throws_fails_that_message_and_no_other()
    {
        var cluster = await StartClusterAsync();
        await Soon(cluster.AskAsync(Tally(1), new Add(4)));

        var thrown = await Assert.ThrowsAsync<GrainFaultException>(
            () => Soon(cluster.AskAsync(Tally(1), new Throw())));
        Assert.Contains("Throw", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(new Total(4), await Soon(cluster.AskAsync(Tally(1), new Read())));
        Assert.Equal(1, Witness.Made(Tally(1)));
        Assert.Single(Witness.Errors);
    }

    [Fact]
    public async Task A_message_to_an_unknown_id_gets_a_uniform_answer_and_leaves_no_activation()
    {
        var running = await StartUnderTestAsync();

        Assert.IsType<GrainNotFound>(await Soon(running.Cluster.AskAsync(Tally(1), new Read())));
        Assert.IsType<GrainNotFound>(await Soon(running.Cluster.AskAsync(Tally(2), new Refuse())));
        Assert.IsType<GrainNotFound>(
            await Soon(running.Cluster.AskAsync(new GrainId(GrainKind.BuyerAgent, Guid.NewGuid()), new Add(1))));
        running.Cluster.Tell(Tally(3), new Read());
        await running.Stop();

        Assert.Equal(0, running.Activations());
        Assert.Equal(0, Witness.Received(Tally(1)));
        Assert.Equal(0, Journal.Head);
    }

    [Fact]
    public async Task The_ledger_and_the_directory_need_no_creation()
    {
        var cluster = await StartClusterAsync();

        Assert.Equal(new Total(0), await Soon(cluster.AskAsync(GrainId.Ledger, new Read())));
        Assert.Equal(new Total(0), await Soon(cluster.AskAsync(GrainId.Directory, new Read())));
        Assert.IsType<GrainNotFound>(
            await Soon(cluster.AskAsync(new GrainId(GrainKind.Ledger, Guid.NewGuid()), new Read())));
    }

    [Fact]
    public async Task A_cancelled_ask_ends_at_once_and_the_grain_goes_on()
    {
        var cluster = await StartClusterAsync();
        Journal.Hold();
        using var cancellation = new CancellationTokenSource();

        var add = cluster.AskAsync(Tally(1), new Add(6), cancellation.Token);
        await Soon(Journal.WhenHeld(1));
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(add));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Soon(cluster.AskAsync(Tally(1), new Add(6), cancellation.Token)));
        Journal.Release();
        Assert.Equal(new Total(6), await Soon(cluster.AskAsync(Tally(1), new Read())));
    }

    [Fact]
    public async Task A_restarted_cluster_goes_on_from_the_journal()
    {
        var first = await StartUnderTestAsync();
        await Soon(first.Cluster.AskAsync(Tally(1), new Add(3)));
        await first.Stop();

        Assert.Equal(new Total(8), await Soon((await StartClusterAsync()).AskAsync(Tally(1), new Add(5))));
        Assert.Equal(2, Witness.Made(Tally(1)));
    }
}
