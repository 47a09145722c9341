using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>Storage errors on their way to the callers (F3, F7, F10).</summary>
public sealed class GroupCommitTests : IDisposable
{
    private readonly ScriptedWriter _writer = new();

    public void Dispose() => _writer.Dispose();

    [Fact]
    public async Task A_group_that_failed_fails_every_row_of_it_and_the_next_group_goes_on()
    {
        await using var commits = new GroupCommit(_writer, head: 0, batchRowsMax: 10);
        var full = new StoreOperationException("Writing", "disk is full", 13);

        var failed = await RunGroupAsync(commits, AppendOutcome.Failed, full, rows: 3);
        var appended = await RunGroupAsync(commits, AppendOutcome.Appended, null, rows: 2);

        Assert.All(failed, append => Assert.Same(full, append.Error));
        Assert.All(failed, append => Assert.Equal(0, append.Row.Position));
        Assert.Equal([1L, 2], appended.Select(append => append.Row.Position));
        Assert.Equal(2, commits.Head);
    }

    [Fact]
    public async Task An_unknown_outcome_gives_no_position_and_moves_no_head()
    {
        await using var commits = new GroupCommit(_writer, head: 0, batchRowsMax: 10);

        var unknown = await RunGroupAsync(
            commits, AppendOutcome.Unknown, new StoreOperationException("COMMIT", "disk I/O error", 1034), rows: 2);

        Assert.All(unknown, append => Assert.Equal(0, append.Row.Position));
        Assert.Equal(0, commits.Head);
    }

    [Fact]
    public async Task What_queues_up_while_a_group_is_written_becomes_the_next_group()
    {
        await using var commits = new GroupCommit(_writer, head: 0, batchRowsMax: 10);
        var first = Queue(commits, 1);
        _writer.WaitUntilWriting();
        var rest = Queue(commits, 25);
        for (var i = 0; i < 4; i++)
        {
            _writer.Finish(AppendOutcome.Appended, null);
        }

        await Task.WhenAll(first.Concat(rest).Select(append => append.Outcome));
        Assert.Equal([1, 10, 10, 5], _writer.Groups);
        Assert.Equal(Enumerable.Range(2, 25).Select(i => (long)i), rest.Select(append => append.Row.Position));
    }

    [Fact]
    public async Task Work_that_throws_gives_its_caller_the_error_and_stops_nothing()
    {
        await using var commits = new GroupCommit(_writer, head: 0, batchRowsMax: 10);
        await Assert.ThrowsAsync<NotSupportedException>(
            () => commits.RunAsync(() => throw new NotSupportedException()));
        await RunGroupAsync(commits, AppendOutcome.Appended, null, rows: 1);
    }

    [Fact]
    public async Task Rows_of_others_that_cannot_be_read_make_what_follows_unknown_and_are_told_of_later()
    {
        var others = new ScriptedOthers { Error = new StoreOperationException("Reading", "away", "") };
        await using var commits = new GroupCommit(_writer, head: 0, batchRowsMax: 10, others);
        var observer = new OrderObserver();
        commits.Observe(observer);
        _writer.OthersWrote(upTo: 3);

        var lost = Queue(commits, 1);
        _writer.Finish(AppendOutcome.Appended, null);
        Assert.Equal(AppendOutcome.Unknown, await lost[0].Outcome);
        Assert.Same(others.Error, lost[0].Error);
        Assert.Empty(observer.Rows);

        others.Error = null;
        commits.Notice(4); // as whoever asks for the head does again and again
        await observer.WhenSeen(4);
        var next = Queue(commits, 1);
        _writer.Finish(AppendOutcome.Appended, null);
        Assert.Equal(AppendOutcome.Appended, await next[0].Outcome);
        Assert.Equal([1L, 2, 3, 4, 5], observer.Rows.Select(row => row.Position));
    }

    [Fact]
    public async Task A_row_of_ours_that_was_noticed_before_its_writer_heard_of_it_is_told_of_once()
    {
        await using var commits = new GroupCommit(_writer, head: 0, batchRowsMax: 10, new ScriptedOthers());
        var observer = new OrderObserver();
        commits.Observe(observer);

        var own = Queue(commits, 1);
        _writer.WaitUntilWriting();
        commits.Notice(1); // it is committed, and the answer is still on its way
        await observer.WhenSeen(1);
        _writer.Finish(AppendOutcome.Appended, null);

        Assert.Equal(AppendOutcome.Appended, await own[0].Outcome);
        Assert.Equal(1, own[0].Row.Position);
        Assert.Equal([1L], observer.Rows.Select(row => row.Position));
    }

    private static List<TestAppend> Queue(GroupCommit commits, int rows)
    {
        var appends = Enumerable.Range(1, rows).Select(version => new TestAppend(
            TestStream.NewGrain(), new JournalRow(0, 1, version, 7, 7, null, default, default, default))).ToList();
        appends.ForEach(commits.Append);
        return appends;
    }

    private async Task<List<TestAppend>> RunGroupAsync(
        GroupCommit commits, AppendOutcome outcome, Exception? error, int rows)
    {
        // The first row alone is the first group; the others wait behind it and are the second.
        var appends = Queue(commits, 1);
        _writer.WaitUntilWriting();
        appends.AddRange(Queue(commits, rows - 1));
        for (var groups = rows == 1 ? 1 : 2; groups > 0; groups--)
        {
            _writer.Finish(outcome, error);
        }

        Assert.All(
            await Task.WhenAll(appends.Select(append => append.Outcome)), actual => Assert.Equal(outcome, actual));
        return appends;
    }

    /// <summary>What others wrote, or the error with which it is not read.</summary>
    private sealed class ScriptedOthers : IForeignRows
    {
        public StoreException? Error { get; set; }

        public PendingAppend[] Read(long afterPosition, long upToPosition) => Error is { } error
            ? throw error
            : Enumerable.Range(1, (int)(upToPosition - afterPosition)).Select(i => new TestAppend(
                TestStream.NewGrain(),
                new JournalRow(afterPosition + i, 2, afterPosition + i, 9, 9, null, default, default, default)))
                .ToArray<PendingAppend>();
    }

    /// <summary>A storage that does what the test says, when it says so.</summary>
    private sealed class ScriptedWriter : IBatchWriter
    {
        private readonly SemaphoreSlim _writing = new(0);
        private readonly System.Collections.Concurrent.BlockingCollection<(AppendOutcome, Exception?)> _script = [];
        private long _head;

        /// <summary>Others have written rows up to this position.</summary>
        public void OthersWrote(long upTo) => _head = upTo;

        public List<int> Groups { get; } = [];

        public void WaitUntilWriting() => Assert.True(_writing.Wait(TimeSpan.FromSeconds(30)));

        public void Finish(AppendOutcome outcome, Exception? error) => _script.Add((outcome, error));

        public BatchResult Write(ReadOnlySpan<PendingAppend> batch, Span<AppendOutcome> outcomes)
        {
            Groups.Add(batch.Length);
            _writing.Release();
            var (outcome, error) = _script.Take();
            outcomes.Fill(outcome);
            var first = _head + 1;
            _head += outcome == AppendOutcome.Appended ? batch.Length : 0;
            return new BatchResult(first, error);
        }

        public void Maintain()
        {
        }

        public void Dispose()
        {
            _writing.Dispose();
            _script.Dispose();
        }
    }
}
