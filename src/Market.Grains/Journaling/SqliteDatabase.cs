using SQLitePCL;

namespace Market.Grains.Journaling;

/// <summary>One connection to an SQLite file, used by one thread at a time, with errors as exceptions.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(string path, sqlite3 handle)
    {
        Path = path;
        Handle = handle;
    }

    public string Path { get; }

    public sqlite3 Handle { get; }

    /// <summary>Whether no transaction is open.</summary>
    public bool IsAutocommit => raw.sqlite3_get_autocommit(Handle) != 0;

    /// <summary>Opens for writing; the file is made when it is missing.</summary>
    public static SqliteDatabase OpenForWriting(string path, TimeSpan busyTimeout) =>
        Open(path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, busyTimeout);

    /// <summary>Opens for reading; closing it leaves the write-ahead log as it is.</summary>
    public static SqliteDatabase OpenForReading(string path, TimeSpan busyTimeout)
    {
        var database = Open(path, raw.SQLITE_OPEN_READONLY, busyTimeout);
        database.KeepLogOnClose();
        return database;
    }

    /// <summary>Opens a file that nobody writes and that has no log: no lock, no file beside it.</summary>
    public static SqliteDatabase OpenUnchanging(string path)
    {
        const int uri = 0x40; // SQLITE_OPEN_URI
        var address = new Uri(System.IO.Path.GetFullPath(path)).AbsoluteUri + "?immutable=1";
        return Open(address, raw.SQLITE_OPEN_READONLY | uri, TimeSpan.Zero);
    }

    /// <summary>Closing it no longer moves the write-ahead log into the tables.</summary>
    public void KeepLogOnClose()
    {
        const int noCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
        Check(raw.sqlite3_db_config(Handle, noCheckpointOnClose, 1, out _), "Configuring");
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql), sql);

    public SqliteStatement Prepare(string sql)
    {
        const uint persistent = 1; // SQLITE_PREPARE_PERSISTENT: it lives as long as the connection
        Check(raw.sqlite3_prepare_v3(Handle, sql, persistent, out var statement), sql);
        return new SqliteStatement(this, statement);
    }

    /// <summary>The first column of the first row, or 0 when there is none or it is null.</summary>
    public long QueryLong(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.GetLong(0) : 0;
    }

    public string QueryText(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.GetText(0) : "";
    }

    /// <summary>Throws what a result code that is no success means.</summary>
    public void Check(int code, string operation)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return;
        }

        throw ErrorOf(code, operation);
    }

    /// <summary>Whether a code says that the file is not what SQLite wrote.</summary>
    public static bool IsDamage(int code) => (code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public void Dispose() => Handle.Dispose();

    private static SqliteDatabase Open(string path, int flags, TimeSpan busyTimeout)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new SqliteDatabase(path, handle);
        try
        {
            database.Check(code, $"Opening '{path}'");
            raw.sqlite3_extended_result_codes(handle, 1);
            database.Check(raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds), "Opening");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private StoreException ErrorOf(int code, string operation)
    {
        var message = raw.sqlite3_errmsg(Handle).utf8_to_string();
        return IsDamage(code)
            ? new StoreDamagedException(Path, message)
            : new StoreOperationException(operation, message, code);
    }
}
