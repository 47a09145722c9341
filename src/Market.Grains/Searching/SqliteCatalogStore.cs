using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// The catalogue's database: one writer, and readers beside it that see what is committed. Without a folder it is in
/// memory, and its one connection serves one call at a time.
/// </summary>
internal sealed class SqliteCatalogStore : ICatalogStore
{
    private const int ReadersKept = 8;

    private readonly Lock _gate = new();
    private readonly Stack<SqliteCatalogReader> _idle = new();
    private readonly string? _path;
    private readonly SqliteDatabase _database;
    private readonly SqliteCatalogWriter _writer;
    private readonly SqliteCatalogReader? _only;
    private readonly SemaphoreSlim _turn = new(1, 1); // of the one connection, where there is only one
    private bool _isClosed;

    private SqliteCatalogStore(string? path, SqliteDatabase database)
    {
        _path = path;
        _database = database;
        _writer = new SqliteCatalogWriter(database);
        _only = path is null ? new SqliteCatalogReader(database) : null;
    }

    /// <inheritdoc/>
    public bool IsNew { get; private init; }

    /// <summary>Opens it, or makes it where it is missing, damaged or of another format.</summary>
    /// <param name="folder">Its folder; null for memory.</param>
    /// <param name="isFresh">Whether to make it anew in any case.</param>
    /// <exception cref="StoreException">The storage refused.</exception>
    public static SqliteCatalogStore Open(string? folder, bool isFresh = false)
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
    public async ValueTask<TResult> ReadAsync<TResult>(
        Func<ICatalogReader, ValueTask<TResult>> read, CancellationToken cancellationToken = default)
    {
        if (_only is not null)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                ObjectDisposedException.ThrowIf(_isClosed, this);
                return await read(_only).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }

        var reader = Lend();
        var isSound = false;
        try
        {
            var result = await read(reader).ConfigureAwait(false);
            isSound = true;
            return result;
        }
        finally
        {
            GiveBack(reader, isSound);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Its folder is one process's, so nobody else can have written the batch.</remarks>
    public async ValueTask WriteAsync(CatalogBatch batch, CancellationToken cancellationToken = default)
    {
        if (_only is null)
        {
            _writer.Run(batch);
            return;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _writer.Run(batch);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
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

        _turn.Release(); // whoever waits for a turn finds it closed
    }

    private static SqliteCatalogStore? TryOpen(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        SqliteDatabase? database = null;
        try
        {
            database = OpenDatabase(path);
            if (SqliteCatalogSchema.IsOurs(database))
            {
                return new SqliteCatalogStore(path, database);
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

    private static SqliteCatalogStore Create(string? path)
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
            SqliteCatalogSchema.Create(database);
            return new SqliteCatalogStore(path, database) { IsNew = true };
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
        var database = SqliteDatabase.OpenForWriting(path, SqliteCatalogReader.BusyTimeout);
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

    private SqliteCatalogReader Lend()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_idle.TryPop(out var reader))
            {
                return reader;
            }
        }

        return SqliteCatalogReader.Open(_path!);
    }

    private void GiveBack(SqliteCatalogReader reader, bool isSound)
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
