using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>A real device without space: a small file system in memory (F10).</summary>
public sealed class SqliteDiskFullTests
{
    private const int SqliteFull = 13;
    private const int AppendsMax = 2_000;

    [FactWithMount]
    public async Task On_a_full_disk_appends_are_refused_reads_go_on_and_with_new_space_it_resumes_and_lost_nothing()
    {
        using var disk = new SmallDisk();
        var filler = Path.Combine(disk.Path, "filler");
        await File.WriteAllBytesAsync(filler, new byte[400 * 1024]);
        var grain = TestStream.NewGrain();
        long rows;
        await using (var journal = await disk.OpenAsync())
        {
            var stream = await TestStream.OpenAsync(journal, grain);
            var refused = await FillAsync(stream);
            rows = journal.Head;

            Assert.Equal(AppendOutcome.Failed, await refused.Outcome);
            Assert.Equal(SqliteFull, Assert.IsType<StoreOperationException>(refused.Error).Code & 0xFF);
            Assert.InRange(rows, 5, AppendsMax - 1);
            Assert.Equal(rows, (await journal.ReadStreamAsync(stream.Stream, 0, int.MaxValue)).Count);

            File.Delete(filler);
            var again = stream.Make(rows + 1, 7);
            journal.Append(again);
            Assert.Equal(AppendOutcome.Appended, await again.Outcome);
        }

        await using var reopened = await disk.OpenAsync();
        Assert.Equal(rows + 1, reopened.Head);
        Assert.Equal(rows + 1, (await reopened.OpenAsync(grain)).Version);
    }

    private static async Task<TestAppend> FillAsync(TestStream stream)
    {
        for (var i = 0; i < AppendsMax; i++)
        {
            var append = stream.Append();
            if (await append.Outcome != AppendOutcome.Appended)
            {
                return append;
            }
        }

        throw new InvalidOperationException("The disk never filled up.");
    }

    private sealed class SmallDisk : IDisposable
    {
        public SmallDisk() => Assert.True(
            FactWithMountAttribute.Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", Path));

        public string Path { get; } = Directory.CreateTempSubdirectory("market-disk-").FullName;

        public Task<SqliteJournal> OpenAsync() =>
            SqliteJournal.OpenAsync(new SqliteJournalOptions { DataFolder = Path });

        public void Dispose()
        {
            Assert.True(FactWithMountAttribute.Run("umount", Path));
            Directory.Delete(Path);
        }
    }
}
