using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>What was acknowledged is there after any end of the process (INV-16, F1, F8).</summary>
public sealed class SqliteDurabilityTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_store_that_was_closed_goes_on_where_it_ended()
    {
        var grain = TestStream.NewGrain();
        Domain.MarketId market;
        await using (var journal = await _folder.OpenSqliteAsync())
        {
            market = journal.MarketId;
            await (await TestStream.OpenAsync(journal, grain, writer: 3)).Append().Outcome;
            await journal.SaveProjectionAsync("deadlines", 1, new byte[] { 9 });
        }

        await using var again = await _folder.OpenSqliteAsync();
        var stream = await TestStream.OpenAsync(again, grain, writer: 4);
        var next = stream.Append();

        Assert.Equal(AppendOutcome.Appended, await next.Outcome);
        Assert.Equal((2L, 2L, 3L), (next.Row.Position, next.Row.Version, next.Row.PreviousWriter));
        Assert.True((await again.OpenAsync(TestStream.NewGrain())).Number > stream.Stream);
        Assert.Equal(market, again.MarketId);
        Assert.Equal(1, (await again.LoadProjectionAsync("deadlines")).Position);
    }

    [Fact]
    public async Task A_kill_loses_nothing_that_was_acknowledged()
    {
        await using var journal = await _folder.OpenSqliteAsync();
        var streams = new List<TestStream>();
        for (var i = 0; i < 20; i++)
        {
            streams.Add(await TestStream.OpenAsync(journal));
        }

        var acknowledged = 0L;
        var appends = Enumerable.Range(0, 10_000)
            .Select(i => streams[i % 20].Append(
                onCompleted: done => Volatile.Write(ref acknowledged, done.Row.Position)))
            .ToList();
        await appends[2_000].Outcome;

        // More rows are being written while the files are copied, as after a kill in mid-batch.
        var atLeast = Volatile.Read(ref acknowledged);
        using var copy = _folder.CopyAsAfterKill();
        await using var survivor = await copy.OpenAsync();

        Assert.InRange(survivor.Head, atLeast, 10_000);
        var rows = await survivor.ReadForwardAsync(0, int.MaxValue);
        Assert.Equal(survivor.Head, rows.Count);
        await appends[^1].Outcome;
        Assert.All(rows.Zip(appends), pair => Assert.Equal(pair.Second.Row.Hash, pair.First.Hash));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_torn_log_leaves_whole_groups_and_a_store_that_goes_on(int seed)
    {
        await using var journal = await _folder.OpenSqliteAsync();
        var stream = await TestStream.OpenAsync(journal);
        for (var i = 0; i < 50; i++)
        {
            await stream.Append().Outcome;
        }

        using var copy = _folder.CopyAsAfterKill();
        using (var log = new FileStream(copy.Store + "-wal", FileMode.Open))
        {
            log.SetLength(log.Length - new Random(seed).NextInt64(1, log.Length / 2));
        }

        await using var survivor = await copy.OpenAsync();
        var rows = await survivor.ReadStreamAsync(stream.Stream, 0, int.MaxValue);
        Assert.InRange(rows.Count, 1, 49);
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(i => (long)i), rows.Select(row => row.Version));
        var next = stream.Make(rows.Count + 1, 7);
        survivor.Append(next);
        Assert.Equal(AppendOutcome.Appended, await next.Outcome);
    }
}
