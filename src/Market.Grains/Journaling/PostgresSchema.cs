using System.Globalization;
using Market.Domain;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>
/// The tables of a store, made and migrated by the program, all in the schema `market`. Whoever comes first does it,
/// under a lock; the others wait and find it done.
/// </summary>
internal static class PostgresSchema
{
    /// <summary>The format that this program writes, and the newest that it reads.</summary>
    public const int Format = 2;

    /// <summary>The first half of our advisory locks' keys: "Mrkt".</summary>
    public const int LockSpace = 0x4D726B74;

    /// <summary>The lock under which the tables are made and migrated, for the length of a transaction.</summary>
    public const int MigrationLock = 1;

    /// <summary>The lock that every open journal holds, shared; and alone whoever copies.</summary>
    public const int UseLock = 2;

    /// <summary>The format while a copy goes into the store, so that nobody takes a part for a market.</summary>
    public const int Unfinished = -1;

    private const int ServerVersionMin = 150_000;

    // Migration n leads from format n to n + 1. One that was ever released is never changed.
    private static readonly string[] Migrations =
        [PostgresTables.Sql + PostgresAppendFunction.Sql, PostgresPermits.Sql];

    /// <summary>
    /// Looks whether the server keeps what it is given, and brings the tables up to this program's format.
    /// </summary>
    /// <returns>The market whose store it is.</returns>
    /// <exception cref="StoreFormatException">The schema is another program's or a newer one's.</exception>
    /// <exception cref="StoreOperationException">The server may lose what it has acknowledged, or refuses.</exception>
    public static async Task<MarketId> PrepareAsync(
        NpgsqlConnection connection, PostgresJournalOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await CheckServerAsync(connection, options, cancellationToken).ConfigureAwait(false);
            return await MigrateAsync(connection, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (PostgresErrors.IsOfStorage(error))
        {
            throw PostgresErrors.OfOperation("Preparing the store's tables", error);
        }
    }

    private static async Task CheckServerAsync(
        NpgsqlConnection connection, PostgresJournalOptions options, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand(
            """
            SELECT current_setting('server_version_num')::int, pg_is_in_recovery(), current_setting('fsync'),
                current_setting('synchronous_commit'), current_setting('transaction_isolation'),
                current_setting('server_encoding')
            """,
            connection);
        await using var answer = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await answer.ReadAsync(cancellationToken).ConfigureAwait(false);
        var finding =
            answer.GetInt32(0) < ServerVersionMin ? "the server is older than PostgreSQL 15; give one of 15 or later"
            : answer.GetBoolean(1) ? "the server is a standby, which takes no writes; give the primary's address"
            : answer.GetString(2) != "on" && !options.AllowsUnsyncedServer
                ? "the server runs with fsync = off and would lose deals in a crash; set fsync = on"
            : answer.GetString(3) != "on" || answer.GetString(4) != "read committed"
                ? "the server does not take the session's settings (synchronous_commit, isolation); connect without " +
                  "a pooler in between"
            : answer.GetString(5) != "UTF8" ? "the database is not encoded in UTF8; make one with ENCODING 'UTF8'"
            : null;
        if (finding is not null)
        {
            throw new StoreFormatException(options.Address.Text, finding);
        }
    }

    private static async Task<MarketId> MigrateAsync(
        NpgsqlConnection connection, PostgresJournalOptions options, CancellationToken cancellationToken)
    {
        await using var transaction =
            await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await RunAsync(connection, Invariant($"SELECT pg_advisory_xact_lock({LockSpace}, {MigrationLock})"))
            .ConfigureAwait(false);
        var format = await ReadFormatAsync(connection, options.Address.Text, cancellationToken).ConfigureAwait(false);
        if (format == 0 && options.MustExist)
        {
            throw new StoreFormatException(options.Address.Text, "no market is in it; name the database of one");
        }

        for (; format < Format; format++)
        {
            await RunAsync(connection, Migrations[format]).ConfigureAwait(false);
        }

        await using var upsert = new NpgsqlCommand(
            """
            INSERT INTO market.store (format, market_id) VALUES ($1, $2)
            ON CONFLICT (is_only) DO UPDATE SET format = excluded.format
            RETURNING market_id
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = Format },
                new NpgsqlParameter<Guid> { TypedValue = options.NewMarketId().Value },
            },
        };
        var market = (Guid)(await upsert.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new MarketId(market);

        async Task RunAsync(NpgsqlConnection on, string sql)
        {
            await using var command = new NpgsqlCommand(sql, on);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The format of the tables; 0 where there are none.</summary>
    private static async Task<int> ReadFormatAsync(
        NpgsqlConnection connection, string address, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(
            """
            SELECT to_regclass('market.store') IS NOT NULL,
                EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'market' AND c.relname IN ('event', 'stream', 'head'))
            """,
            connection);
        bool hasStore, hasTables;
        await using (var answer = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
        {
            await answer.ReadAsync(cancellationToken).ConfigureAwait(false);
            (hasStore, hasTables) = (answer.GetBoolean(0), answer.GetBoolean(1));
        }

        if (!hasStore)
        {
            return hasTables
                ? throw new StoreFormatException(
                    address, "its schema 'market' is another program's; give a database of the market's own")
                : 0;
        }

        await using var read = new NpgsqlCommand("SELECT format FROM market.store", connection);
        var format = await read.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as int? ?? 0;
        return format is >= 0 and <= Format ? format
            : format == Unfinished ? throw new StoreFormatException(
                address, "a copy into it was broken off; run DROP SCHEMA market CASCADE there, and copy again")
            : throw new StoreFormatException(
                address, Invariant($"its format is {format} and this program's newest {Format}; use a newer program"));
    }

    /// <summary>Says that a copy goes into the store, or that it has ended well.</summary>
    public static async ValueTask<int> MarkAsync(
        NpgsqlConnection connection, bool isFinished, CancellationToken cancellationToken)
    {
        await using var update = new NpgsqlCommand("UPDATE market.store SET format = $1", connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = isFinished ? Format : Unfinished } },
        };
        return await update.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
