using System.Globalization;
using Market.Grains.Journaling;
using Market.TestSupport;
using Npgsql;

namespace Market.Grains.Tests.Journaling;

/// <summary>A database for one test, and journals on it.</summary>
public sealed class PostgresStore : IDisposable
{
    private readonly PostgresServer? _own;
    private readonly PostgresDatabase _database;

    public PostgresStore()
        : this(isOwn: false)
    {
    }

    private PostgresStore(bool isOwn)
    {
        _own = isOwn ? PostgresServer.Launch() : null;
        _database = (_own ?? PostgresServer.Shared).CreateDatabase();
    }

    internal PostgresServer Server => _database.Server;

    public StoreAddress Address => StoreAddress.Parse(_database.Address);

    public PostgresJournalOptions Options => new() { Address = Address };

    /// <summary>On the server that all tests share.</summary>
    public static PostgresStore OnSharedServer() => new();

    /// <summary>On a server that the test may stop.</summary>
    public static PostgresStore OnOwnServer() => new(isOwn: true);

    public Task<PostgresJournal> OpenAsync() => PostgresJournal.OpenAsync(Options);

    public string Query(string sql) => _database.Query(sql);

    /// <summary>As it is reached through a network that can fail.</summary>
    internal PostgresJournalOptions Through(PostgresProxy network) => Options with
    {
        Address = StoreAddress.Parse(Address.ConnectionString.Replace(
            $"Port={Server.Port.ToString(CultureInfo.InvariantCulture)}",
            $"Port={network.Port.ToString(CultureInfo.InvariantCulture)}",
            StringComparison.Ordinal)),
    };

    /// <summary>Holds the head of all positions, for which every append waits, until it is disposed of.</summary>
    internal async Task<NpgsqlConnection> HoldHeadAsync()
    {
        var holder = new NpgsqlConnection(Address.ConnectionString + ";Pooling=false");
        await holder.OpenAsync();
        await using var take = new NpgsqlCommand("BEGIN; SELECT position FROM market.head FOR UPDATE", holder);
        await take.ExecuteNonQueryAsync();
        return holder;
    }

    /// <summary>Waits until so many sessions wait for a lock.</summary>
    internal async Task WaitForWaitingSessionsAsync(int count)
    {
        var waiting = string.Create(CultureInfo.InvariantCulture, $"{count}");
        var until = DateTime.UtcNow.AddSeconds(30);
        while (Query(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
            != waiting)
        {
            Assert.True(DateTime.UtcNow < until, $"Not {waiting} sessions wait for the head.");
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        if (_own is null)
        {
            _database.Dispose();
        }
        else
        {
            _own.Dispose();
        }
    }
}
