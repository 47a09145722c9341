using SQLitePCL;

namespace Market.Grains.Journaling;

/// <summary>
/// Writes batches into an SQLite store. It fences each row against its stream's head, which it keeps in memory as long
/// as SQLite says that no other connection has written.
/// </summary>
internal sealed class SqliteBatchWriter : IBatchWriter
{
    private const int CachedStreamsMax = 131_072;

    private readonly SqliteDatabase _database;
    private readonly SqliteReaderPool _readers;
    private readonly StreamHeadCache _heads = new(CachedStreamsMax);
    private readonly SqliteLogUpkeep _log;
    private readonly SqliteEventInsert _events;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _dataVersion;
    private readonly SqliteStatement _lastPosition;
    private readonly SqliteStatement _insertStream;
    private readonly SqliteStatement _findHead;
    private long _seenDataVersion = -1;
    private long _head;
    private Exception? _stoppedBy;

    public SqliteBatchWriter(SqliteDatabase database, SqliteReaderPool readers, int checkpointPages)
    {
        _database = database;
        _readers = readers;
        database.Execute("PRAGMA synchronous = FULL");
        database.Execute("PRAGMA wal_autocheckpoint = 0"); // ours reports its errors, SQLite's does not
        // Splitting a page of an index makes SQLite walk its whole cache at the next commit, which small acts pay for;
        // a smaller cache is paid for by deals, which touch more streams. With this one both are fast enough.
        database.Execute("PRAGMA cache_size = -16384");
        database.Execute("PRAGMA temp_store = MEMORY");
        _log = new SqliteLogUpkeep(database, checkpointPages);
        _events = new SqliteEventInsert(database);
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _rollback = database.Prepare("ROLLBACK");
        _dataVersion = database.Prepare("PRAGMA data_version");
        _lastPosition = database.Prepare("SELECT max(position) FROM event");
        _insertStream = database.Prepare("INSERT OR IGNORE INTO stream (number, kind, key) VALUES (?, ?, ?)");
        _findHead = database.Prepare(
            "SELECT version, writer FROM event WHERE stream = ? ORDER BY version DESC LIMIT 1");
    }

    public BatchResult Write(ReadOnlySpan<PendingAppend> batch, Span<AppendOutcome> outcomes)
    {
        if (_stoppedBy is not null)
        {
            return Fail(outcomes, _stoppedBy);
        }

        int appended;
        try
        {
            _begin.Run();
            NoticeOtherWriters();
            appended = Insert(batch, outcomes);
        }
        catch (StoreException error)
        {
            RollBack(error);
            return Fail(outcomes, error);
        }

        return appended == 0 ? EndEmpty() : Commit(outcomes, appended);
    }

    public void Maintain()
    {
        if (_stoppedBy is null)
        {
            if (_log.Checkpoint() is { } error)
            {
                Stop(error);
            }
        }
    }

    /// <summary>Runs a change other than an append in a transaction of its own.</summary>
    public void Run(Action change)
    {
        if (_stoppedBy is not null)
        {
            throw StoppedStore();
        }

        try
        {
            _begin.Run();
            change();
        }
        catch (StoreException error)
        {
            RollBack(error);
            throw;
        }

        if (TryCommit() is { } refused)
        {
            throw refused;
        }
    }

    /// <summary>Closes the readers first: with its last connection SQLite moves the log into the tables.</summary>
    public void Dispose()
    {
        _readers.Dispose();
        foreach (IDisposable statement in (ReadOnlySpan<IDisposable>)
            [_events, _begin, _commit, _rollback, _dataVersion, _lastPosition, _insertStream, _findHead])
        {
            statement.Dispose();
        }

        _database.Dispose();
    }

    private static BatchResult Fail(Span<AppendOutcome> outcomes, Exception error)
    {
        outcomes.Fill(AppendOutcome.Failed);
        return new BatchResult(0, error);
    }

    private StoreOperationException StoppedStore() =>
        new("Writing", $"the journal has stopped and must be opened again: {_stoppedBy!.Message}", raw.SQLITE_ERROR);

