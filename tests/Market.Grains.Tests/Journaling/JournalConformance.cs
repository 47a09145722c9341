using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>What every journal must do, whatever it stores in (INV-16, INV-17).</summary>
public abstract partial class JournalConformance : IAsyncLifetime
{
    protected IJournal Journal { get; private set; } = null!;

    public async Task InitializeAsync() => Journal = await OpenJournalAsync();

    public async Task DisposeAsync() => await Journal.DisposeAsync();

    [Fact]
    public async Task An_unknown_stream_opens_at_version_0_with_a_number_of_its_own()
    {
        var first = await Journal.OpenAsync(TestStream.NewGrain());
        var second = await Journal.OpenAsync(TestStream.NewGrain());

        Assert.Equal((0, 0), (first.Version, first.Writer));
        Assert.True(second.Number > first.Number);
        Assert.Null(await Journal.FindStreamAsync(first.Number));
    }

    [Fact]
    public async Task A_known_stream_opens_at_its_last_row()
    {
        var grain = TestStream.NewGrain();
        var stream = await TestStream.OpenAsync(Journal, grain, writer: 41);
        stream.Append();
        await stream.Append().Outcome;

        Assert.Equal(new StreamHead(stream.Stream, 2, 41), await Journal.OpenAsync(grain));
        Assert.Equal(grain, await Journal.FindStreamAsync(stream.Stream));
    }

    [Fact]
    public async Task Streams_that_are_opened_at_once_are_each_found_as_they_are()
    {
        const int Many = 1_300; // more than any journal asks its storage for at once
        var known = new Dictionary<GrainId, StreamHead>();
        for (var i = 0; i < 20; i++)
        {
            var grain = TestStream.NewGrain();
            var stream = await TestStream.OpenAsync(Journal, grain, writer: 41 + i);
            await stream.Append().Outcome;
            known.Add(grain, new StreamHead(stream.Stream, 1, 41 + i));
        }

        var asked = Enumerable.Range(0, Many)
            .Select(i => i % 3 == 0 ? known.Keys.ElementAt(i % known.Count) : TestStream.NewGrain())
            .ToList();
        using var givingUp = new CancellationTokenSource();
        var opened = asked.ConvertAll(grain => Journal.OpenAsync(grain).AsTask());
        var givenUp = Journal.OpenAsync(asked[0], givingUp.Token).AsTask();
        await givingUp.CancelAsync();
        await Task.WhenAny(givenUp);
        Assert.True(givenUp.IsCanceled || known.ContainsValue(await givenUp));

        var fresh = new HashSet<long>();
        foreach (var (grain, head) in asked.Zip(await Task.WhenAll(opened)))
        {
            Assert.True(known.TryGetValue(grain, out var last) ? last == head : head.Version == 0);
            Assert.True(known.ContainsKey(grain) || fresh.Add(head.Number));
        }
    }

    [Fact]
    public async Task Every_column_of_a_row_comes_back()
    {
        var stream = await TestStream.OpenAsync(Journal, writer: long.MaxValue);
        var audience = new Audience(new AgentNumber(3), new AgentNumber(int.MaxValue));
        var full = stream.Append(audience, new LedgerTime(638_000_000_000_000_001));
        var bare = stream.Append();
        await bare.Outcome;

        var rows = await Journal.ReadStreamAsync(stream.Stream, 0, 10);

        AssertSame(full.Row, rows[0]);
        AssertSame(bare.Row, rows[1]);
        Assert.Equal((1L, 2L), (rows[0].Position, rows[1].Position));
        Assert.Null(rows[1].DueAt);
    }

