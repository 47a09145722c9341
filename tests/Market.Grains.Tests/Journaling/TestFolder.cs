using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>A data folder for one test.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("market-test-").FullName;

    public string Store => System.IO.Path.Combine(Path, SqliteJournalOptions.FileName);

    public async Task<IJournal> OpenAsync() => await OpenSqliteAsync();

    public Task<SqliteJournal> OpenSqliteAsync(TimeSpan? busyTimeout = null) => SqliteJournal.OpenAsync(
        new SqliteJournalOptions { DataFolder = Path, BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(5) });

    /// <summary>What the disk holds now, as it would be found after a kill.</summary>
    public TestFolder CopyAsAfterKill()
    {
        var copy = new TestFolder();
        foreach (var suffix in new[] { "", "-wal" })
        {
            if (File.Exists(Store + suffix))
            {
                File.Copy(Store + suffix, copy.Store + suffix);
            }
        }

        return copy;
    }

    /// <summary>Bytes of the store and its log by name, to see that nothing was touched.</summary>
    public Dictionary<string, byte[]> ReadAll() => Directory.EnumerateFiles(Path, SqliteJournalOptions.FileName + "*")
        .Where(path => !path.EndsWith("-shm", StringComparison.Ordinal))
        .ToDictionary(path => path, File.ReadAllBytes);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
