using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>Writes the documents of one kind.</summary>
internal sealed class SqliteKindWriter : ICatalogDocuments, IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly CatalogKind _kind;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _put;
    private readonly SqliteStatement _putFeature;
    private readonly SqliteStatement _addWords;
    private readonly SqliteStatement _removeWords;
    private readonly SqliteStatement _remove;
    private readonly SqliteStatement _removeFeature;
    private long _last;

    public SqliteKindWriter(SqliteDatabase database, CatalogKind kind)
    {
        _database = database;
        _kind = kind;
        var name = SqliteCatalogSchema.NameOf(kind);
        _find = database.Prepare($"SELECT doc, version, body FROM {name} WHERE id = ?");
        _put = database.Prepare(
            $"INSERT OR REPLACE INTO {name} (doc, id, version, currency, price, body) VALUES (?, ?, ?, ?, ?, ?)");
        _putFeature = database.Prepare($"INSERT OR REPLACE INTO {name}_feature (doc, feature) VALUES (?, ?)");
        _addWords = database.Prepare($"INSERT INTO {name}_words (rowid, words) VALUES (?, ?)");
        _removeWords = database.Prepare(
            $"INSERT INTO {name}_words ({name}_words, rowid, words) VALUES ('delete', ?, ?)");
        _remove = database.Prepare($"DELETE FROM {name} WHERE doc = ?");
        _removeFeature = database.Prepare($"DELETE FROM {name}_feature WHERE doc = ?");
        Recount();
    }

    /// <summary>Documents that there are.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public void Put(SearchDocument document)
    {
        var number = _last + 1;
        if (Find(document.Id) is { } known)
        {
            if (known.Version > document.Version)
            {
                return;
            }

            number = known.Number;
            RemoveWords(known);
        }
        else
        {
            _last = number;
            Count++;
        }

        _put.Bind(1, number);
        _put.Bind(2, document.Id.ToByteArray(bigEndian: true));
        _put.Bind(3, document.Version);
        _put.Bind(4, document.Currency);
        _put.Bind(5, document.PriceMinor);
        _put.Bind(6, document.Body);
        _put.Run();
        _putFeature.Bind(1, number);
        _putFeature.Bind(2, document.Features);
        _putFeature.Run();
        _addWords.Bind(1, number);
        _addWords.Bind(2, document.Tokens);
        _addWords.Run();
    }

    /// <summary>Takes a document out; nothing where it is not there.</summary>
    public void Remove(Guid id)
    {
        if (Find(id) is not { } known)
        {
            return;
        }

        RemoveWords(known);
        _remove.Bind(1, known.Number);
        _remove.Run();
        _removeFeature.Bind(1, known.Number);
        _removeFeature.Run();
        Count--;
    }

    /// <summary>Reads again what it knows of its tables, after a transaction that was rolled back.</summary>
    public void Recount()
    {
        var name = SqliteCatalogSchema.NameOf(_kind);
        _last = _database.QueryLong($"SELECT max(doc) FROM {name}");
        Count = _database.QueryLong($"SELECT {name}s FROM meta");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)
            [_find, _put, _putFeature, _addWords, _removeWords, _remove, _removeFeature])
        {
            statement.Dispose();
        }
    }

    private (long Number, long Version, byte[] Body)? Find(Guid id)
    {
        _find.Bind(1, id.ToByteArray(bigEndian: true));
        (long, long, byte[])? found = _find.Step()
            ? (_find.GetLong(0), _find.GetLong(1), _find.GetBlob(2).ToArray())
            : null;
        _find.Reset();
        return found;
    }

    /// <summary>The index keeps no text, so what it is to forget is said to it again.</summary>
    private void RemoveWords((long Number, long Version, byte[] Body) known)
    {
        var document = _kind == CatalogKind.Listing
            ? SearchDocument.Of(WireFormat.Decode<Listing>(known.Body))
            : SearchDocument.Of(WireFormat.Decode<Request>(known.Body));
        _removeWords.Bind(1, known.Number);
        _removeWords.Bind(2, document.Tokens);
        _removeWords.Run();
    }
}
