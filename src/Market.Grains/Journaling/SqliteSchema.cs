using System.Globalization;
using Market.Domain;

namespace Market.Grains.Journaling;

/// <summary>
/// The tables of a store, made and migrated by the program; the format's number is SQLite's user_version.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>The format that this program writes, and the newest that it reads.</summary>
    public const int Format = 1;

    /// <summary>Marks the file as ours in SQLite's header: "Mrkt".</summary>
    public const int ApplicationId = 0x4D726B74;

    private const string MarketIdName = "market_id";

    // Migration n leads from format n to n + 1. One that was ever released is never changed.
    //
    // Rows grow at the end of the event table (by position) and of the stream table (by number, and by time-ordered
    // key), since SQLite writes growing keys several times as fast as random ones.
    private static readonly string[] Migrations =
    [
        """
        CREATE TABLE event (
            position INTEGER PRIMARY KEY,
            stream INTEGER NOT NULL,
            version INTEGER NOT NULL,
            writer INTEGER NOT NULL,
            previous_writer INTEGER NOT NULL,
            due_at INTEGER,
            audience_first INTEGER NOT NULL,
            audience_second INTEGER NOT NULL,
            body BLOB NOT NULL,
            hash BLOB NOT NULL);
        CREATE UNIQUE INDEX event_by_stream ON event (stream, version);
        CREATE TABLE stream (number INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key BLOB NOT NULL);
        CREATE UNIQUE INDEX stream_by_key ON stream (kind, key);
        CREATE TABLE snapshot (
            stream INTEGER PRIMARY KEY,
            version INTEGER NOT NULL,
            format INTEGER NOT NULL,
            state_hash BLOB NOT NULL,
            state BLOB NOT NULL);
        CREATE TABLE snapshot_part (
            stream INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL);
        CREATE UNIQUE INDEX snapshot_part_by_number ON snapshot_part (stream, number);
        CREATE TABLE projection (name TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, state BLOB NOT NULL);
        CREATE TABLE meta (name TEXT NOT NULL UNIQUE, value BLOB NOT NULL);
        """,
    ];

    /// <summary>
    /// Makes a new store aside and moves it into place, so that a store is either whole or not there. Its name becomes
    /// durable with the first sync of its write-ahead log, which syncs the folder too.
    /// </summary>
    public static void Create(string path, Guid marketId)
    {
        var aside = path + ".new";
        File.Delete(aside);
        File.Delete(aside + "-journal");
        using (var database = SqliteDatabase.OpenForWriting(aside, TimeSpan.Zero))
        {
            database.Execute($"PRAGMA application_id = {ApplicationId.ToString(CultureInfo.InvariantCulture)}");
            database.Execute("PRAGMA synchronous = FULL");
            Migrate(database);
            using (var insert = database.Prepare("INSERT INTO meta (name, value) VALUES (?, ?)"))
            {
                insert.Bind(1, MarketIdName);
                insert.Bind(2, marketId.ToByteArray(bigEndian: true));
                insert.Run();
            }

            database.Execute("PRAGMA journal_mode = WAL");
        }

        File.Move(aside, path);
    }

    /// <summary>Brings a store of an older format up to this one, each step in a transaction of its own.</summary>
    public static void Migrate(SqliteDatabase database)
    {
        for (var format = database.QueryLong("PRAGMA user_version"); format < Format; format++)
        {
            var next = (format + 1).ToString(CultureInfo.InvariantCulture);
            database.Execute($"BEGIN IMMEDIATE; {Migrations[format]} PRAGMA user_version = {next}; COMMIT;");
        }
    }

    /// <summary>The market whose store it is.</summary>
    public static MarketId ReadMarketId(SqliteDatabase database)
    {
        using var query = database.Prepare("SELECT value FROM meta WHERE name = ?");
        query.Bind(1, MarketIdName);
        if (!query.Step() || query.GetBlob(0) is not { Length: 16 } id)
        {
            throw new StoreDamagedException(database.Path, "it does not name its market");
        }

        return new MarketId(new Guid(id, bigEndian: true));
    }
}
