using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// An acknowledged row has left the caches: no kill shows that, since the system writes what a dead process left
/// behind; so the disk itself is asked (INV-16).
/// </summary>
public sealed class SqliteFlushTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactOnCountedDisk]
    public async Task Every_acknowledgement_is_preceded_by_a_flush_of_the_disk()
    {
        const int appends = 100;
        await using var journal = await _folder.OpenSqliteAsync();
        var stream = await TestStream.OpenAsync(journal);
        await stream.Append().Outcome;
        var disk = BlockDevice.Of(_folder.Path)!;

        var before = disk.Flushes;
        for (var i = 0; i < appends; i++)
        {
            Assert.Equal(AppendOutcome.Appended, await stream.Append().Outcome);
        }

        // Others may flush the same disk meanwhile; nobody takes a flush back.
        Assert.InRange(disk.Flushes - before, appends, long.MaxValue);
    }
}
