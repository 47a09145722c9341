using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Tests.Engines;

namespace Market.Grains.Tests.Hosting;

public sealed class JournalReachedTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task It_waits_until_the_row_at_the_position_has_been_taken()
    {
        await using var journal = new MemoryJournal();
        var reached = new JournalReached(journal);
        Assert.True(await reached.WaitAsync(0, Long));
        var second = reached.WaitAsync(2, Long).AsTask();
        var first = reached.WaitAsync(1, Long).AsTask();

        await using var cluster = Tallies.Cluster(journal, new Witness());
        await cluster.AskAsync(GrainId.Ledger, new Add(1));
        Assert.True(await first);
        Assert.False(second.IsCompleted);

        await cluster.AskAsync(GrainId.Ledger, new Add(1));
        Assert.True(await second);
        Assert.True(await reached.WaitAsync(2, Long));
    }

    [Fact]
    public async Task It_gives_up_after_the_time_and_when_it_is_cancelled()
    {
        await using var journal = new MemoryJournal();
        var reached = new JournalReached(journal);
        Assert.False(await reached.WaitAsync(1, TimeSpan.Zero));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => reached.WaitAsync(1, Long, new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task It_begins_where_the_journal_is()
    {
        await using var journal = new MemoryJournal();
        await using (var cluster = Tallies.Cluster(journal, new Witness()))
        {
            await cluster.AskAsync(GrainId.Ledger, new Add(1));
        }

        Assert.True(await new JournalReached(journal).WaitAsync(1, TimeSpan.Zero));
    }
}