    private void NoticeOtherWriters()
    {
        _dataVersion.Step();
        var dataVersion = _dataVersion.GetLong(0);
        _dataVersion.Reset();
        if (dataVersion == _seenDataVersion)
        {
            return;
        }

        _heads.Clear();
        _lastPosition.Step();
        _head = _lastPosition.GetLong(0);
        _lastPosition.Reset();
        _seenDataVersion = dataVersion;
    }

    private int Insert(ReadOnlySpan<PendingAppend> batch, Span<AppendOutcome> outcomes)
    {
        var appended = 0;
        for (var i = 0; i < batch.Length; i++)
        {
            var row = batch[i].Row;
            if (!Follows(batch[i], row))
            {
                outcomes[i] = AppendOutcome.Conflict;
                continue;
            }

            appended++;
            outcomes[i] = AppendOutcome.Appended;
            _events.Add(row, _head + appended);
            _heads.Set(row.Stream, new FencingHead(row.Version, row.Writer));
        }

        _events.Flush();
        return appended;
    }

    /// <summary>Whether the row's predecessor is its stream's head; a first row takes the stream's identity.</summary>
    private bool Follows(PendingAppend append, JournalRow row)
    {
        if (row.Version == 1)
        {
            return row.PreviousWriter == 0 && TakeIdentity(append, row.Stream);
        }

        if (!_heads.TryGet(row.Stream, out var head))
        {
            // A stream's rows may still wait in the insert only when its head is in the cache, so the table is enough.
            _findHead.Bind(1, row.Stream);
            head = _findHead.Step() ? new FencingHead(_findHead.GetLong(0), _findHead.GetLong(1)) : default;
            _findHead.Reset();
        }

        return row.Version == head.Version + 1 && row.PreviousWriter == head.Writer;
    }

    private bool TakeIdentity(PendingAppend append, long stream)
    {
        Span<byte> key = stackalloc byte[16];
        append.Grain.Key.TryWriteBytes(key, bigEndian: true, out _);
        _insertStream.Bind(1, stream);
        _insertStream.Bind(2, (long)append.Grain.Kind);
        _insertStream.Bind(3, key);
        _insertStream.Run();
        return raw.sqlite3_changes(_database.Handle) == 1;
    }

    /// <summary>Refuses whatever follows, and leaves the log as it is for whoever opens the store again.</summary>
    private void Stop(Exception error)
    {
        _stoppedBy = error;
        _database.KeepLogOnClose();
    }

    private BatchResult EndEmpty()
    {
        RollBack(null);
        return default;
    }

    private BatchResult Commit(Span<AppendOutcome> outcomes, int appended)
    {
        if (TryCommit() is { } error)
        {
            if (_stoppedBy is null)
            {
                return Fail(outcomes, error);
            }

            outcomes.Replace(AppendOutcome.Appended, AppendOutcome.Unknown);
            return new BatchResult(0, error);
        }

        var first = _head + 1;
        _head += appended;
        return new BatchResult(first, null);
    }

    /// <summary>
    /// Commits; returns the error after which it is certainly undone, or after which the journal has stopped.
    /// </summary>
    private StoreException? TryCommit()
    {
        try
        {
            _commit.Run();
            return null;
        }
        catch (StoreException error)
        {
            // A full disk is found when the log is written, before its commit frame is whole: the rows are certainly
            // not there. After any other error, a failed sync above all, nobody can know, and trying again would prove
            // nothing.
            if (error is StoreOperationException { Code: raw.SQLITE_FULL })
            {
                RollBack(error);
            }
            else
            {
                Stop(error);
            }

            return error;
        }
    }

    private void RollBack(Exception? cause)
    {
        _events.Discard();
        _heads.Clear();
        if (_database.IsAutocommit)
        {
            return; // SQLite has rolled back by itself, or the transaction never began
        }

        try
        {
            _rollback.Run();
        }
        catch (StoreException error)
        {
            Stop(cause ?? error);
        }
    }
}
