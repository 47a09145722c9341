using Market.Domain;
using Market.Domain.Hosting;
using Market.Silo.Keys;

namespace Market.Silo.Tests.Hosting;

/// <summary>
/// What agents leave in confidence can be read with the market's key only, and not at all once it is erased.
/// </summary>
public sealed class PrivateTableTests : IDisposable
{
    private static readonly AgentNumber Alice = new(1);
    private static readonly AgentNumber Bob = new(2);
    private static readonly HostingId First = new(Guid.CreateVersion7());
    private static readonly HostingId Second = new(Guid.CreateVersion7());

    private readonly string _folder = Directory.CreateTempSubdirectory("market-private-").FullName;

    private string File => Path.Combine(_folder, PrivateTable.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_record_outlives_the_program_and_is_its_agents_alone()
    {
        using (var keys = MarketKeys.OpenOrCreate(_folder))
        using (var table = PrivateTable.Open(_folder, keys))
        {
            Assert.Equal("reserve 61"u8, table.Put(Alice, First, "reserve 61"u8));
            Assert.Equal("reserve 61"u8, table.Put(Alice, First, "reserve 99"u8));
        }

        using var again = MarketKeys.OpenOrCreate(_folder);
        using var found = PrivateTable.Open(_folder, again);
        Assert.Equal("reserve 61"u8, found.Find(Alice, First)!);
        Assert.Null(found.Find(Bob, First));
        Assert.Null(found.Find(Alice, Second));
        Assert.Equal([(Alice, First)], found.All());
    }

    [Fact]
    public void Nothing_of_a_record_is_in_the_file_in_the_clear()
    {
        using var keys = MarketKeys.OpenOrCreate(_folder);
        using (var table = PrivateTable.Open(_folder, keys))
        {
            table.Put(Alice, First, "a reserve of sixty-one"u8);
        }

        Assert.Equal(-1, System.IO.File.ReadAllBytes(File).AsSpan().IndexOf("reserve"u8));
    }

    [Fact]
    public void Erasing_removes_a_record_from_the_file_and_makes_older_copies_of_it_unreadable()
    {
        using var keys = MarketKeys.OpenOrCreate(_folder);
        byte[] before;
        using (var table = PrivateTable.Open(_folder, keys))
        {
            table.Put(Alice, First, "reserve 61"u8);
            table.Put(Alice, Second, "reserve 62"u8);
            before = Blob("SELECT sealed FROM record WHERE hosting = x'" + Hex(First) + "'");
            table.Erase(Alice, First);
            Assert.Null(table.Find(Alice, First));
            Assert.Equal("reserve 62"u8, table.Find(Alice, Second)!);
        }

        Assert.Equal(-1, System.IO.File.ReadAllBytes(File).AsSpan().IndexOf(before.AsSpan(0, 24)));

        // Whoever has kept the sealed record and puts it back has no key to it any more.
        Execute("INSERT INTO record VALUES (1, x'" + Hex(First) + "', x'" + Convert.ToHexString(before) + "')");
        using var later = PrivateTable.Open(_folder, keys);
        Assert.Null(later.Find(Alice, First));
        Assert.Equal("reserve 62"u8, later.Find(Alice, Second)!);
    }

    [Fact]
    public void The_last_erasure_leaves_no_key_of_the_agent()
    {
        using var keys = MarketKeys.OpenOrCreate(_folder);
        using (var table = PrivateTable.Open(_folder, keys))
        {
            table.Put(Alice, First, "reserve 61"u8);
            table.Erase(Alice, First);
            table.Erase(Alice, First);
        }

        Assert.Empty(Blob("SELECT coalesce(max(sealed), x'') FROM agent_key"));
    }

    [Fact]
    public void Another_key_is_refused_by_name_at_the_start()
    {
        using (var keys = MarketKeys.OpenOrCreate(_folder))
        {
            PrivateTable.Open(_folder, keys).Dispose();
        }

        var key = Path.Combine(_folder, "keys", MarketKeys.DataKeyName);
        System.IO.File.WriteAllBytes(key, new byte[SealedBox.KeyBytes]);
        using var other = MarketKeys.OpenOrCreate(_folder);
        var error = Assert.Throws<MarketKeysException>(() => PrivateTable.Open(_folder, other));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.Contains(File, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_key_is_not_replaced_where_there_is_something_to_open()
    {
        using (var keys = MarketKeys.OpenOrCreate(_folder))
        {
            PrivateTable.Open(_folder, keys).Dispose();
        }

        var key = Path.Combine(_folder, "keys", MarketKeys.DataKeyName);
        System.IO.File.Delete(key);
        var error = Assert.Throws<MarketKeysException>(() => MarketKeys.OpenOrCreate(_folder));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(key));
    }

    [Fact]
    public async Task A_market_with_another_key_does_not_start()
    {
        await (await HostedBench.StartAsync(_folder)).DisposeAsync();
        var key = Path.Combine(_folder, "keys", MarketKeys.DataKeyName);
        System.IO.File.WriteAllBytes(key, new byte[SealedBox.KeyBytes]);
        var error = await Assert.ThrowsAsync<MarketKeysException>(() => HostedBench.StartAsync(_folder));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_refused_by_name()
    {
        System.IO.File.WriteAllText(File, new string('x', 4_096));
        using var keys = MarketKeys.InMemory();
        var error = Assert.Throws<MarketKeysException>(() => PrivateTable.Open(_folder, keys));
        Assert.Contains(File, error.Message, StringComparison.Ordinal);
    }

    private static string Hex(HostingId id) => Convert.ToHexString(id.Value.ToByteArray(bigEndian: true));

    private byte[] Blob(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (byte[])command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Microsoft.Data.Sqlite.SqliteConnection Connect()
    {
        var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }
}
