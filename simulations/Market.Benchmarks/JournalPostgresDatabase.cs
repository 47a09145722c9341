using Market.Grains.Journaling;
using Market.TestSupport;
using Npgsql;

namespace Market.Benchmarks;

/// <summary>
/// The database in which PostgreSQL is measured: the one that was named, or one on a throw-away server. The market's
/// tables are dropped before each measurement, so one that was named must not have them at the start.
/// </summary>
internal sealed class JournalPostgresDatabase : IAsyncDisposable
{
    private readonly PostgresServer? _server;

    private JournalPostgresDatabase(StoreAddress address, PostgresServer? server)
    {
        Address = address;
        _server = server;
    }

    public StoreAddress Address { get; }

    /// <summary>Takes the database that was named, or starts a server; null where there is neither.</summary>
    public static async Task<JournalPostgresDatabase?> StartAsync(
        StoreAddress? named, Action<string> log, CancellationToken cancellationToken)
    {
        if (named is null && PostgresBinaries.MissingReason is { } reason)
        {
            log($"PostgreSQL is not measured: {reason}");
            return null;
        }

        if (named is null)
        {
            var server = PostgresServer.Launch();
            return new JournalPostgresDatabase(StoreAddress.Parse(server.AddressOf("postgres")), server);
        }

        var database = new JournalPostgresDatabase(named, null);
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var ask = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'market')", connection);
        return (bool)(await ask.ExecuteScalarAsync(cancellationToken))!
            ? throw new StoreInUseException(named, "it holds a market; give an empty database")
            : database;
    }

    /// <summary>Drops the market's tables.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var drop = new NpgsqlCommand(
            "SET client_min_messages = error; DROP SCHEMA IF EXISTS market CASCADE; CHECKPOINT", connection);
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A connection that no pool keeps.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Address.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await ClearAsync(CancellationToken.None);
        _server?.Dispose();
    }
}
