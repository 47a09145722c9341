using System.Diagnostics;
using Market.Grains.Journaling;
using SQLitePCL;

namespace Market.Benchmarks;

/// <summary>The raw limit: the journal's rows in the journal's tables, by nothing but SQLite.</summary>
internal static class JournalRawInserts
{
    /// <summary>Inserts rows in transactions of so many; returns rows a second.</summary>
    public static async Task<double> MeasureAsync(
        int rows, int batchRows, int writers, int rowsPerStream, int bodyLength, CancellationToken cancellationToken)
    {
        using var folder = new JournalBenchmarkFolder();
        var options = new SqliteJournalOptions { DataFolder = folder.Path };
        await using (await SqliteJournal.OpenAsync(options, cancellationToken))
        {
            // Makes the tables.
        }

        return Insert(options, rows, Math.Max(1, batchRows), writers, rowsPerStream, bodyLength);
    }

    private static double Insert(
        SqliteJournalOptions options, int rows, int batchRows, int writers, int rowsPerStream, int bodyLength)
    {
        Check(raw.sqlite3_open(options.Path, out var database));
        using var opened = database;
        Check(raw.sqlite3_exec(
            database,
            "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; " +
            $"PRAGMA wal_autocheckpoint = {options.CheckpointPages}"));
        Check(raw.sqlite3_prepare_v2(database, "INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?,?)", out var insertEvent));
        Check(raw.sqlite3_prepare_v2(database, "INSERT INTO stream VALUES (?,?,?)", out var insertStream));
        using var events = insertEvent;
        using var streams = insertStream;
        var body = new byte[bodyLength];
        new Random(1).NextBytes(body);
        var hash = new byte[32];

        var watch = Stopwatch.StartNew();
        for (var row = 0; row < rows;)
        {
            Check(raw.sqlite3_exec(database, "BEGIN IMMEDIATE"));
            for (var end = Math.Min(rows, row + batchRows); row < end; row++)
            {
                // The writers take turns, and each begins a new stream when its last one is long enough.
                var turn = row / writers;
                var stream = ((long)(turn / rowsPerStream) * writers) + (row % writers) + 1;
                var version = (turn % rowsPerStream) + 1;
                if (version == 1)
                {
                    InsertStream(streams, stream);
                }

                InsertEvent(events, row + 1, stream, version, body, hash);
            }

            Check(raw.sqlite3_exec(database, "COMMIT"));
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    private static void InsertStream(sqlite3_stmt statement, long stream)
    {
        raw.sqlite3_bind_int64(statement, 1, stream);
        raw.sqlite3_bind_int64(statement, 2, 4);
        raw.sqlite3_bind_blob(statement, 3, Guid.CreateVersion7().ToByteArray(bigEndian: true));
        Check(raw.sqlite3_step(statement));
        Check(raw.sqlite3_reset(statement));
    }

    private static void InsertEvent(
        sqlite3_stmt statement, long position, long stream, long version, byte[] body, byte[] hash)
    {
        raw.sqlite3_bind_int64(statement, 1, position);
        raw.sqlite3_bind_int64(statement, 2, stream);
        raw.sqlite3_bind_int64(statement, 3, version);
        raw.sqlite3_bind_int64(statement, 4, long.MaxValue - stream);
        raw.sqlite3_bind_int64(statement, 5, version == 1 ? 0 : long.MaxValue - stream);
        raw.sqlite3_bind_int64(statement, 6, 638_000_000_000_000_000 + version);
        raw.sqlite3_bind_int64(statement, 7, stream);
        raw.sqlite3_bind_int64(statement, 8, stream + 1);
        raw.sqlite3_bind_blob(statement, 9, body);
        raw.sqlite3_bind_blob(statement, 10, hash);
        Check(raw.sqlite3_step(statement));
        Check(raw.sqlite3_reset(statement));
    }

    private static void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            throw new InvalidOperationException($"SQLite answered {code}.");
        }
    }
}
