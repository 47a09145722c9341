using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Testing.Faults;

namespace Market.Grains.Tests.Journaling;

// What a writer may rely on when the storage beneath fails (F1, F3 to F7).
public abstract partial class JournalConformance
{
    [Fact]
    public async Task A_row_that_was_refused_is_not_there_nothing_follows_it_and_its_place_can_be_taken()
    {
        var stream = await OpenFaultyAsync(FaultPlan.AtAppend(2, StorageFault.FailBefore));
        var appends = new[] { stream.Append(), stream.Append(), stream.Append() };

        Assert.Equal(
            [AppendOutcome.Appended, AppendOutcome.Failed, AppendOutcome.Conflict], await OutcomesOfAsync(appends));
        Assert.IsType<StoreOperationException>(appends[1].Error);
        var again = stream.Make(2, 7);
        Journal.Append(again);
        AssertAppended(await again.Outcome);
        Assert.Equal([1L, 2], await VersionsAsync(stream.Stream));
    }

    [Fact]
    public async Task A_row_whose_answer_was_lost_is_there_and_the_next_writer_finds_it()
    {
        var grain = TestStream.NewGrain();
        var stream = await OpenFaultyAsync(FaultPlan.AtAppend(2, StorageFault.UnknownAfter), grain);
        var appends = new[] { stream.Append(), stream.Append() };

        Assert.Equal([AppendOutcome.Appended, AppendOutcome.Unknown], await OutcomesOfAsync(appends));
        Assert.Equal(0, appends[1].Row.Position);
        Assert.Equal(new StreamHead(stream.Stream, 2, 7), await Journal.OpenAsync(grain));
        AssertAppended(await (await TestStream.OpenAsync(Journal, grain, writer: 8)).Append().Outcome);
    }

    [Fact]
    public async Task A_row_that_was_lost_on_its_way_is_unknown_and_nothing_follows_it()
    {
        var stream = await OpenFaultyAsync(FaultPlan.AtAppend(1, StorageFault.UnknownBefore));
        var appends = new[] { stream.Append(), stream.Append() };

        Assert.Equal([AppendOutcome.Unknown, AppendOutcome.Conflict], await OutcomesOfAsync(appends));
        Assert.Empty(await VersionsAsync(stream.Stream));
    }

    [Fact]
    public async Task While_the_storage_stalls_nothing_is_acknowledged_reads_go_on_and_order_is_kept()
    {
        var journal = new FaultJournal(Journal, FaultPlan.AtAppend(2, StorageFault.Stall));
        var stream = await TestStream.OpenAsync(journal);
        var other = await TestStream.OpenAsync(journal);
        var first = stream.Append();
        AssertAppended(await first.Outcome);
        var stalled = new[] { stream.Append(), other.Append(), stream.Append(), stream.Append() };
        await journal.WhenStalled(4);

        Assert.DoesNotContain(stalled, append => append.Outcome.IsCompleted);
        Assert.True(journal.PendingCount >= 4);
        Assert.Equal([1L], await VersionsAsync(stream.Stream));

        journal.Resume();
        Assert.All(await OutcomesOfAsync(stalled), AssertAppended);
        Assert.Equal([2L, 3, 4, 5], stalled.Select(append => append.Row.Position));
    }

    [Fact]
    public async Task Another_writers_row_in_its_place_makes_a_row_and_all_after_it_conflict()
    {
        var grain = TestStream.NewGrain();
        var stream = await OpenFaultyAsync(FaultPlan.AtAppend(2, StorageFault.Conflict), grain);
        var appends = new[] { stream.Append(), stream.Append(), stream.Append() };

        Assert.Equal(
            [AppendOutcome.Appended, AppendOutcome.Conflict, AppendOutcome.Conflict], await OutcomesOfAsync(appends));
        var rows = await Journal.ReadStreamAsync(stream.Stream, 0, 10);
        Assert.Equal([(1L, 7L, 0L), (2, 8, 7)], rows.Select(row => (row.Version, row.Writer, row.PreviousWriter)));
        AssertAppended(await (await TestStream.OpenAsync(Journal, grain, writer: 9)).Append().Outcome);
    }

    [Theory]
    [InlineData(StorageFault.StopBefore, 0)]
    [InlineData(StorageFault.StopAfter, 1)]
    public async Task A_process_that_ends_at_any_append_leaves_what_it_acknowledged_and_at_most_one_row_more(
        StorageFault stop, int unacknowledged)
    {
        const int rows = 6;
        for (var at = 1; at <= rows; at++)
        {
            var grain = TestStream.NewGrain();
            var stream = await OpenFaultyAsync(FaultPlan.AtAppend(at, stop), grain);
            var outcomes = new List<AppendOutcome>();
            for (var i = 0; i < rows; i++)
            {
                outcomes.Add(await stream.Append().Outcome); // one at a time: those before the end were acknowledged
            }

            var acknowledged = outcomes.Count(outcome => outcome == AppendOutcome.Appended);
            Assert.Equal(at - 1, acknowledged);
            Assert.All(outcomes.Skip(acknowledged), outcome => Assert.Equal(AppendOutcome.Unknown, outcome));
            Assert.Equal(
                Enumerable.Range(1, acknowledged + unacknowledged).Select(i => (long)i),
                await VersionsAsync(stream.Stream));
        }
    }

    [Theory]
    [InlineData(StorageFault.LoseAnnouncement)]
    [InlineData(StorageFault.RepeatAnnouncement)]
    public async Task A_projection_is_the_same_though_rows_were_announced_never_or_twice(StorageFault fault)
    {
        var journal = new FaultJournal(Journal, FaultPlan.AtAppend(2, fault));
        var deadlines = new ArmedDeadlines(journal);
        await deadlines.StartAsync();
        for (var second = 1; second <= 3; second++)
        {
            var stream = await TestStream.OpenAsync(journal);
            AssertAppended(await stream.Append(dueAt: new LedgerTime(second)).Outcome);
        }

        await deadlines.DisposeAsync(); // what it is reading from the journal has been read

        Assert.Equal((3, 3L), (deadlines.Count, deadlines.Position));
        Assert.Equal(1, journal.CountOf(fault));
    }

    private static Task<AppendOutcome[]> OutcomesOfAsync(IEnumerable<TestAppend> appends) =>
        Task.WhenAll(appends.Select(append => append.Outcome));

    private async Task<TestStream> OpenFaultyAsync(FaultPlan plan, GrainId? grain = null) =>
        await TestStream.OpenAsync(new FaultJournal(Journal, plan), grain);

    private async Task<IEnumerable<long>> VersionsAsync(long stream) =>
        (await Journal.ReadStreamAsync(stream, 0, int.MaxValue)).Select(row => row.Version);
}
