using Market.Grains.Journaling;
using Microsoft.Data.Sqlite;

namespace Market.Grains.Tests.Journaling;

/// <summary>A store that must not be opened is refused with one clear sentence, and not touched.</summary>
public sealed class SqliteRefusalTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_store_that_is_open_is_locked_until_it_is_closed()
    {
        await using (await _folder.OpenSqliteAsync())
        {
            var error = await Assert.ThrowsAsync<StoreLockedException>(() => _folder.OpenSqliteAsync());
            Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
        }

        await using var again = await _folder.OpenSqliteAsync();
    }

    [Fact]
    public async Task A_text_file_in_its_place_is_damage()
    {
        await File.WriteAllTextAsync(_folder.Store, new string('x', 5_000));
        await AssertRefusedAsync<StoreDamagedException>("not those of an SQLite file");
    }

    [Fact]
    public async Task A_truncated_store_is_damage()
    {
        await MakeStoreAsync();
        using (var file = new FileStream(_folder.Store, FileMode.Open))
        {
            file.SetLength(file.Length - 4_096);
        }

        await AssertRefusedAsync<StoreDamagedException>("bytes of");
    }

    [Fact]
    public async Task An_empty_file_is_damage()
    {
        await File.WriteAllBytesAsync(_folder.Store, []);
        await AssertRefusedAsync<StoreDamagedException>("ends after 0 bytes");
    }

    [Fact]
    public async Task An_overwritten_page_is_damage()
    {
        await MakeStoreAsync();
        using (var file = new FileStream(_folder.Store, FileMode.Open))
        {
            file.Position = 4_096;
            file.Write(Enumerable.Repeat((byte)0xA5, 4_096).ToArray());
        }

        await AssertRefusedAsync<StoreDamagedException>("restore it from a backup");
    }

    [Fact]
    public async Task A_log_without_its_store_is_damage()
    {
        await File.WriteAllBytesAsync(_folder.Store + "-wal", new byte[32]);
        await AssertRefusedAsync<StoreDamagedException>("the file is missing");
    }

    [Fact]
    public async Task A_newer_format_is_refused()
    {
        await MakeStoreAsync();
        Execute("PRAGMA user_version = 2");
        await AssertRefusedAsync<StoreFormatException>("its format is 2");
    }

    [Fact]
    public async Task Another_programs_file_is_refused()
    {
        Execute("CREATE TABLE notes (text TEXT)");
        await AssertRefusedAsync<StoreFormatException>("not one of a market");
    }

    [Fact]
    public async Task A_store_without_its_tables_is_damage()
    {
        await MakeStoreAsync();
        Execute("DROP TABLE event");
        await AssertRefusedAsync<StoreDamagedException>("its tables are missing");
    }

    [Fact]
    public async Task A_journal_without_its_beginning_is_damage()
    {
        await MakeStoreAsync();
        Execute("DELETE FROM event WHERE position = 1");
        await AssertRefusedAsync<StoreDamagedException>("begins at position 2");
    }

    private async Task MakeStoreAsync()
    {
        await using var journal = await _folder.OpenSqliteAsync();
        var stream = await TestStream.OpenAsync(journal);
        for (var i = 0; i < 300; i++)
        {
            stream.Append();
        }
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task AssertRefusedAsync<TException>(string finding)
        where TException : StoreException
    {
        var before = _folder.ReadAll();
        var error = await Assert.ThrowsAsync<TException>(() => _folder.OpenSqliteAsync());
        Assert.Contains(finding, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.ReadAll());
        await Assert.ThrowsAsync<TException>(() => _folder.OpenSqliteAsync()); // the folder is not left locked
    }
}
