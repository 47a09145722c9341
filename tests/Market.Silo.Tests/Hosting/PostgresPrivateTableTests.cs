using Market.Domain;
using Market.Domain.Hosting;
using Market.Grains.Journaling;
using Market.Silo.Keys;
using Market.TestSupport;

namespace Market.Silo.Tests.Hosting;

/// <summary>
/// What agents leave in confidence in a PostgreSQL database: nothing of what the database has kept opens what was
/// erased.
/// </summary>
public sealed class PostgresPrivateTableTests : IDisposable
{
    private static readonly AgentNumber Alice = new(1);
    private static readonly AgentNumber Bob = new(12);
    private static readonly HostingId First = new(Guid.CreateVersion7());
    private static readonly HostingId Second = new(Guid.CreateVersion7());

    private readonly string _folder = Directory.CreateTempSubdirectory("market-private-").FullName;
    private readonly Lazy<PostgresDatabase> _database = new(static () => PostgresServer.Shared.CreateDatabase());

    private StoreAddress Address => StoreAddress.Parse(_database.Value.Address);

    private string[] KeyFiles => Directory.GetFiles(Path.Combine(_folder, "keys", "private"));

    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [FactWithPostgres]
    public void A_record_outlives_the_program_and_is_its_agents_alone()
    {
        using (var keys = MarketKeys.OpenOrCreate(_folder))
        using (var table = PostgresPrivateTable.Open(Address, _folder, keys))
        {
            Assert.Equal("reserve 61"u8, table.Put(Alice, First, "reserve 61"u8));
            Assert.Equal("reserve 61"u8, table.Put(Alice, First, "reserve 99"u8));
        }

        using var again = MarketKeys.OpenOrCreate(_folder);
        using var found = PostgresPrivateTable.Open(Address, _folder, again);
        Assert.Equal("reserve 61"u8, found.Find(Alice, First)!);
        Assert.Null(found.Find(Bob, First));
        Assert.Null(found.Find(Alice, Second));
        Assert.Equal([(Alice, First)], found.All());
    }

    [FactWithPostgres]
    public void Two_processes_share_the_table_and_the_first_record_stays()
    {
        using var keys = MarketKeys.OpenOrCreate(_folder);
        using var table = PostgresPrivateTable.Open(Address, _folder, keys);
        using var other = PostgresPrivateTable.Open(Address, _folder, keys);
        var told = new byte[16][];
        Parallel.For(0, told.Length, i => told[i] = (i % 2 == 0 ? table : other).Put(Alice, First, [(byte)i]));
        Assert.Single(told.Select(static one => one[0]).Distinct());
        Assert.Equal(told[0], other.Find(Alice, First)!);
        Assert.Single(KeyFiles);
    }

    [FactWithPostgres]
    public void Erasing_makes_every_copy_that_the_database_has_kept_unreadable()
    {
        using var keys = MarketKeys.OpenOrCreate(_folder);
        using var table = PostgresPrivateTable.Open(Address, _folder, keys);
        table.Put(Bob, First, "reserve 60"u8);
        table.Put(Alice, First, "reserve 61"u8);
        table.Put(Alice, Second, "reserve 62"u8);
        _database.Value.Query("CREATE TABLE kept AS SELECT * FROM market.private_record");
        var before = KeyFiles;
        table.Erase(Alice, First);
        Assert.Null(table.Find(Alice, First));
        Assert.Equal("reserve 62"u8, table.Find(Alice, Second)!);
        Assert.Equal(2, KeyFiles.Length);
        Assert.Single(KeyFiles.Intersect(before)); // Bob's

        // Whoever has kept the rows and puts them back has no key to them any more.
        _database.Value.Query("DELETE FROM market.private_record; INSERT INTO market.private_record TABLE kept");
        Assert.Null(table.Find(Alice, First));
        Assert.Null(table.Find(Alice, Second));
        Assert.Equal("reserve 60"u8, table.Find(Bob, First)!);
    }

    [FactWithPostgres]
    public void The_last_erasure_leaves_no_key_of_the_agent_and_a_start_deletes_what_a_crash_left()
    {
        using var keys = MarketKeys.OpenOrCreate(_folder);
        using (var table = PostgresPrivateTable.Open(Address, _folder, keys))
        {
            table.Put(Alice, First, "reserve 61"u8);
            table.Erase(Alice, First);
            table.Erase(Alice, First);
            Assert.Empty(KeyFiles);
            table.Put(Alice, First, "reserve 61"u8);
        }

        _database.Value.Query("DELETE FROM market.private_record"); // a crash between the row's end and the key's
        Assert.Single(KeyFiles);
        PostgresPrivateTable.Open(Address, _folder, keys).Dispose();
        Assert.Empty(KeyFiles);
    }

    [FactWithPostgres]
    public void Another_key_is_refused_by_name_at_the_start()
    {
        using (var keys = MarketKeys.OpenOrCreate(_folder))
        {
            PostgresPrivateTable.Open(Address, _folder, keys).Dispose();
        }

        var key = Path.Combine(_folder, "keys", MarketKeys.DataKeyName);
        File.WriteAllBytes(key, new byte[SealedBox.KeyBytes]);
        using var other = MarketKeys.OpenOrCreate(_folder);
        var error = Assert.Throws<MarketKeysException>(() => PostgresPrivateTable.Open(Address, _folder, other));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Shared.Password, error.Message, StringComparison.Ordinal);
    }

    [FactWithPostgres]
    public void What_is_in_a_folder_is_sealed_anew_for_a_database_and_back()
    {
        using (var keys = MarketKeys.OpenOrCreate(_folder))
        using (var table = PrivateTable.Open(_folder, keys))
        {
            table.Put(Alice, First, "reserve 61"u8);
            table.Put(Bob, Second, "reserve 62"u8);
        }

        var back = Path.Combine(_folder, "back");
        Directory.CreateDirectory(back);
        Assert.Equal(2, PrivateTableCopy.Run(StoreAddress.Parse(_folder), Address, _folder));
        Assert.Equal(2, PrivateTableCopy.Run(Address, StoreAddress.Parse(back), _folder));
        using var again = MarketKeys.OpenOrCreate(_folder);
        using (var copied = PostgresPrivateTable.Open(Address, _folder, again))
        {
            Assert.Equal("reserve 61"u8, copied.Find(Alice, First)!);
            Assert.Equal("reserve 62"u8, copied.Find(Bob, Second)!);
        }

        using var returned = PrivateTable.Open(back, again);
        Assert.Equal("reserve 61"u8, returned.Find(Alice, First)!);
        Assert.Null(PrivateTableCopy.Run(Address, StoreAddress.Parse(back), back)); // no keys, nothing copied
    }
}
