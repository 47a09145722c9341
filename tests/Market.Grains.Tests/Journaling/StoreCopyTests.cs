using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>A market that moves between a folder and a database keeps every byte of its journal.</summary>
public sealed class StoreCopyTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly PostgresStore? _database = PostgresBinaries.MissingReason is null ? new PostgresStore() : null;

    private StoreAddress Folder => StoreAddress.Parse(_folder.Path);

    private StoreAddress Database => _database!.Address;

    public void Dispose()
    {
        _database?.Dispose();
        _folder.Dispose();
    }

    [FactWithPostgres]
    public async Task There_and_back_again_every_entry_is_where_it_was_and_the_market_goes_on()
    {
        var (market, rows, grain) = await FillAsync(streams: 30, rowsEach: 200);
        var told = new List<(long Copied, long Verified, long Total)>();

        var there = await StoreCopy.RunAsync(
            Folder, Database, (copied, verified, total) => told.Add((copied, verified, total)));
        using var home = new TestFolder();
        var back = await StoreCopy.RunAsync(Database, StoreAddress.Parse(home.Path));

        Assert.Equal(new StoreCopyResult(market, rows.Count, 30), there);
        Assert.Equal(there, back);
        Assert.Equal((rows.Count, rows.Count, rows.Count), told[^1]);
        await using var database = await _database!.OpenAsync();
        await using var folder = await home.OpenSqliteAsync();
        foreach (var (journal, id) in new[] { ((IJournal)database, database.MarketId), (folder, folder.MarketId) })
        {
            Assert.Equal(market, id);
            Assert.Equal(rows, Flat(await journal.ReadForwardAsync(0, int.MaxValue)));
            var writer = await TestStream.OpenAsync(journal, grain, writer: 99);
            Assert.Equal(AppendOutcome.Appended, await writer.Append().Outcome);
            var fresh = await TestStream.OpenAsync(journal);
            Assert.True(fresh.Stream > rows.Max(row => row.Stream));
            Assert.Equal(AppendOutcome.Appended, await fresh.Append().Outcome);
        }
    }

    [FactWithPostgres]
    public async Task A_target_that_holds_a_market_and_a_market_that_runs_are_left_alone()
    {
        await FillAsync(streams: 1, rowsEach: 3);
        await using (var running = await _database!.OpenAsync())
        {
            var error = await Assert.ThrowsAsync<StoreInUseException>(() => StoreCopy.RunAsync(Folder, Database));
            Assert.Contains("a market runs on it; stop that first", error.Message, StringComparison.Ordinal);
            await (await TestStream.OpenAsync(running)).Append().Outcome;
        }

        Assert.Contains(
            "it holds a market already",
            (await Assert.ThrowsAsync<StoreInUseException>(() => StoreCopy.RunAsync(Folder, Database))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "it holds a market already",
            (await Assert.ThrowsAsync<StoreInUseException>(() => StoreCopy.RunAsync(Database, Folder))).Message,
            StringComparison.Ordinal);
        await using (var open = await _folder.OpenSqliteAsync())
        {
            await Assert.ThrowsAsync<StoreLockedException>(() => StoreCopy.RunAsync(Folder, Database));
            Assert.Equal(3, open.Head);
        }

        Assert.Equal("1|2", _database.Query("SELECT position, format FROM market.head, market.store"));
    }

    [FactWithPostgres]
    public async Task A_copy_that_was_broken_off_is_no_market()
    {
        await FillAsync(streams: 3, rowsEach: 2_000);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreCopy.RunAsync(
            Folder, Database, (_, _, _) => stop.Cancel(), stop.Token));

        var error = await Assert.ThrowsAsync<StoreFormatException>(() => _database!.OpenAsync());
        Assert.Contains("DROP SCHEMA market CASCADE", error.Message, StringComparison.Ordinal);
        _database!.Query("SET client_min_messages = error; DROP SCHEMA market CASCADE");
        Assert.Equal(6_000, (await StoreCopy.RunAsync(Folder, Database)).Entries);
    }

    [FactWithPostgres]
    public async Task A_source_that_is_not_there_is_named_and_not_made()
    {
        using var nowhere = new TestFolder();
        using var other = new PostgresStore();

        await Assert.ThrowsAsync<StoreFormatException>(
            () => StoreCopy.RunAsync(StoreAddress.Parse(nowhere.Path), Database));
        await Assert.ThrowsAsync<StoreFormatException>(() => StoreCopy.RunAsync(other.Address, Database));

        Assert.Empty(Directory.EnumerateFileSystemEntries(nowhere.Path));
        Assert.Equal("0", other.Query("SELECT count(*) FROM pg_namespace WHERE nspname = 'market'"));
    }

    private static List<(long Position, long Stream, long Version, Hash256 Hash, string Body)> Flat(
        IEnumerable<JournalRow> rows) => rows.Select(row => (
            row.Position, row.Stream, row.Version, row.Hash, Convert.ToHexString(row.Body.Span))).ToList();

    private async Task<(
        MarketId Market,
        List<(long Position, long Stream, long Version, Hash256 Hash, string Body)> Rows,
        GrainId Grain)> FillAsync(int streams, int rowsEach)
    {
        await using var journal = await _folder.OpenSqliteAsync();
        var grain = TestStream.NewGrain();
        var writers = new List<TestStream> { await TestStream.OpenAsync(journal, grain) };
        while (writers.Count < streams)
        {
            writers.Add(await TestStream.OpenAsync(journal));
        }

        var appends = Enumerable.Range(0, rowsEach)
            .SelectMany(i => writers.Select(writer => writer.Append(
                new Audience(new AgentNumber(i + 1), default), i % 2 == 0 ? null : new LedgerTime(i))))
            .ToList();
        await Task.WhenAll(appends.Select(append => append.Outcome));
        return (journal.MarketId, Flat(await journal.ReadForwardAsync(0, int.MaxValue)), grain);
    }
}
