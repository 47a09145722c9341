using Market.Domain.Listings;
using Market.Grains.Journaling;
using Market.Grains.Searching;
using Market.TestSupport;
using static Market.Grains.Tests.Searching.CatalogBench;

namespace Market.Grains.Tests.Searching;

/// <summary>One catalogue in PostgreSQL with several that follow the journal into it.</summary>
public sealed class PostgresFollowingTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly Lazy<PostgresDatabase> _database = new(static () => PostgresServer.Shared.CreateDatabase());

    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }
    }

    [FactWithPostgres]
    public async Task Several_processes_share_one_catalogue_and_each_finds_what_was_answered()
    {
        await using var journal = new MemoryJournal();
        await using var first = await StartAsync(journal, Over(journal, batchRowsMax: 3));
        await using var second = Over(journal, batchRowsMax: 2);
        await using var third = Over(journal);
        await second.StartAsync();
        for (var id = 1; id <= 100; id++)
        {
            await first.PublishAsync(id, Draft($"Lamp w{id}"));
            foreach (var catalog in (FollowingCatalog[])[first.Catalog, second])
            {
                Assert.Equal($"Lamp w{id}", (await catalog.FindAsync(IdOf(id)))!.Draft.Title);
                Assert.Equal([IdOf(id)], await new CatalogBench(journal, catalog).IdsAsync(Query($"w{id}")));
            }

            if (id % 3 == 0)
            {
                await first.WithdrawAsync(id, 2);
                Assert.Null(await second.FindAsync(IdOf(id)));
                Assert.Null(await first.Catalog.FindAsync(IdOf(id)));
            }
        }

        await third.StartAsync();
        Assert.False(second.IsRebuilt || third.IsRebuilt);
        Assert.Equal(new CatalogCounts(67, 0), await third.CountAsync());
        Assert.Equal("67|67", _database.Value.Query(
            "SELECT (SELECT count(*) FROM market.catalog_listing), listings FROM market.catalog_meta"));
    }

    [FactWithPostgres]
    public async Task What_was_made_is_used_again_and_what_is_missing_or_wrong_is_made_again()
    {
        await using var journal = new MemoryJournal();
        await FillAsync(journal);
        var expected = await AnswersAsync(journal, isRebuilt: true);
        Assert.Equal(expected, await AnswersAsync(journal, isRebuilt: false));
        foreach (var damage in (string[])
            [
                "DROP TABLE market.catalog_listing",
                "DROP TABLE market.catalog_posted",
                "DELETE FROM market.catalog_meta",
                "UPDATE market.catalog_meta SET format = format + 1",
                "UPDATE market.catalog_meta SET hash = sha256('another journal')",
                "UPDATE market.catalog_meta SET position = position + 1000",
            ])
        {
            _database.Value.Query(damage);
            Assert.Equal(expected, await AnswersAsync(journal, isRebuilt: true));
        }
    }

    [FactWithPostgres]
    public async Task Tables_that_go_while_it_runs_are_made_again_by_one_and_taken_by_the_others()
    {
        await using var journal = new MemoryJournal();
        await FillAsync(journal);
        var expected = await AnswersAsync(journal, isRebuilt: true);
        await using var first = Over(journal);
        await using var second = Over(journal);
        await first.StartAsync();
        await second.StartAsync();
        _database.Value.Query("DROP TABLE market.catalog_listing, market.catalog_meta");
        await AnsweredAsync(first);
        await AnsweredAsync(second);
        Assert.Equal(expected, await AnswersAsync(first));
        Assert.Equal(expected, await AnswersAsync(second));
        Assert.NotEqual(first.IsRebuilt, second.IsRebuilt);

        // Both follow on into the new tables.
        var bench = new CatalogBench(journal, first, streamVersion: journal.Head);
        await bench.PublishAsync(500, Draft("Afterwards"));
        Assert.Equal([IdOf(500)], await bench.IdsAsync(Query("afterwards")));
        Assert.Equal([IdOf(500)], await new CatalogBench(journal, second).IdsAsync(Query("afterwards")));
    }

    [FactWithPostgres]
    public async Task A_server_that_restarts_is_waited_for_and_nothing_is_left_out()
    {
        using var server = PostgresServer.Launch();
        using var database = server.CreateDatabase();
        await using var journal = new MemoryJournal();
        await using var bench = await StartAsync(journal, Over(journal, address: database.Address));
        await bench.PublishAsync(1, Draft("Before"));
        Assert.Equal([IdOf(1)], await bench.IdsAsync(Query("before")));
        server.StopImmediately();
        await bench.PublishAsync(2, Draft("Meanwhile"));
        var answer = await bench.Catalog.SearchAsync(Query("meanwhile"));
        Assert.Equal(SearchRefusal.CatalogIsBehind, answer.Refusal);
        server.Start();
        await AnsweredAsync(bench.Catalog);
        Assert.Equal([IdOf(1)], await bench.IdsAsync(Query("before")));
        Assert.Equal([IdOf(2)], await bench.IdsAsync(Query("meanwhile")));
    }

    /// <summary>Asks until it answers: it sees to itself.</summary>
    private static async Task AnsweredAsync(FollowingCatalog catalog)
    {
        using var patience = new CancellationTokenSource(Long);
        while ((await catalog.SearchAsync(Query("lamp"), patience.Token)).Refusal is { } refusal)
        {
            Assert.Equal(SearchRefusal.CatalogIsBehind, refusal);
        }
    }

    private static async Task FillAsync(MemoryJournal journal)
    {
        await using var catalog = new SqliteCatalog(journal);
        var bench = new CatalogBench(journal, catalog);
        var wares = new Wares(3);
        for (var i = 1; i <= 60; i++)
        {
            await bench.PublishAsync(wares.Next(30) + 1, wares.NextDraft(), version: i);
        }
    }

    private static async Task<string> AnswersAsync(FollowingCatalog catalog)
    {
        await using var journal = new MemoryJournal();
        var bench = new CatalogBench(journal, catalog);
        var wares = new Wares(1);
        var answers = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            answers.Add(string.Join(' ', await bench.SearchAsync(wares.NextQuery())));
        }

        answers.Add($"{(await catalog.CountAsync()).Listings} listings");
        return string.Join('\n', answers);
    }

    private async Task<string> AnswersAsync(MemoryJournal journal, bool isRebuilt)
    {
        await using var catalog = Over(journal);
        await catalog.StartAsync();
        Assert.Equal(isRebuilt, catalog.IsRebuilt);
        return await AnswersAsync(catalog);
    }

    private PostgresCatalog Over(MemoryJournal journal, int batchRowsMax = 4_096, string? address = null) =>
        new(journal, new PostgresCatalogOptions
        {
            Address = StoreAddress.Parse(address ?? _database.Value.Address),
            BatchRowsMax = batchRowsMax,
        });
}
