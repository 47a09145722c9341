using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// The catalogue's database: one writer, and readers beside it that see what is committed. Without a folder it is in
/// memory, and its one connection serves one call at a time.
/// </summary>
internal sealed class CatalogFile : IDisposable
{
    private const int ReadersKept = 8;

    private readonly Lock _gate = new();
    private readonly Stack<CatalogReader> _idle = new();
    private readonly string? _path;
    private readonly SqliteDatabase _database;
    private readonly CatalogWriter _writer;
    private readonly CatalogReader? _only;
    private bool _isClosed;

    private CatalogFile(string? path, SqliteDatabase database)
    {
        _path = path;
        _database = database;
        _writer = new CatalogWriter(database);
        _only = path is null ? new CatalogReader(database) : null;
    }

    /// <summary>Whether it was made anew, since there was none, or none that could be used.</summary>
    public bool IsNew { get; private init; }

    /// <summary>Opens it, or makes it where it is missing, damaged or of another format.</summary>
    /// <param name="folder">Its folder; null for memory.</param>
    /// <param name="isFresh">Whether to make it anew in any case.</param>
    /// <exception cref="StoreException">The storage refused.</exception>
    public static CatalogFile Open(string? folder, bool isFresh = false)
    {
        if (folder is null)
        {
            return Create(null);
        }

        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, SqliteCatalog.FileName);
        return (isFresh ? null : TryOpen(path)) ?? Create(path);
    }

    /// <summary>Runs one read; several run side by side where there is a file.</summary>
    public TResult Read<TResult>(Func<CatalogReader, TResult> read)
    {
        if (_only is not null)
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                return read(_only);
            }
        }

        var reader = Lend();
        var isSound = false;
        try
        {
            var result = read(reader);
            isSound = true;
            return result;
        }
        finally
        {
            GiveBack(reader, isSound);
        }
    }

    /// <summary>Runs one transaction of the writer, all of it or nothing.</summary>
    public void Write(Action<CatalogWriter> write)
    {
        if (_only is null)
        {
            _writer.Run(write);
            return;
        }

        lock (_gate)
        {
            _writer.Run(write);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            while (_idle.TryPop(out var reader))
            {
                reader.Dispose();
            }

            _only?.Dispose();
            _writer.Dispose();
            _database.Dispose();
        }
    }

    private static CatalogFile? TryOpen(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        SqliteDatabase? database = null;
        try
        {
            database = OpenDatabase(path);
            if (CatalogSchema.IsOurs(database))
            {
                return new CatalogFile(path, database);
            }
        }
        catch (Exception error) when (error is StoreDamagedException or StoreOperationException { Code: SqliteError })
        {
            // It is never the truth: what cannot be read, or lacks a table, is made again.
        }

        database?.Dispose();
        return null;
    }

    private const int SqliteError = 1; // SQLITE_ERROR: among others, no such table

    private static CatalogFile Create(string? path)
    {
        if (path is not null)
        {
            foreach (var end in (ReadOnlySpan<string>)["", "-wal", "-shm", "-journal"])
            {
                File.Delete(path + end);
            }
        }

        var database = path is null ? SqliteDatabase.OpenForWriting(":memory:", TimeSpan.Zero) : OpenDatabase(path);
        try
        {
            CatalogSchema.Create(database);
            return new CatalogFile(path, database) { IsNew = true };
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the file for writing. NORMAL: what a loss of power takes from it is at its end, and is read again.
    /// </summary>
    private static SqliteDatabase OpenDatabase(string path)
    {
        var database = SqliteDatabase.OpenForWriting(path, CatalogReader.BusyTimeout);
        try
        {
            database.Execute(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; " +
                "PRAGMA cache_size = -32000");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private CatalogReader Lend()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_idle.TryPop(out var reader))
            {
                return reader;
            }
        }

        return CatalogReader.Open(_path!);
    }

    private void GiveBack(CatalogReader reader, bool isSound)
    {
        lock (_gate)
        {
            if (isSound && !_isClosed && _idle.Count < ReadersKept)
            {
                _idle.Push(reader);
                return;
            }
        }

        reader.Dispose();
    }
}
