using Market.Grains.Hosting;

namespace Market.Grains.Tests.Engines;

// What holds when appends are lost, and when two activations of one grain write (INV-16, INV-17).
public abstract partial class GrainClusterConformance
{
    [Theory]
    [InlineData(Fault.FailedBefore, 1)]
    [InlineData(Fault.UnknownBefore, 1)]
    [InlineData(Fault.UnknownAfter, 1 + 2 + 4 + 8)]
    public async Task A_lost_append_fails_all_behind_it_and_the_grain_is_loaded_anew(Fault fault, long totalAfter)
    {
        var cluster = await StartClusterAsync();
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));
        Journal.Hold();
        var adds = new[] { 2, 4, 8 }.Select(amount => cluster.AskAsync(Tally(1), new Add(amount))).ToArray();
        var read = cluster.AskAsync(Tally(1), new Read());
        await Soon(Witness.WhenReceived(Tally(1), 5));

        Journal.FailNext(fault);
        Journal.ReleaseOne();
        await IsUnknown(adds[0]);
        Assert.False(adds[1].IsCompleted);
        Assert.Equal(1, Witness.Made(Tally(1)));

        Journal.Release();
        await IsUnknown(adds[1]);
        await IsUnknown(adds[2]);
        await IsUnknown(read);
        Assert.Equal(new Total(totalAfter), await Soon(cluster.AskAsync(Tally(1), new Read())));
        Assert.Equal(2, Witness.Made(Tally(1)));
    }

    [Fact]
    public async Task A_grain_is_not_loaded_again_while_an_append_of_the_old_activation_is_in_flight()
    {
        var cluster = await StartClusterAsync();
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));
        Journal.Hold();
        var lost = cluster.AskAsync(Tally(1), new Add(2));
        var behind = cluster.AskAsync(Tally(1), new Add(4));
        await Soon(Journal.WhenHeld(2));
        Journal.FailNext(Fault.FailedBefore);
        Journal.ReleaseOne();
        await IsUnknown(lost);

        // Another grain's answer comes through: this cluster had its time, and still did not load the first grain.
        var early = cluster.AskAsync(Tally(1), new Read());
        for (var i = 0; i < 100; i++)
        {
            Assert.IsType<GrainNotFound>(await Soon(cluster.AskAsync(Tally(2), new Read())));
        }

        Assert.Equal(1, Witness.Made(Tally(1)));
        Assert.False(behind.IsCompleted || early.IsCompleted);
        Journal.Release();
        await IsUnknown(behind);

        // Who asks after the failure was known is served by the next activation, without what was lost.
        Assert.Equal(new Total(1), await Soon(early));
        Assert.Equal(2, Witness.Made(Tally(1)));
    }

    [Fact]
    public async Task A_tell_that_rests_on_a_lost_event_never_leaves()
    {
        var cluster = await StartClusterAsync();
        await Soon(cluster.AskAsync(Tally(2), new Add(1)));
        Journal.FailNext(Fault.FailedBefore);

        await IsUnknown(cluster.AskAsync(Tally(1), new Pass(Tally(2), 5)));

        Assert.Equal(new Total(1), await Soon(cluster.AskAsync(Tally(2), new Read())));
    }

    [Fact]
    public async Task A_journal_that_throws_leaves_the_outcome_unknown()
    {
        var cluster = await StartClusterAsync();
        Journal.FailNext(Fault.Throws);

        await IsUnknown(cluster.AskAsync(Tally(1), new Add(5)));

        Assert.Equal(new Total(3), await Soon(cluster.AskAsync(Tally(1), new Add(3))));
    }

    [Fact]
    public async Task An_event_that_does_not_apply_is_never_stored_and_poisons()
    {
        var cluster = await StartClusterAsync();
        await Soon(cluster.AskAsync(Tally(1), new Add(1)));

        await Assert.ThrowsAsync<GrainFaultException>(
            () => Soon(cluster.AskAsync(Tally(1), new Add(Added.Unappliable))));

        Assert.Equal(1, Journal.Head);
        Assert.Equal(new Total(3), await Soon(cluster.AskAsync(Tally(1), new Add(2))));
        Assert.Equal(2, Witness.Made(Tally(1)));
    }

    [Fact]
    public async Task Of_two_clusters_over_one_journal_the_loser_never_acknowledges()
    {
        var winner = await StartClusterAsync();
        var zombie = await StartClusterAsync();
        await Soon(winner.AskAsync(Tally(1), new Add(1)));
        Assert.Equal(new Total(1), await Soon(zombie.AskAsync(Tally(1), new Read())));
        Journal.Hold();
        var won = winner.AskAsync(Tally(1), new Add(2));
        await Soon(Journal.WhenHeld(1));
        var lost = new[] { 4, 8, 16 }.Select(amount => zombie.AskAsync(Tally(1), new Add(amount))).ToArray();
        await Soon(Journal.WhenHeld(4));

        Journal.Release();

        Assert.Equal(new Total(3), await Soon(won));
        foreach (var answer in lost)
        {
            await IsUnknown(answer);
        }

        Assert.Equal(new Total(3), await Soon(zombie.AskAsync(Tally(1), new Read())));
        Assert.Equal(2, Journal.Head);
    }

    [Fact]
    public async Task Two_clusters_that_fight_for_a_grain_store_exactly_what_they_acknowledged()
    {
        var asksEach = AsksEach / 4;
        var clusters = new[] { await StartClusterAsync(), await StartClusterAsync() };
        var acknowledged = new long[clusters.Length];
        var conflicts = new int[clusters.Length];

        await Soon(Task.WhenAll(clusters.Select((cluster, index) => Task.Run(async () =>
        {
            for (var i = 1; i <= asksEach; i++)
            {
                try
                {
                    await cluster.AskAsync(Tally(1), new Add(i));
                    acknowledged[index] += i;
                }
                catch (OutcomeUnknownException)
                {
                    conflicts[index]++; // this journal only says conflict, so it was certainly not stored
                }
            }
        }))));

        // A third cluster reads what is stored.
        var third = await StartClusterAsync();
        Assert.Equal(new Total(acknowledged.Sum()), await Soon(third.AskAsync(Tally(1), new Read())));
    }
}
