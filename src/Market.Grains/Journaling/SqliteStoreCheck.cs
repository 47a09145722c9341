using System.Buffers.Binary;

namespace Market.Grains.Journaling;

/// <summary>
/// Looks at a store before anything may change it: the header by plain reads, then the pages through a connection that
/// can neither write nor checkpoint. Opening an SQLite file for writing would already recover its log.
/// </summary>
internal static class SqliteStoreCheck
{
    /// <summary>Up to this size every page is checked at each start (0.1 s); above it the audit does so.</summary>
    private const long FullCheckBytesMax = 64 * 1024 * 1024;

    private const int HeaderLength = 100;

    /// <summary>Whether there is a store; throws when there is one that must not be opened.</summary>
    /// <exception cref="StoreDamagedException">Its bytes are not what was written.</exception>
    /// <exception cref="StoreFormatException">It is of another program, or of a newer version of this one.</exception>
    public static bool Exists(string path, TimeSpan busyTimeout)
    {
        if (!File.Exists(path))
        {
            return File.Exists(path + "-wal")
                ? throw new StoreDamagedException(path, "the file is missing while its write-ahead log is there")
                : false;
        }

        var hasLog = new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
        CheckHeader(path, hasLog);
        using var database =
            hasLog ? SqliteDatabase.OpenForReading(path, busyTimeout) : SqliteDatabase.OpenUnchanging(path);
        CheckPages(path, database);
        return true;
    }

    private static void CheckHeader(string path, bool hasLog)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
        {
            throw new StoreDamagedException(path, $"it ends after {file.Length} bytes");
        }

        if (!header.StartsWith("SQLite format 3\0"u8))
        {
            throw new StoreDamagedException(path, "its first bytes are not those of an SQLite file");
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[68..]) != SqliteSchema.ApplicationId)
        {
            throw new StoreFormatException(path, "it is an SQLite file, but not one of a market");
        }

        var format = BinaryPrimitives.ReadInt32BigEndian(header[60..]);
        if (format is < 1 or > SqliteSchema.Format)
        {
            throw new StoreFormatException(
                path, $"its format is {format} and this program reads 1 to {SqliteSchema.Format}; use a newer program");
        }

        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var size && size == 1 ? 65536 : size;
        var pages = BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        if (!hasLog && file.Length < pages * (long)pageSize)
        {
            throw new StoreDamagedException(path, $"it has {file.Length} bytes of {pages * (long)pageSize}");
        }
    }

    private static void CheckPages(string path, SqliteDatabase database)
    {
        if (new FileInfo(path).Length <= FullCheckBytesMax &&
            database.QueryText("PRAGMA quick_check(1)") is var finding && finding != "ok")
        {
            throw new StoreDamagedException(path, finding.ReplaceLineEndings(" ").Trim());
        }

        if (database.QueryLong("SELECT count(*) FROM sqlite_schema WHERE name IN ('event', 'stream', 'meta')") < 3)
        {
            throw new StoreDamagedException(path, "its tables are missing");
        }

        var first = database.QueryLong("SELECT min(position) FROM event");
        if (first is not (0 or 1))
        {
            throw new StoreDamagedException(path, $"its journal begins at position {first} instead of 1");
        }
    }
}
