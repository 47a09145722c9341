using Market.Grains.Journaling;
using Microsoft.Data.Sqlite;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// Connections of other programs that do not ask for the lock file, such as a person's own (F5, F11).
/// </summary>
public sealed class SqliteOtherWriterTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SqliteConnection _other;

    public SqliteOtherWriterTests() => _other = new SqliteConnection($"Data Source={_folder.Store};Pooling=False");

    public void Dispose()
    {
        _other.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_row_of_another_connection_fences_the_stream_and_positions_go_on_after_it()
    {
        await using var journal = await _folder.OpenSqliteAsync();
        var stream = await TestStream.OpenAsync(journal);
        var bystander = await TestStream.OpenAsync(journal);
        await stream.Append().Outcome;
        await bystander.Append().Outcome;

        _other.Open();
        Execute(
            "INSERT INTO event SELECT 3, stream, version + 1, 99, writer, NULL, 0, 0, body, hash " +
            $"FROM event WHERE stream = {stream.Stream} AND version = 1");
        var fenced = stream.Append();
        var unharmed = bystander.Append();

        Assert.Equal(AppendOutcome.Conflict, await fenced.Outcome);
        Assert.Equal(AppendOutcome.Appended, await unharmed.Outcome);
        Assert.Equal(4, unharmed.Row.Position);
    }

    [Fact]
    public async Task While_another_connection_holds_the_file_appends_fail_and_reads_go_on_and_then_it_resumes()
    {
        await using var journal = await _folder.OpenSqliteAsync(busyTimeout: TimeSpan.FromMilliseconds(50));
        var stream = await TestStream.OpenAsync(journal);
        await stream.Append().Outcome;

        _other.Open();
        Execute("BEGIN IMMEDIATE");
        var refused = stream.Append();
        Assert.Equal(AppendOutcome.Failed, await refused.Outcome);
        Assert.IsType<StoreOperationException>(refused.Error);
        Assert.Single(await journal.ReadStreamAsync(stream.Stream, 0, 10));

        Execute("ROLLBACK");
        var again = stream.Make(2, 7);
        journal.Append(again);
        Assert.Equal(AppendOutcome.Appended, await again.Outcome);
    }

    private void Execute(string sql)
    {
        using var command = _other.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
