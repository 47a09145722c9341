using Market.Grains.Journaling;
using Market.TestSupport;

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
