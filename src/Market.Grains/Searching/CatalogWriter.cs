using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// Writes the catalogue. Each transaction ends with the journal's position that it includes, so that after a crash
/// nothing is taken twice and nothing is left out.
/// </summary>
internal sealed class CatalogWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly CatalogKindWriter _listings;
    private readonly CatalogKindWriter _requests;
    private readonly SqliteStatement _posted;
    private readonly SqliteStatement _meta;

    public CatalogWriter(SqliteDatabase database)
    {
        _database = database;
        _listings = new CatalogKindWriter(database, CatalogKind.Listing);
        _requests = new CatalogKindWriter(database, CatalogKind.Request);
        _posted = database.Prepare("INSERT OR REPLACE INTO posted (listing, version, body) VALUES (?, ?, ?)");
        _meta = database.Prepare("UPDATE meta SET position = ?, hash = ?, listings = ?, requests = ?");
    }

    /// <summary>Takes one change in.</summary>
    public void Apply(CatalogChange change)
    {
        switch (change)
        {
            case CatalogChange.ListingPut put:
                _listings.Put(SearchDocument.Of(put.Listing));
                PutPosted(put.Listing, put.At);
                break;
            case CatalogChange.RequestPut put:
                _requests.Put(SearchDocument.Of(put.Request));
                break;
            case CatalogChange.ListingClosed closed:
                _listings.Remove(closed.Listing.Value);
                break;
            case CatalogChange.RequestClosed closed:
                _requests.Remove(closed.Request.Value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "A change that nobody knows.");
        }
    }

    /// <summary>Says up to where the journal is taken in.</summary>
    /// <param name="position">The position.</param>
    /// <param name="hash">The hash of the row there.</param>
    public void MoveTo(long position, Hash256 hash)
    {
        _meta.Bind(1, position);
        _meta.Bind(2, hash.ToArray());
        _meta.Bind(3, _listings.Count);
        _meta.Bind(4, _requests.Count);
        _meta.Run();
    }

    /// <summary>Runs one transaction, all of it or nothing.</summary>
    public void Run(Action<CatalogWriter> write)
    {
        _database.Execute("BEGIN IMMEDIATE");
        try
        {
            write(this);
            _database.Execute("COMMIT");
        }
        catch
        {
            if (!_database.IsAutocommit)
            {
                _database.Execute("ROLLBACK");
            }

            _listings.Recount();
            _requests.Recount();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listings.Dispose();
        _requests.Dispose();
        _posted.Dispose();
        _meta.Dispose();
    }

    private void PutPosted(Listing listing, LedgerTime at)
    {
        var version = new PostedVersion(listing.Version, at, listing.Draft.Currency, listing.Draft.Lines);
        _posted.Bind(1, listing.Id.Value.ToByteArray(bigEndian: true));
        _posted.Bind(2, listing.Version);
        _posted.Bind(3, WireFormat.Encode(version));
        _posted.Run();
    }
}
