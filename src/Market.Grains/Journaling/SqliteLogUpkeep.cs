using SQLitePCL;

namespace Market.Grains.Journaling;

/// <summary>
/// Moves the write-ahead log into the tables from time to time. SQLite's own automatic checkpoint hides its errors; a
/// failed sync of the tables must stop the journal just as one of the log does.
/// </summary>
/// <param name="database">The writer's connection.</param>
/// <param name="pagesMax">Pages that may be written to the log before it is moved.</param>
internal sealed class SqliteLogUpkeep(SqliteDatabase database, int pagesMax)
{
    private long _pages;

    /// <summary>Moves the log when it is long enough; returns an error that must stop the journal.</summary>
    public StoreException? Checkpoint()
    {
        const int pagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE
        const int reset = 1;
        if (raw.sqlite3_db_status(database.Handle, pagesWritten, out var written, out _, reset) == raw.SQLITE_OK)
        {
            _pages += written;
        }

        if (_pages < pagesMax)
        {
            return null;
        }

        _pages = 0;
        var code = raw.sqlite3_wal_checkpoint_v2(database.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        try
        {
            database.Check(code, "Moving the write-ahead log");
            return null;
        }
        catch (StoreException error)
        {
            // Readers in the way, or no space for new pages: the log is still whole, and a later turn moves it.
            return error is StoreOperationException { Code: var failed } &&
                (failed & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL
                ? null
                : error;
        }
    }
}
