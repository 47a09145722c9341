using System.Globalization;
using Market.Silo.Commands.Audit.Reading;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// A data folder's store. One that a server has open is read as of one moment; one that nobody has open is read
/// without any file being made.
/// </summary>
internal sealed class SqliteAuditStore : AuditStore
{
    private const string FileName = "market.sqlite";
    private const string LockName = "market.lock";
    private const int ApplicationId = 0x4D726B74; // "Mrkt"
    private const int NewestFormat = 1;
    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE

    private readonly string _connectionString;
    private readonly string? _wholeFile; // null where a log may hold what the file does not yet
    private readonly FileStream? _lock;
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _moment;

    private SqliteAuditStore(string path, bool hasLog, FileStream? heldLock, bool isInUse)
    {
        IsInUse = isInUse;
        _connectionString = ConnectionStringOf(path, hasLog);
        _wholeFile = hasLog ? null : path;
        _lock = heldLock;
        _connection = Connect();
        _moment = _connection.BeginTransaction(deferred: true);
    }

    /// <inheritdoc/>
    public override bool IsInUse { get; }

    /// <inheritdoc/>
    public override string Keeper => "SQLite finds the file";

    /// <summary>Opens the store of a folder.</summary>
    /// <exception cref="NotAuditableException">There is none, or none that this program reads.</exception>
    public static SqliteAuditStore Open(string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, FileName));
        if (!Directory.Exists(folder))
        {
            throw new NotAuditableException($"There is no folder '{folder}'; name the data folder of a market.");
        }

        if (!File.Exists(path))
        {
            throw new NotAuditableException(
                $"The folder '{folder}' has no {FileName}; name the data folder of a market.");
        }

        SqliteAuditStore? store = null;
        FileStream? heldLock = null;
        try
        {
            heldLock = ShareLock(Path.Combine(folder, LockName), out var isInUse);
            store = new SqliteAuditStore(path, isInUse || HasLog(path), heldLock, isInUse);
            store.RequireFormat(path);
            return store;
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            store?.Dispose();
            heldLock?.Dispose();
            throw new NotAuditableException(
                $"'{path}' cannot be read as the store of a market: {error.Message}", error);
        }
        catch (NotAuditableException)
        {
            store!.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override MarketId? ReadMarket()
    {
        using var command = Query("SELECT value FROM meta WHERE name = 'market_id'");
        return command.ExecuteScalar() is byte[] { Length: 16 } id ? new MarketId(new Guid(id, bigEndian: true)) : null;
    }

    /// <inheritdoc/>
    public override long ReadLastPosition() => ReadLong("SELECT max(position) FROM event");

    /// <inheritdoc/>
    public override long ReadLastProjected() => ReadLong("SELECT max(position) FROM projection");

    /// <inheritdoc/>
    public override IEnumerable<(object Number, StoredStream? Stream)> ReadStreams() =>
        Read("SELECT number, kind, key FROM stream ORDER BY number")
            .Select(static row => (row.GetValue(0), StreamOf(row)));

    /// <inheritdoc/>
    public override IEnumerable<(long Stream, long Version)> ReadSnapshots() =>
        Read("SELECT stream, version FROM snapshot").Select(static row => (row.GetInt64(0), row.GetInt64(1)));

    /// <inheritdoc/>
    public override IEnumerable<StoredRow> ReadRows(long after = 0) =>
        ReadWhere(after == 0 ? "" : FormattableString.Invariant($"WHERE position > {after}"));

    /// <inheritdoc/>
    public override IEnumerable<StoredRow> ReadStream(long stream) =>
        ReadWhere(FormattableString.Invariant($"WHERE stream = {stream}"));

    /// <inheritdoc/>
    public override IEnumerable<StoredRow> ReadVersion(long stream, long version) =>
        ReadWhere(FormattableString.Invariant($"WHERE stream = {stream} AND version = {version}"));

    /// <inheritdoc/>
    public override IEnumerable<StoredRow> ReadPosition(long position) =>
        ReadWhere(FormattableString.Invariant($"WHERE position = {position}"));

    /// <summary>
    /// SQLite's own check of its pages and indexes, through a connection of its own, so that it can run beside a read.
    /// Empty where all is well.
    /// </summary>
    public override IReadOnlyList<string> CheckIntegrity()
    {
        var findings = new List<string>();
        try
        {
            using var connection = Connect();
            findings.AddRange(Read(connection, "PRAGMA integrity_check(20)")
                .Select(static row => row.GetString(0).ReplaceLineEndings(" ").Trim()));
            if (findings is ["ok"])
            {
                findings.Clear();
                AddCut(connection, findings);
            }
        }
        catch (SqliteException error)
        {
            findings.Add(error.Message);
        }

        return findings;
    }

    /// <inheritdoc/>
    public override string? FindDamage()
    {
        try
        {
            var finding = Read("PRAGMA quick_check(1)").Select(static row => row.GetString(0)).First();
            return finding == "ok" ? null : finding.ReplaceLineEndings(" ").Trim();
        }
        catch (SqliteException error)
        {
            return error.Message;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _moment.Dispose();
        _connection.Dispose();
        _lock?.Dispose();
    }

    private IEnumerable<StoredRow> ReadWhere(string where)
    {
        using var command = Query(
            "SELECT position, stream, version, writer, previous_writer, due_at, audience_first, audience_second, " +
            $"body, hash FROM event {where} ORDER BY position");
        using var reader = command.ExecuteReader();
        var row = new StoredRow();
        while (reader.Read())
        {
            StoredRowReader.Fill(row, reader.Handle!);
            yield return row;
        }
    }

    private long ReadLong(string sql)
    {
        using var command = Query(sql);
        return command.ExecuteScalar() is long value ? value : 0;
    }

    private IEnumerable<SqliteDataReader> Read(string sql)
    {
        using var command = Query(sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    private static StoredStream? StreamOf(SqliteDataReader row) =>
        row.GetValue(0) is long number && row.GetValue(1) is long kind && row.GetValue(2) is byte[] { Length: 16 } key
            && kind is >= int.MinValue and <= int.MaxValue && Enum.IsDefined((StreamKind)kind)
                ? new StoredStream(number, (StreamKind)kind, new Guid(key, bigEndian: true))
                : null;

    // SQLite reads zeros where a last page is cut short, and so misses a cut of bytes that were zeros.
    private void AddCut(SqliteConnection connection, List<string> findings)
    {
        if (_wholeFile is null)
        {
            return;
        }

        var pages = Read(connection, "PRAGMA page_count").Sum(static row => row.GetInt64(0));
        var due = pages * Read(connection, "PRAGMA page_size").Sum(static row => row.GetInt64(0));
        var length = new FileInfo(_wholeFile).Length;
        if (length < due)
        {
            findings.Add(string.Create(
                CultureInfo.InvariantCulture, $"it has {length} bytes and should have {due}"));
        }
    }

    private void RequireFormat(string path)
    {
        if (ReadLong("PRAGMA application_id") != ApplicationId)
        {
            throw new NotAuditableException($"'{path}' is an SQLite file, but not the store of a market.");
        }

        var format = ReadLong("PRAGMA user_version");
        if (format is < 1 or > NewestFormat)
        {
            throw new NotAuditableException(string.Create(
                CultureInfo.InvariantCulture,
                $"The format of '{path}' is {format} and this program reads 1 to {NewestFormat}; " +
                $"use a newer program."));
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            _ = raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, 1, out _);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static IEnumerable<SqliteDataReader> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    private SqliteCommand Query(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _moment;
        return command;
    }

    /// <summary>
    /// Keeps a server from starting while the audit reads, as long as the folder has a lock that nobody holds.
    /// </summary>
    private static FileStream? ShareLock(string path, out bool isInUse)
    {
        isInUse = false;
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (IOException)
        {
            // A server has it: the store is then read as any other reader of it reads it, as of one moment.
            isInUse = true;
            return null;
        }
    }

    private static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    // Without a write-ahead log nothing else than the file counts, and SQLite need not make its files beside it.
    private static string ConnectionStringOf(string path, bool hasLog) => new SqliteConnectionStringBuilder
    {
        DataSource = hasLog ? path : new Uri(path).AbsoluteUri + "?immutable=1",
        Mode = SqliteOpenMode.ReadOnly,
        Pooling = false,
    }.ToString();
}
