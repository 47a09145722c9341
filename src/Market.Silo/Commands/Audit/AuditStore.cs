using System.Globalization;
using Market.Silo.Commands.Audit.Reading;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// A data folder's store, opened for reading alone and by SQL of its own: nothing of the write side is asked. A store
/// that a server has open is read as of one moment; one that nobody has open is read without any file being made.
/// </summary>
internal sealed class AuditStore : IDisposable
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

    private AuditStore(string path, bool hasLog, FileStream? heldLock)
    {
        _connectionString = ConnectionStringOf(path, hasLog);
        _wholeFile = hasLog ? null : path;
        _lock = heldLock;
        _connection = Connect();
        _moment = _connection.BeginTransaction(deferred: true);
    }

    /// <summary>Whether a server has it open.</summary>
    public bool IsInUse { get; private init; }

    /// <summary>Opens the store of a folder.</summary>
    /// <exception cref="NotAuditableException">There is none, or none that this program reads.</exception>
    public static AuditStore Open(string folder)
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

        AuditStore? store = null;
        FileStream? heldLock = null;
        try
        {
            heldLock = ShareLock(Path.Combine(folder, LockName), out var isInUse);
            store = new AuditStore(path, isInUse || HasLog(path), heldLock) { IsInUse = isInUse };
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

    /// <summary>The market, or null where the store does not name one.</summary>
    public MarketId? ReadMarket()
    {
        using var command = Query("SELECT value FROM meta WHERE name = 'market_id'");
        return command.ExecuteScalar() is byte[] { Length: 16 } id ? new MarketId(new Guid(id, bigEndian: true)) : null;
    }

    /// <summary>A number of the store; 0 where there is none.</summary>
    public long ReadLong(string sql)
    {
        using var command = Query(sql);
        return command.ExecuteScalar() is long value ? value : 0;
    }

    /// <summary>What a query gives, row by row.</summary>
    public IEnumerable<SqliteDataReader> Read(string sql)
    {
        using var command = Query(sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    /// <summary>Every event row in order of position; each is the same instance, filled again.</summary>
    public IEnumerable<StoredRow> ReadRows(string where = "")
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

    /// <summary>
    /// SQLite's own check of its pages and indexes, through a connection of its own, so that it can run beside a read.
    /// Empty where all is well.
    /// </summary>
    public IReadOnlyList<string> CheckIntegrity()
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

    /// <summary>The first damage of SQLite's own quick look at its pages; null where it finds none.</summary>
    public string? FindDamage()
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

    public void Dispose()
    {
        _moment.Dispose();
        _connection.Dispose();
        _lock?.Dispose();
    }

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