    [Fact]
    public async Task Positions_follow_commit_order_without_gaps_and_reads_follow_positions()
    {
        var streams = new List<TestStream>();
        for (var i = 0; i < 7; i++)
        {
            streams.Add(await TestStream.OpenAsync(Journal));
        }

        var appends = Enumerable.Range(0, 700).Select(i => streams[i % 7].Append()).ToList();
        Assert.All(await Task.WhenAll(appends.Select(append => append.Outcome)), AssertAppended);

        var rows = await Journal.ReadForwardAsync(0, 1_000);
        Assert.Equal(Enumerable.Range(1, 700).Select(i => (long)i), rows.Select(row => row.Position));
        Assert.Equal(700, Journal.Head);
        Assert.Equal(appends.Select(append => append.Row.Hash), rows.Select(row => row.Hash));
        Assert.Equal([101L, 102, 103], (await Journal.ReadForwardAsync(100, 3)).Select(row => row.Position));
        Assert.Equal([51L, 52], (await Journal.ReadStreamAsync(streams[0].Stream, 50, 2)).Select(row => row.Version));
        Assert.Empty(await Journal.ReadForwardAsync(700, 10));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 7)]
    [InlineData(4, 7)]
    [InlineData(3, 8)]
    [InlineData(3, 0)]
    public async Task A_row_whose_predecessor_is_not_the_head_conflicts(long version, long previousWriter)
    {
        var stream = await TestStream.OpenAsync(Journal, writer: 7);
        stream.Append();
        await stream.Append().Outcome;

        var wrong = stream.Make(version, previousWriter);
        Journal.Append(wrong);

        Assert.Equal(AppendOutcome.Conflict, await wrong.Outcome);
        Assert.Equal(0, wrong.Row.Position);
        Assert.Equal(2, Journal.Head);
    }

    [Fact]
    public async Task A_writer_that_lost_a_row_can_append_nothing_after_it()
    {
        var grain = TestStream.NewGrain();
        await (await TestStream.OpenAsync(Journal, grain, writer: 1)).Append().Outcome;
        var zombie = await TestStream.OpenAsync(Journal, grain, writer: 1);
        var successor = await TestStream.OpenAsync(Journal, grain, writer: 2);

        successor.Append();
        var lost = zombie.Append();
        var after = zombie.Append();
        var later = successor.Append();

        Assert.Equal(AppendOutcome.Conflict, await lost.Outcome);
        Assert.Equal(AppendOutcome.Conflict, await after.Outcome);
        Assert.Equal(AppendOutcome.Appended, await later.Outcome);
    }

    [Fact]
    public async Task Of_two_first_rows_of_one_grain_one_conflicts()
    {
        var grain = TestStream.NewGrain();
        var one = await TestStream.OpenAsync(Journal, grain, writer: 1);
        var other = await TestStream.OpenAsync(Journal, grain, writer: 2);

        var (first, second) = (one.Append(), other.Append());

        Assert.Equal(AppendOutcome.Appended, await first.Outcome);
        Assert.Equal(AppendOutcome.Conflict, await second.Outcome);
        Assert.Equal(1, (await Journal.OpenAsync(grain)).Writer);
    }

    [Fact]
    public async Task A_conflict_neither_fails_nor_lets_through_another_row_of_its_group()
    {
        var sound = await TestStream.OpenAsync(Journal);
        var broken = await TestStream.OpenAsync(Journal);
        var sounds = new List<TestAppend>();
        var brokens = new List<TestAppend>();
        for (var i = 0; i < 100; i++)
        {
            sounds.Add(sound.Append());
            var conflicting = broken.Make(i + 2, 7);
            Journal.Append(conflicting);
            brokens.Add(conflicting);
        }

        Assert.All(await Task.WhenAll(sounds.Select(append => append.Outcome)), AssertAppended);
        Assert.All(
            await Task.WhenAll(brokens.Select(append => append.Outcome)),
            outcome => Assert.Equal(AppendOutcome.Conflict, outcome));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), sounds.Select(append => append.Row.Position));
    }

    [Fact]
    public async Task Observers_see_each_row_once_in_order_and_before_its_writer_hears_of_it()
    {
        var observer = new RecordingObserver();
        Journal.Observe(observer);
        var stream = await TestStream.OpenAsync(Journal);
        var heard = new List<(long Position, long Observed)>();

        var appends = Enumerable.Range(0, 500)
            .Select(_ => stream.Append(onCompleted: done => heard.Add((done.Row.Position, observer.Last))))
            .ToList();
        await Task.WhenAll(appends.Select(append => append.Outcome));
        await Journal.DisposeAsync(); // the last one's callback has returned

        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), observer.Positions);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), heard.Select(pair => pair.Position));
        Assert.All(heard, pair => Assert.True(pair.Observed >= pair.Position));
    }

    [Fact]
    public async Task Whoever_hears_of_a_row_can_append_and_read_it_at_once()
    {
        var stream = await TestStream.OpenAsync(Journal);
        var done = new TaskCompletionSource<TestAppend>();
        stream.Append(onCompleted: _ => stream.Append(onCompleted: done.SetResult));

        var second = await done.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(2, second.Row.Version);
        Assert.Equal(2, (await Journal.ReadStreamAsync(stream.Stream, 0, 10)).Count);
        Assert.True(Journal.Head >= second.Row.Position);
    }

    [Fact]
    public async Task After_the_end_an_append_fails_and_nothing_is_pending()
    {
        var stream = await TestStream.OpenAsync(Journal);
        var before = stream.Append();
        await Journal.DisposeAsync();

        Assert.Equal(AppendOutcome.Appended, await before.Outcome);
        var late = stream.Append();
        Assert.Equal(AppendOutcome.Failed, await late.Outcome);
        Assert.IsType<ObjectDisposedException>(late.Error);
        Assert.Equal(0, Journal.PendingCount);
    }

    [Fact]
    public async Task The_newest_snapshot_of_a_stream_is_loaded_unless_its_hash_is_wrong()
    {
        Assert.Null(await Journal.LoadSnapshotAsync(5));
        await Journal.SaveSnapshotAsync(SnapshotOf(20, "new"u8));
        await Journal.SaveSnapshotAsync(SnapshotOf(10, "old"u8));

        var loaded = await Journal.LoadSnapshotAsync(5);
        Assert.Equal((20L, 3), (loaded!.Version, loaded.Format));
        Assert.Equal("new"u8, loaded.State.Span);

        await Journal.SaveSnapshotAsync(SnapshotOf(30, "bad"u8) with { StateHash = Hash256.Of("good"u8) });
        Assert.Null(await Journal.LoadSnapshotAsync(5));
    }

    [Fact]
    public async Task A_projection_is_replaced_by_the_next()
    {
        var (position, state) = await Journal.LoadProjectionAsync("deadlines");
        Assert.Equal((0, 0), (position, state.Length));

        await Journal.SaveProjectionAsync("deadlines", 5, new byte[] { 1 });
        await Journal.SaveProjectionAsync("deadlines", 9, new byte[] { 2, 3 });
        await Journal.SaveProjectionAsync("other", 1, ReadOnlyMemory<byte>.Empty);

        (position, state) = await Journal.LoadProjectionAsync("deadlines");
        Assert.Equal(9, position);
        Assert.Equal([2, 3], state.ToArray());
        Assert.Equal(1, (await Journal.LoadProjectionAsync("other")).Position);
    }

    protected static void AssertAppended(AppendOutcome outcome) => Assert.Equal(AppendOutcome.Appended, outcome);

    protected static void AssertSame(JournalRow expected, JournalRow actual)
    {
        Assert.Equal(expected.Body.ToArray(), actual.Body.ToArray());
        Assert.Equal(expected with { Body = default }, actual with { Body = default });
    }

    protected abstract Task<IJournal> OpenJournalAsync();

    private static Snapshot SnapshotOf(long version, ReadOnlySpan<byte> state) =>
        new(5, version, 3, Hash256.Of(state), state.ToArray());

    private sealed class RecordingObserver : ICommitObserver
    {
        public List<long> Positions { get; } = [];

        public long Last => Positions.Count == 0 ? 0 : Positions[^1];

        public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
        {
            foreach (var append in appends)
            {
                Positions.Add(append.Row.Position);
            }
        }
    }
}
