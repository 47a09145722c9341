using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Market.Silo.Commands.Audit.Reading;
using Npgsql;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// A store in PostgreSQL, read as of one moment in a transaction that cannot write. Rows come in stretches, so that
/// what is looked up in between has the connection.
/// </summary>
internal sealed class PostgresAuditStore : AuditStore
{
    private const int NewestFormat = 2;
    private const int RowsAtOnce = 4_096;
    private const int LockSpace = 0x4D726B74; // "Mrkt": the first half of the lock that a running market holds
    private const int UseLock = 2;

    private const string Columns =
        "position, stream, version, writer, previous_writer, due_at, audience_first, audience_second, body, hash";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _moment;

    private PostgresAuditStore(NpgsqlConnection connection)
    {
        _connection = connection;
        _moment = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        using var command = Query("SET TRANSACTION READ ONLY");
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override bool IsInUse => Scalar(
        "SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid::bigint = $1 " +
        "AND objid::bigint = $2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        (long)LockSpace, (long)UseLock) is true;

    /// <inheritdoc/>
    public override string Keeper => "PostgreSQL finds a table";

    /// <summary>Opens the store of a database.</summary>
    /// <param name="database">In the form that Npgsql takes; only host, port and name of it are ever shown.</param>
    /// <exception cref="NotAuditableException">There is none, or none that this program reads.</exception>
    public static PostgresAuditStore Open(string database)
    {
        var builder = new NpgsqlConnectionStringBuilder(database)
        {
            ApplicationName = "market audit",
            Pooling = false,
            CommandTimeout = 0, // a large store takes its time
        };
        var name = string.Create(
            CultureInfo.InvariantCulture, $"postgres://{builder.Host}:{builder.Port}/{builder.Database}");
        var connection = new NpgsqlConnection(builder.ConnectionString);
        PostgresAuditStore? store = null;
        try
        {
            connection.Open();
            store = new PostgresAuditStore(connection);
            store.RequireFormat(name);
            return store;
        }
        catch (Exception error) when (error is DbException or SocketException or TimeoutException or IOException)
        {
            connection.Dispose();
            var reason = (error as PostgresException)?.MessageText ?? (error.InnerException ?? error).Message;
            throw new NotAuditableException($"'{name}' cannot be read as the store of a market: {reason}", error);
        }
        catch (NotAuditableException)
        {
            store!.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override MarketId? ReadMarket() => Scalar("SELECT market_id FROM market.store") switch
    {
        Guid id => new MarketId(id),
        byte[] { Length: 16 } id => new MarketId(new Guid(id, bigEndian: true)),
        _ => null,
    };

    /// <inheritdoc/>
    public override long ReadLastPosition() => Scalar("SELECT max(position) FROM market.event") as long? ?? 0;

    /// <inheritdoc/>
    public override long ReadLastProjected() => Scalar("SELECT max(position) FROM market.projection") as long? ?? 0;

    /// <inheritdoc/>
    public override IEnumerable<(object Number, StoredStream? Stream)> ReadStreams() =>
        All(
            "SELECT number, kind, key FROM market.stream ORDER BY number",
            static row => (row.GetValue(0), StreamOf(row)));

    /// <inheritdoc/>
    public override IEnumerable<(long Stream, long Version)> ReadSnapshots() =>
        All("SELECT stream, version FROM market.snapshot", static row => (row.GetInt64(0), row.GetInt64(1)));

    /// <inheritdoc/>
    public override IEnumerable<StoredRow> ReadRows(long after = 0) => Stretches(
        after == 0 ? long.MinValue : after,
        last => ($"WHERE position > $1 ORDER BY position LIMIT {RowsAtOnce}", [last]));

    /// <inheritdoc/>
    public override IEnumerable<StoredRow> ReadStream(long stream) => Stretches(
        long.MinValue,
        last => ($"WHERE stream = $1 AND position > $2 ORDER BY position LIMIT {RowsAtOnce}", [stream, last]));

    /// <inheritdoc/>
    public override IEnumerable<StoredRow> ReadVersion(long stream, long version) =>
        Rows("WHERE stream = $1 AND version = $2", stream, version);

    /// <inheritdoc/>
    public override IEnumerable<StoredRow> ReadPosition(long position) => Rows("WHERE position = $1", position);

    /// <inheritdoc/>
    /// <remarks>
    /// What the server knows of its own pages it tells while they are read; `initdb --data-checksums` makes it sure.
    /// </remarks>
    public override IReadOnlyList<string> CheckIntegrity() => [];

    /// <inheritdoc/>
    public override string? FindDamage()
    {
        try
        {
            var (rows, last) = ((long)Scalar("SELECT count(*) FROM market.event")!, ReadLastPosition());
            return rows == last ? null : string.Create(
                CultureInfo.InvariantCulture, $"it has {rows} rows and the last one's position is {last}");
        }
        catch (DbException error)
        {
            return error.Message;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _moment.Dispose();
        _connection.Dispose();
    }

    private static StoredStream? StreamOf(NpgsqlDataReader row)
    {
        var key = row.GetValue(2) switch
        {
            Guid id => id,
            byte[] { Length: 16 } bytes => new Guid(bytes, bigEndian: true),
            _ => (Guid?)null,
        };
        var kind = Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture);
        return key is { } found && kind is >= int.MinValue and <= int.MaxValue && Enum.IsDefined((StreamKind)kind)
            ? new StoredStream(row.GetInt64(0), (StreamKind)kind, found)
            : null;
    }

    private static void Fill(StoredRow row, NpgsqlDataReader from)
    {
        row.Defect = null;
        row.Position = from.GetInt64(0);
        row.Stream = from.GetInt64(1);
        row.Version = from.GetInt64(2);
        row.Writer = from.GetInt64(3);
        row.PreviousWriter = from.GetInt64(4);
        row.DueAt = from.IsDBNull(5) ? null : from.GetInt64(5);
        row.AudienceFirst = from.GetInt64(6);
        row.AudienceSecond = from.GetInt64(7);
        row.SetBody(from.GetFieldValue<byte[]>(8));
        row.Hash = from.GetFieldValue<byte[]>(9);
    }

    private IEnumerable<StoredRow> Stretches(long after, Func<long, (string Where, object[] Values)> next)
    {
        for (var seen = RowsAtOnce; seen == RowsAtOnce;)
        {
            var (where, values) = next(after);
            var rows = Rows(where, values);
            seen = rows.Count;
            foreach (var row in rows)
            {
                after = row.Position;
                yield return row;
            }
        }
    }

    private List<StoredRow> Rows(string where, params object[] values) => All(
        $"SELECT {Columns} FROM market.event {where}",
        static from =>
        {
            var row = new StoredRow();
            Fill(row, from);
            return row;
        },
        values);

    private List<T> All<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        using var command = Query(sql, values);
        using var reader = command.ExecuteReader();
        var all = new List<T>();
        while (reader.Read())
        {
            all.Add(read(reader));
        }

        return all;
    }

    private object? Scalar(string sql, params object[] values)
    {
        using var command = Query(sql, values);
        return command.ExecuteScalar();
    }

    private NpgsqlCommand Query(string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, _connection, _moment);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private void RequireFormat(string name)
    {
        if (Scalar("SELECT to_regclass('market.event') IS NULL OR to_regclass('market.store') IS NULL") is not false)
        {
            throw new NotAuditableException($"The database '{name}' has no market; name the database of one.");
        }

        var format = Convert.ToInt64(Scalar("SELECT format FROM market.store"), CultureInfo.InvariantCulture);
        if (format is < 1 or > NewestFormat)
        {
            throw new NotAuditableException(string.Create(
                CultureInfo.InvariantCulture,
                $"The format of '{name}' is {format} and this program reads 1 to {NewestFormat}; " +
                $"use a newer program."));
        }
    }
}
