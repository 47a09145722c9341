using Market.Domain.Listings;
using Market.Grains.Journaling;
using Market.Grains.Searching;
using Market.Grains.Tests.Journaling;
using static Market.Grains.Tests.Searching.CatalogBench;

namespace Market.Grains.Tests.Searching;

public sealed class FollowingTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_has_the_answer_to_an_act_finds_what_it_did()
    {
        var journal = await _folder.OpenAsync();
        await using var bench = await StartAsync(journal, Over(journal, _folder));
        for (var id = 1; id <= 200; id++)
        {
            await bench.PublishAsync(id, Draft($"Lamp w{id}"));
            if (id % 2 == 0)
            {
                Assert.Equal([IdOf(id)], await bench.IdsAsync(Query($"w{id}")));
            }
            else
            {
                Assert.Equal($"Lamp w{id}", (await bench.Catalog.FindAsync(IdOf(id)))!.Draft.Title);
            }

            await bench.PublishAsync(id, Draft($"Lamp v{id}"), version: 2);
            Assert.Equal(2, (await bench.Catalog.FindAsync(IdOf(id)))!.Version);
        }

        Assert.Equal(200, (await bench.IdsAsync(Query("lamp") with { CountMax = 100 })).Length);
    }

    [Fact]
    public async Task A_catalogue_killed_between_any_two_batches_goes_on_where_it_was()
    {
        await using var journal = await _folder.OpenAsync();
        await FillAsync(journal, seed: 5);
        var expected = await AnswersAsync(journal, new SqliteCatalogOptions());
        for (var batches = 1; ; batches++)
        {
            using var folder = new TestFolder();
            var left = batches;
            var dying = new SqliteCatalog(journal, new SqliteCatalogOptions
            {
                DataFolder = folder.Path,
                BatchRowsMax = 7,
                OnProgress = (_, _) =>
                {
                    if (--left == 0)
                    {
                        throw new OperationCanceledException();
                    }
                },
            });

            // The files are looked at while their writer has them open, as a kill leaves them.
            var survived = await Record.ExceptionAsync(() => dying.StartAsync()) is null;
            using var killed = CopyAsAfterKill(folder);
            await dying.DisposeAsync();
            var position = 0L;
            var options = new SqliteCatalogOptions
            {
                DataFolder = killed.Path,
                BatchRowsMax = 7,
                OnProgress = (now, _) => position = position == 0 ? now : position,
            };
            Assert.Equal(expected, await AnswersAsync(journal, options));
            if (survived)
            {
                Assert.Equal(0, position); // nothing was left to read
                return;
            }

            Assert.Equal(7 * batches >= journal.Head ? 0 : Math.Min(7 * (batches + 1), journal.Head), position);
        }
    }

    [Fact]
    public async Task What_was_followed_live_answers_as_what_is_made_again()
    {
        await using var journal = await _folder.OpenAsync();
        var live = Over(journal, _folder);
        await live.StartAsync();
        await FillAsync(journal, seed: 6);
        var expected = await AnswersAsync(live);
        await live.DisposeAsync();
        Assert.Equal(expected, await AnswersAsync(journal, new SqliteCatalogOptions { DataFolder = _folder.Path }));
        var fresh = new SqliteCatalogOptions { DataFolder = _folder.Path, IsFresh = true };
        Assert.Equal(expected, await AnswersAsync(journal, fresh));
        Assert.Equal(expected, await AnswersAsync(journal, new SqliteCatalogOptions()));
    }

    [Fact]
    public async Task A_file_that_is_not_this_journals_catalogue_is_made_again()
    {
        await using var journal = await _folder.OpenAsync();
        await FillAsync(journal, seed: 7);
        var expected = await AnswersAsync(journal, new SqliteCatalogOptions { DataFolder = _folder.Path });
        var path = Path.Combine(_folder.Path, SqliteCatalog.FileName);
        var sound = await File.ReadAllBytesAsync(path);
        using var other = new TestFolder();
        await using (var otherJournal = await other.OpenAsync())
        {
            await FillAsync(otherJournal, seed: 8);
            await AnswersAsync(otherJournal, new SqliteCatalogOptions { DataFolder = other.Path });
        }

        foreach (var bytes in (byte[][])
            [
                [], [1, 2, 3], sound[..5_000], new byte[sound.Length],
                await File.ReadAllBytesAsync(Path.Combine(other.Path, SqliteCatalog.FileName)),
                await File.ReadAllBytesAsync(_folder.Store),
            ])
        {
            DeleteCatalog();
            await File.WriteAllBytesAsync(path, bytes);
            await using var catalog = Over(journal, _folder);
            await catalog.StartAsync();
            Assert.True(catalog.IsRebuilt);
            Assert.Equal(expected, await AnswersAsync(catalog));
        }

        DeleteCatalog();
        await File.WriteAllBytesAsync(path, sound);
        await using var same = Over(journal, _folder);
        await same.StartAsync();
        Assert.False(same.IsRebuilt);
    }

    [Fact]
    public async Task Damage_that_a_search_meets_is_repaired_while_it_runs()
    {
        await using var journal = await _folder.OpenAsync();
        await FillAsync(journal, seed: 9);
        var expected = await AnswersAsync(journal, new SqliteCatalogOptions { DataFolder = _folder.Path });
        var errors = 0;
        await using var catalog = new SqliteCatalog(journal, new SqliteCatalogOptions
        {
            DataFolder = _folder.Path,
            OnError = _ => Interlocked.Increment(ref errors),
        });
        await catalog.StartAsync();
        Assert.False(catalog.IsRebuilt);
        using (var file = new FileStream(
            Path.Combine(_folder.Path, SqliteCatalog.FileName), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 4096; // all pages but the first, which says what there is
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray());
        }

        using var patience = new CancellationTokenSource(Long);
        while ((await catalog.SearchAsync(Query("lamp"), patience.Token)).Refusal is { } refusal)
        {
            Assert.Equal(SearchRefusal.CatalogIsBehind, refusal);
        }

        Assert.Equal(expected, await AnswersAsync(catalog));
        Assert.True(catalog.IsRebuilt && errors > 0);
    }

    private static SqliteCatalog Over(IJournal journal, TestFolder folder) =>
        new(journal, new SqliteCatalogOptions { DataFolder = folder.Path });

    private static async Task FillAsync(IJournal journal, int seed)
    {
        var bench = new CatalogBench(journal, new SqliteCatalog(journal));
        var wares = new Wares(seed);
        for (var i = 1; i <= 60; i++)
        {
            var id = wares.Next(30) + 1;
            await bench.PublishAsync(id, wares.NextDraft(), version: i);
            if (i % 10 == 0)
            {
                await bench.CloseAsync(Domain.Settling.Asset.Unit(IdOf(wares.Next(30) + 1)));
            }
        }

        await bench.Catalog.DisposeAsync();
    }

    private static async Task<string> AnswersAsync(IJournal journal, SqliteCatalogOptions options)
    {
        await using var catalog = new SqliteCatalog(journal, options);
        await catalog.StartAsync();
        return await AnswersAsync(catalog);
    }

    /// <summary>What a catalogue says to many queries, as one text.</summary>
    private static async Task<string> AnswersAsync(FollowingCatalog catalog)
    {
        var bench = new CatalogBench(new MemoryJournal(), catalog);
        var wares = new Wares(1);
        var answers = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            answers.Add(string.Join(' ', await bench.SearchAsync(wares.NextQuery())));
            var prices = await catalog.ReadPricesAsync(new(IdOf(i + 1)));
            answers.Add(string.Join(' ', prices.Found!.Versions));
        }

        // Counted last: a search waits until the catalogue has caught up, and a count does not.
        answers.Add($"{(await catalog.CountAsync()).Listings} listings");
        return string.Join('\n', answers);
    }

    private static TestFolder CopyAsAfterKill(TestFolder folder)
    {
        var copy = new TestFolder();
        foreach (var file in Directory.EnumerateFiles(folder.Path, SqliteCatalog.FileName + "*"))
        {
            if (!file.EndsWith("-shm", StringComparison.Ordinal))
            {
                File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
            }
        }

        return copy;
    }

    private void DeleteCatalog()
    {
        foreach (var file in Directory.EnumerateFiles(_folder.Path, SqliteCatalog.FileName + "*"))
        {
            File.Delete(file);
        }
    }
}
