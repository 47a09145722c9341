using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>Real other processes that hold a lock on the store (F2, F11).</summary>
public sealed class SqliteOtherProcessTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task While_another_process_holds_the_file_an_append_is_refused_in_bounded_time_and_then_it_resumes()
    {
        await using var journal = await _folder.OpenSqliteAsync(busyTimeout: TimeSpan.FromMilliseconds(100));
        var stream = await TestStream.OpenAsync(journal);
        await stream.Append().Outcome;
        using var other = OtherProcess.HoldFile(_folder.Store);
        Assert.Equal("held", await other.ReadLineAsync());

        var refused = stream.Append();
        Assert.Equal(AppendOutcome.Failed, await refused.Outcome);
        Assert.IsType<StoreOperationException>(refused.Error);
        Assert.Single(await journal.ReadStreamAsync(stream.Stream, 0, 10));

        await other.FinishAsync();
        var again = stream.Make(2, 7);
        journal.Append(again);
        Assert.Equal(AppendOutcome.Appended, await again.Outcome);
    }

    [Fact]
    public async Task A_store_that_another_process_has_open_is_refused_and_a_kill_of_that_process_frees_it()
    {
        using var other = OtherProcess.KeepStore(_folder.Path);
        Assert.Equal("open", await other.ReadLineAsync());
        await Assert.ThrowsAsync<StoreLockedException>(() => _folder.OpenSqliteAsync());

        await other.KillAsync();

        await using var journal = await _folder.OpenSqliteAsync();
        Assert.Equal(0, journal.Head);
    }
}
