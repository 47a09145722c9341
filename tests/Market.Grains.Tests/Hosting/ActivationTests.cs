using Market.Domain;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Tests.Engines;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Hosting;

/// <summary>
/// One activation without a cluster: its rows, its loading, its snapshots, and streams that are damaged.
/// </summary>
public sealed class ActivationTests : IAsyncDisposable
{
    private static readonly GrainId Grain = new(GrainKind.Negotiation, new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private readonly HeldJournal _journal = new(new MemoryJournal());
    private readonly Witness _witness = new();
    private long _writer = 100;

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task Rows_name_their_predecessor_and_are_chained()
    {
        var activation = await Load();
        Assert.Equal(new Total(2), Ask(activation, new Add(2)));
        Assert.Equal(new Total(3), Ask(activation, new Add(1)));
        activation = await Load();
        Assert.Equal(new Total(7), Ask(activation, new Add(4)));

        var rows = await _journal.ReadStreamAsync(1, 0, 10);
        Assert.Equal([1L, 2, 3], rows.Select(row => row.Version));
        Assert.Equal([101L, 101, 102], rows.Select(row => row.Writer));
        Assert.Equal([0L, 101, 101], rows.Select(row => row.PreviousWriter));
        var chain = Hash256.Of("tally"u8);
        foreach (var row in rows)
        {
            chain = RowHash.Of(
                chain, 1, row.Version, row.Writer, row.PreviousWriter, row.DueAt, row.Audience, row.Body.Span);
            Assert.Equal(chain, row.Hash);
        }
    }

    [Fact]
    public async Task A_writer_is_never_zero()
    {
        _writer = -1;
        Ask(await Load(), new Add(1));

        Assert.Equal(1, (await _journal.ReadStreamAsync(1, 0, 1))[0].Writer);
    }

    [Fact]
    public async Task A_snapshot_is_saved_every_so_many_entries_and_spares_the_replay()
    {
        var activation = await Load();
        for (var i = 0; i < 25; i++)
        {
            Ask(activation, new Add(1));
        }

        var snapshot = await SnapshotOf(20);
        Assert.Equal(20, snapshot.Version);
        var applied = _witness.Applied(Grain);
        Assert.Equal(new Total(26), Ask(await Load(), new Add(1)));
        Assert.Equal(applied + 5 + 1, _witness.Applied(Grain));
    }

    [Theory]
    [InlineData("another format")]
    [InlineData("a wrong hash")]
    [InlineData("a state that does not load")]
    [InlineData("a version that the stream has not")]
    public async Task A_snapshot_that_is_not_right_is_ignored_and_the_stream_replayed(string what)
    {
        var activation = await Load();
        for (var i = 0; i < 5; i++)
        {
            Ask(activation, new Add(1));
        }

        var state = what == "a state that does not load" ? new byte[3] : new byte[16];
        await _journal.SaveSnapshotAsync(new Snapshot(
            1,
            what == "a version that the stream has not" ? 6 : 4,
            what == "another format" ? 2 : 1,
            what == "a wrong hash" ? Hash256.Zero : Hash256.Of(state),
            state));

        Assert.Equal(new Total(5), Ask(await Load(), new Read()));
    }

    [Theory]
    [InlineData("a flipped byte of the body", "its hash should be")]
    [InlineData("another deadline", "its hash should be")]
    [InlineData("another audience", "its hash should be")]
    [InlineData("another predecessor", "does not follow the writer of the row before")]
    [InlineData("a missing row", "the next row has version 3")]
    public async Task A_row_that_is_not_what_was_written_stops_the_grain_naming_stream_and_version(
        string what, string says)
    {
        var activation = await Load();
        for (var i = 0; i < 3; i++)
        {
            Ask(activation, new Add(1));
        }

        _journal.OnRead = row => row.Version != 2 ? row : what switch
        {
            "a flipped byte of the body" => row with { Body = new byte[] { 1 } },
            "another deadline" => row with { DueAt = new LedgerTime(1) },
            "another audience" => row with { Audience = new Audience(new AgentNumber(3), default) },
            "another predecessor" => row with { PreviousWriter = 77 },
            _ => row with { Version = 3 },
        };
        var damaged = await Assert.ThrowsAsync<StreamDamagedException>(Load);

        Assert.Equal((1, 2), (damaged.Stream, damaged.Version));
        Assert.Contains("stream 1, version 2: ", damaged.Message, StringComparison.Ordinal);
        Assert.Contains(says, damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_ends_before_its_head_stops_the_grain()
    {
        Ask(await Load(), new Add(1));
        _journal.OnOpen = head => head with { Version = 2 };

        var damaged = await Assert.ThrowsAsync<StreamDamagedException>(Load);

        Assert.Contains("rows are missing up to version 2", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_entry_stops_the_grain_and_is_never_skipped()
    {
        Ask(await Load(), new Add(1));
        await AppendUnknownEntry();

        var damaged = await Assert.ThrowsAsync<StreamDamagedException>(Load);

        Assert.Equal((1, 2), (damaged.Stream, damaged.Version));
        Assert.IsType<WireFormatException>(damaged.InnerException);
    }

    [Fact]
    public async Task A_cluster_keeps_a_damaged_grain_stopped_and_serves_the_others()
    {
        Ask(await Load(), new Add(1));
        await AppendUnknownEntry();
        await using var cluster = Tallies.Cluster(_journal, _witness);

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<StreamDamagedException>(
                () => cluster.AskAsync(Grain, new Add(1)).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        }

        Assert.Single(_witness.Errors);
        Assert.Equal(2, _journal.Head);
        Assert.Equal(new Total(0), await cluster.AskAsync(GrainId.Ledger, new Read()));
    }

    private static object Ask(Activation activation, object message)
    {
        var sink = new Sink();
        activation.Receive(message, sink);
        return sink.Reply ?? throw new InvalidOperationException("There is no reply yet.");
    }

    // An entry of a format to come: everything about its row is right, and this program cannot read its body.
    private async Task AppendUnknownEntry()
    {
        var first = (await _journal.ReadStreamAsync(1, 0, 1))[0];
        var body = new byte[5];
        var hash = RowHash.Of(first.Hash, 1, 2, 9, first.Writer, null, default, body);
        _journal.Append(new Raw(Grain, new JournalRow(0, 1, 2, 9, first.Writer, null, default, body, hash)));
    }

    private async Task<Activation> Load()
    {
        var services = new ActivationServices(
            _journal,
            Tallying.Codec,
            _witness.Make,
            static _ => true,
            static _ => { },
            new ManualClock(),
            _witness.OnError)
        {
            SnapshotEvery = 10,
            WriterIds = () => ++_writer,
        };
        return (await Activation.LoadAsync(services, new Host(), Grain))!;
    }

    private async Task<Snapshot> SnapshotOf(long version)
    {
        var until = Environment.TickCount64 + 30_000;
        while (true)
        {
            if (await _journal.LoadSnapshotAsync(1) is { } snapshot && snapshot.Version >= version)
            {
                return snapshot;
            }

            Assert.True(Environment.TickCount64 < until, "No snapshot was saved.");
            await Task.Yield();
        }
    }

    private sealed class Host : IActivationHost
    {
        public void Wake() => throw new InvalidOperationException("Nothing waits for appends here.");

        public void OnPoisoned() => throw new InvalidOperationException("Nothing is lost here.");

        public void Deliver(object message, ReplySink sink) =>
            throw new InvalidOperationException("Nothing is recalled here.");
    }

    private sealed class Sink : ReplySink
    {
        public object? Reply { get; private set; }

        public override void Complete(object? reply) => Reply = reply;

        public override void Fail(Exception error) => throw error;
    }

    private sealed class Raw(GrainId grain, JournalRow row) : PendingAppend(grain, row)
    {
        public override void OnCompleted(AppendOutcome outcome, Exception? error) =>
            Assert.Equal(AppendOutcome.Appended, outcome);
    }
}
