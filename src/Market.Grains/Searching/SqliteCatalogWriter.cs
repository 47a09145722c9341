using Market.Domain;
using Market.Domain.Listings;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// Writes the catalogue. Each transaction ends with the journal's position that it includes, so that after a crash
/// nothing is taken twice and nothing is left out.
/// </summary>
internal sealed class SqliteCatalogWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteKindWriter _listings;
    private readonly SqliteKindWriter _requests;
    private readonly SqliteStatement _posted;
    private readonly SqliteStatement _meta;

    public SqliteCatalogWriter(SqliteDatabase database)
    {
        _database = database;
        _listings = new SqliteKindWriter(database, CatalogKind.Listing);
        _requests = new SqliteKindWriter(database, CatalogKind.Request);
        _posted = database.Prepare("INSERT OR REPLACE INTO posted (listing, version, body) VALUES (?, ?, ?)");
        _meta = database.Prepare("UPDATE meta SET position = ?, hash = ?, listings = ?, requests = ?");
    }

    /// <summary>Takes a batch in, all of it or nothing.</summary>
    public void Run(CatalogBatch batch)
    {
        _database.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var (_, change) in batch.Changes)
            {
                change.WriteTo(_listings, _requests, PutPosted);
            }

            MoveTo(batch.Position, batch.Hash);
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

    private void MoveTo(long position, Hash256 hash)
    {
        _meta.Bind(1, position);
        _meta.Bind(2, hash.ToArray());
        _meta.Bind(3, _listings.Count);
        _meta.Bind(4, _requests.Count);
        _meta.Run();
    }

    private void PutPosted(Listing listing, LedgerTime at)
    {
        _posted.Bind(1, listing.Id.Value.ToByteArray(bigEndian: true));
        _posted.Bind(2, listing.Version);
        _posted.Bind(3, CatalogRows.PostedOf(listing, at));
        _posted.Run();
    }
}
