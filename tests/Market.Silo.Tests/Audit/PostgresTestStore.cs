using Market.Domain;
using Market.Grains.Journaling;
using Market.Silo.Commands.Audit;
using Market.TestSupport;
using Npgsql;

namespace Market.Silo.Tests.Audit;

/// <summary>
/// A small market's whole life in a PostgreSQL database, row by row the same as in its folder; and whoever can write
/// to the database.
/// </summary>
internal sealed class PostgresTestStore : IAsyncDisposable
{
    private readonly TestStore _original;
    private readonly PostgresDatabase _database = PostgresServer.Shared.CreateDatabase();
    private readonly NpgsqlConnection _connection;

    private PostgresTestStore(TestStore original)
    {
        _original = original;
        _connection = new NpgsqlConnection(Address.ConnectionString);
    }

    public StoreAddress Address => StoreAddress.Parse(_database.Address);

    /// <summary>The database with the keys of the folder.</summary>
    public AuditPlace Place => new(_original.Folder, Address.ConnectionString);

    /// <summary>The folder that has the same rows.</summary>
    public AuditPlace Original => _original.Folder;

    public static async Task<PostgresTestStore> CreateAsync()
    {
        var store = new PostgresTestStore(await TestStore.CreateAsync());
        await store.CopyAsync();
        return store;
    }

    public AuditReport Verify() => OfflineAudit.Verify(Place, verifySignatures: false);

    public List<JournalRow> Rows()
    {
        using var forger = new StoreForger(_original);
        return forger.Rows();
    }

    public void Execute(string sql, params object?[] values)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        command.ExecuteNonQuery();
    }

    public void Put(JournalRow row) => Execute(
        "INSERT INTO market.event VALUES ($1, $2, $3, $4, $5, $6::bigint, $7, $8, $9, $10)",
        row.Position, row.Stream, row.Version, row.Writer, row.PreviousWriter, row.DueAt?.Ticks,
        row.Audience.First.Value, row.Audience.Second.Value, row.Body.ToArray(), row.Hash.ToArray());

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _database.Dispose();
        _original.Dispose();
    }

    private async Task CopyAsync()
    {
        using var forger = new StoreForger(_original);
        var market = new MarketId(new Guid((byte[])forger.Scalar("SELECT value FROM meta")!, bigEndian: true));
        var options = new PostgresJournalOptions { Address = Address, NewMarketId = () => market };
        await (await PostgresJournal.OpenAsync(options)).DisposeAsync(); // makes the tables
        await _connection.OpenAsync();
        foreach (var row in forger.Rows())
        {
            Put(row);
            var (kind, key) = forger.StreamOf(row.Stream);
            Execute("INSERT INTO market.stream VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", row.Stream, kind, key);
        }

        Execute("UPDATE market.head SET position = (SELECT max(position) FROM market.event)");
    }
}
