using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// One connection that reads the catalogue, with its prepared statements; used by one call at a time.
/// </summary>
internal sealed class CatalogReader : IDisposable
{
    /// <summary>How long a read or a write waits for another connection's lock.</summary>
    public static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    private readonly SqliteDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly CatalogKindReader _listings;
    private readonly CatalogKindReader _requests;
    private readonly SqliteStatement _posted;
    private readonly SqliteStatement _meta;

    /// <summary>Reads through a connection that somebody else closes.</summary>
    public CatalogReader(SqliteDatabase database)
        : this(database, ownsDatabase: false)
    {
    }

    private CatalogReader(SqliteDatabase database, bool ownsDatabase)
    {
        _database = database;
        _ownsDatabase = ownsDatabase;
        _listings = new CatalogKindReader(database, CatalogKind.Listing);
        _requests = new CatalogKindReader(database, CatalogKind.Request);
        _posted = database.Prepare(
            "SELECT body FROM posted WHERE listing = ? AND version > ? ORDER BY version LIMIT ?");
        _meta = database.Prepare("SELECT position, hash FROM meta");
    }

    /// <summary>Opens a connection of its own.</summary>
    public static CatalogReader Open(string path)
    {
        var database = SqliteDatabase.OpenForReading(path, BusyTimeout);
        try
        {
            database.Execute("PRAGMA mmap_size = 1073741824"); // a page in place costs no system call
            return new CatalogReader(database, ownsDatabase: true);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Listings.</summary>
    public CatalogKindReader Listings => _listings;

    /// <summary>Requests.</summary>
    public CatalogKindReader Requests => _requests;

    /// <summary>Runs several reads that all see the same moment.</summary>
    public TResult AtOneMoment<TResult>(Func<CatalogReader, TResult> read)
    {
        _database.Execute("BEGIN");
        try
        {
            return read(this);
        }
        finally
        {
            _database.Execute("ROLLBACK"); // nothing was written: it only ends the read, whatever became of it
        }
    }

    /// <summary>Up to where the journal is taken in, and the hash of the row there.</summary>
    public (long Position, Hash256 Hash) ReadPosition()
    {
        var found = _meta.Step() ? (_meta.GetLong(0), HashOf(_meta.GetBlob(1))) : default;
        _meta.Reset();
        return found;
    }

    /// <summary>A listing as its seller wrote it, or null.</summary>
    public Listing? FindListing(ListingId id) =>
        _listings.FindNumber(id.Value) is { } number && _listings.ReadBody(number) is { } body
            ? WireFormat.Decode<Listing>(body)
            : null;

    /// <summary>Posted prices of a listing after a version, in the wire's form.</summary>
    public List<byte[]> ReadPosted(ListingId listing, int afterVersion, int max)
    {
        var versions = new List<byte[]>();
        _posted.Bind(1, listing.Value.ToByteArray(bigEndian: true));
        _posted.Bind(2, afterVersion);
        _posted.Bind(3, max);
        while (_posted.Step())
        {
            versions.Add(_posted.GetBlob(0).ToArray());
        }

        _posted.Reset();
        return versions;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listings.Dispose();
        _requests.Dispose();
        _posted.Dispose();
        _meta.Dispose();
        if (_ownsDatabase)
        {
            _database.Dispose();
        }
    }

    private static Hash256 HashOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Hash256.Size ? Hash256.FromBytes(bytes) : Hash256.Zero;
}
