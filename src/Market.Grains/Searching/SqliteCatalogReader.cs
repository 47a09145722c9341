using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// One connection that reads the catalogue, with its prepared statements; used by one call at a time.
/// </summary>
internal sealed class SqliteCatalogReader : ICatalogReader, IDisposable
{
    /// <summary>How long a read or a write waits for another connection's lock.</summary>
    public static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    private readonly SqliteDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly SqliteKindReader _listings;
    private readonly SqliteKindReader _requests;
    private readonly SqliteStatement _posted;
    private readonly SqliteStatement _meta;

    /// <summary>Reads through a connection that somebody else closes.</summary>
    public SqliteCatalogReader(SqliteDatabase database)
        : this(database, ownsDatabase: false)
    {
    }

    private SqliteCatalogReader(SqliteDatabase database, bool ownsDatabase)
    {
        _database = database;
        _ownsDatabase = ownsDatabase;
        _listings = new SqliteKindReader(database, CatalogKind.Listing);
        _requests = new SqliteKindReader(database, CatalogKind.Request);
        _posted = database.Prepare(
            "SELECT body FROM posted WHERE listing = ? AND version > ? ORDER BY version LIMIT ?");
        _meta = database.Prepare("SELECT position, hash FROM meta");
    }

    /// <summary>Opens a connection of its own.</summary>
    public static SqliteCatalogReader Open(string path)
    {
        var database = SqliteDatabase.OpenForReading(path, BusyTimeout);
        try
        {
            database.Execute("PRAGMA mmap_size = 1073741824"); // a page in place costs no system call
            return new SqliteCatalogReader(database, ownsDatabase: true);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ICatalogKindReader Listings => _listings;

    /// <inheritdoc/>
    public ICatalogKindReader Requests => _requests;

    /// <inheritdoc/>
    public async ValueTask<TResult> AtOneMomentAsync<TResult>(Func<ICatalogReader, ValueTask<TResult>> read)
    {
        _database.Execute("BEGIN");
        try
        {
            return await read(this).ConfigureAwait(false);
        }
        finally
        {
            _database.Execute("ROLLBACK"); // nothing was written: it only ends the read, whatever became of it
        }
    }

    /// <inheritdoc/>
    public ValueTask<(long Position, Hash256 Hash)> ReadPositionAsync()
    {
        var found = _meta.Step() ? (_meta.GetLong(0), HashOf(_meta.GetBlob(1))) : default;
        _meta.Reset();
        return ValueTask.FromResult(found);
    }

    /// <inheritdoc/>
    public async ValueTask<CatalogCounts> CountAsync() =>
        new(await _listings.CountAsync().ConfigureAwait(false), await _requests.CountAsync().ConfigureAwait(false));

    /// <inheritdoc/>
    public ValueTask<Listing?> FindListingAsync(ListingId id) => ValueTask.FromResult(
        _listings.FindBody(id.Value) is { } body ? WireFormat.Decode<Listing>(body) : null);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<byte[]>> ReadPostedAsync(ListingId listing, int afterVersion, int max)
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
        return ValueTask.FromResult<IReadOnlyList<byte[]>>(versions);
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
