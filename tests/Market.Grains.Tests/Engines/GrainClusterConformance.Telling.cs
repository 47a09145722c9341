using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Engines;

// Tells between grains, subscriptions, and limits.
public abstract partial class GrainClusterConformance
{
    private static readonly AgentNumber Seer = new(7);
    private static readonly GrainId Debtor = GrainId.OfSeller(Seer);

    [Fact]
    public async Task Of_many_who_expect_the_same_state_exactly_one_is_served()
    {
        var cluster = await StartClusterAsync();
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(_ => Task.Run(() => cluster.AskAsync(Tally(1), new AddIf(1, 1)).AsTask()))).WaitAsync(Patience);

        Assert.Single(answers, new Total(2));
        Assert.Equal(49, answers.Count(static answer => answer is Refused { Amount: 2 }));
        Assert.Equal(2, Journal.Head);
    }

    [Fact]
    public async Task Grains_that_tell_each_other_do_not_wait_for_each_other()
    {
        const int each = 100;
        var cluster = await StartClusterAsync();

        await Soon(Task.WhenAll(Enumerable.Range(0, each).SelectMany(_ => new[]
        {
            cluster.AskAsync(Tally(1), new Pass(Tally(2), 1)).AsTask(),
            cluster.AskAsync(Tally(2), new Pass(Tally(1), 1)).AsTask(),
        })));

        await Soon(Witness.WhenReceived(Tally(1), 2 * each));
        await Soon(Witness.WhenReceived(Tally(2), 2 * each));
        Assert.Equal(new Total(2 * each), await Soon(cluster.AskAsync(Tally(1), new Read())));
        Assert.Equal(new Total(2 * each), await Soon(cluster.AskAsync(Tally(2), new Read())));
    }

    [Fact]
    public async Task A_tell_is_repeated_until_it_is_answered_and_has_one_effect()
    {
        var cluster = await StartClusterAsync();
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));
        Journal.Hold();
        var owe = cluster.AskAsync(Debtor, new Owe(Tally(1), 5, Seer));
        await Soon(Journal.WhenHeld(1));
        Journal.ReleaseOne();
        await Soon(owe);

        // The first word is lost before it is stored. From then on the sweeper has it repeated.
        await Soon(Journal.WhenHeld(1));
        Journal.FailNext(Fault.FailedBefore);
        Journal.ReleaseOne();
        await using var sweeper = new DeadlineSweeper(
            Journal, cluster, TimeProvider.System, error => Witness.OnError("A sweep failed.", error),
            TimeSpan.FromMilliseconds(10));
        await sweeper.StartAsync();

        // The second is stored, and its answer lost. The third finds what it asks for, and only answers.
        await Soon(Journal.WhenHeld(1));
        Journal.FailNext(Fault.UnknownAfter);
        Journal.ReleaseOne();
        await Soon(Journal.WhenHeld(1));
        Assert.Equal(GrainKind.SellerAgent, Journal.OldestHeld.Kind);
        Journal.Release();

        await Soon(Witness.WhenApplied(Debtor, 2));
        Assert.Equal(new Total(0), await Soon(cluster.AskAsync(Debtor, new Read())));
        Assert.Equal(new Total(5), await Soon(cluster.AskAsync(Tally(1), new Read())));
        Assert.Equal(4, Journal.Head);
    }

    [Fact]
    public async Task A_subscriber_resumes_after_the_position_that_it_saw_last()
    {
        var cluster = await StartClusterAsync();
        await OweAsync(cluster, 1);
        await OweAsync(cluster, 2);
        await using var first = Subscribe(cluster, 0);
        var seen = (await NextAsync(first), await NextAsync(first));
        await OweAsync(cluster, 3);

        await using var second = Subscribe(cluster, seen.Item2.Position);

        Assert.Equal((1, 2), (AmountOf(seen.Item1), AmountOf(seen.Item2)));
        Assert.Equal(3, AmountOf(await NextAsync(second)));
        await OweAsync(cluster, 4);
        Assert.Equal(4, AmountOf(await NextAsync(second)));
        Assert.Equal(3, AmountOf(await NextAsync(first)));
    }

    [Fact]
    public async Task A_subscriber_of_one_cluster_sees_what_another_stored()
    {
        var one = await StartClusterAsync();
        var other = await StartClusterAsync();
        await using var subscription = Subscribe(other, 0);
        await OweAsync(one, 1);
        Assert.Equal(1, AmountOf(await NextAsync(subscription)));

        await OweAsync(one, 2);

        Assert.Equal(2, AmountOf(await NextAsync(subscription)));
    }

    [Fact]
    public async Task A_grain_that_is_full_refuses_and_what_it_accepted_completes()
    {
        var limits = new EngineLimits(MailboxMax: 8, InFlightMax: 4);
        var cluster = await StartClusterAsync(limits);
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));
        Journal.Hold();

        var asks = Enumerable.Range(0, 100).Select(_ => cluster.AskAsync(Tally(1), new Add(1)).AsTask()).ToList();
        await Soon(Journal.WhenHeld(limits.InFlightMax));
        await Until(() => asks.Any(static ask => ask.IsFaulted));
        Journal.Release();
        var refused = 0;
        foreach (var ask in asks)
        {
            try
            {
                await Soon(ask);
            }
            catch (GrainOverloadedException overloaded)
            {
                Assert.True(overloaded.RetryAfter > TimeSpan.Zero);
                refused++;
            }
        }

        // Some room comes free while the others arrive, in an engine whose messages take their time.
        Assert.InRange(refused, 1, 100 - limits.MailboxMax);
        Assert.Equal(new Total(1 + 100 - refused), await Soon(cluster.AskAsync(Tally(1), new Read())));
    }

    [Fact]
    public async Task A_grain_that_has_ended_is_unloaded_and_loaded_again_for_who_comes_late()
    {
        var running = await StartUnderTestAsync();
        await Soon(running.Cluster.AskAsync(Tally(1), new Add(TallyGrain.EndsAt)));
        await Until(() => running.Activations() == 0);

        Assert.Equal(new Total(TallyGrain.EndsAt), await Soon(running.Cluster.AskAsync(Tally(1), new Read())));
        Assert.Equal(2, Witness.Made(Tally(1)));
    }

    private static async Task OweAsync(IGrainCluster cluster, long amount) =>
        await Soon(cluster.AskAsync(Debtor, new Owe(Tally(9), amount, Seer)));

    private static IAsyncEnumerator<JournalRow> Subscribe(IGrainCluster cluster, long after) =>
        cluster.SubscribeAsync(Seer, after, CancellationToken.None).GetAsyncEnumerator();

    private static async Task<JournalRow> NextAsync(IAsyncEnumerator<JournalRow> rows)
    {
        Assert.True(await rows.MoveNextAsync().AsTask().WaitAsync(Patience));
        return rows.Current;
    }

    private static long AmountOf(JournalRow row) => ((Owed)Tallying.Codec.Decode(row.Body.Span)).Amount;
}
