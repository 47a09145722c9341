using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>Looks at one candidate of a search; false ends the walk.</summary>
/// <param name="document">The document's number.</param>
/// <param name="features">Its features, valid during the call.</param>
internal delegate bool CandidateVisitor(long document, FeatureView features);

/// <summary>Reads the documents of one kind.</summary>
internal sealed class CatalogKindReader : IDisposable
{
    private readonly SqliteStatement _body;
    private readonly SqliteStatement _features;
    private readonly SqliteStatement _number;
    private readonly SqliteStatement _count;
    private readonly SqliteStatement _frequency;
    private readonly SqliteStatement _matching;
    private readonly SqliteStatement _priced;
    private readonly SqliteStatement _all;

    public CatalogKindReader(SqliteDatabase database, CatalogKind kind)
    {
        var name = CatalogSchema.NameOf(kind);
        _body = database.Prepare($"SELECT body FROM {name} WHERE doc = ?");
        _features = database.Prepare($"SELECT feature FROM {name}_feature WHERE doc = ?");
        _number = database.Prepare($"SELECT doc FROM {name} WHERE id = ?");
        _count = database.Prepare($"SELECT {name}s FROM meta");
        _frequency = database.Prepare($"SELECT count(*) FROM {name}_words WHERE {name}_words MATCH ?");

        // CROSS JOIN keeps the order: SQLite would not know how few documents match.
        _matching = database.Prepare(
            $"""
            SELECT w.rowid, f.feature FROM {name}_words w CROSS JOIN {name}_feature f ON f.doc = w.rowid
            WHERE w.{name}_words MATCH ?
            """);
        _priced = database.Prepare(
            $"""
            SELECT d.doc, f.feature FROM {name} d INDEXED BY {name}_by_price
            CROSS JOIN {name}_feature f ON f.doc = d.doc
            WHERE d.currency = ? AND d.price BETWEEN ? AND ?
            """);
        _all = database.Prepare(
            $"""
            SELECT d.doc, f.feature FROM {name} d INDEXED BY {name}_by_id
            CROSS JOIN {name}_feature f ON f.doc = d.doc
            WHERE d.id > ? ORDER BY d.id
            """);
    }

    /// <summary>How many documents there are.</summary>
    public long Count()
    {
        var count = _count.Step() ? _count.GetLong(0) : 0;
        _count.Reset();
        return count;
    }

    /// <summary>The number of a document, or null.</summary>
    public long? FindNumber(Guid id)
    {
        _number.Bind(1, id.ToByteArray(bigEndian: true));
        long? number = _number.Step() ? _number.GetLong(0) : null;
        _number.Reset();
        return number;
    }

    /// <summary>A document in the wire's form; null where it is gone.</summary>
    public byte[]? ReadBody(long document)
    {
        _body.Bind(1, document);
        var body = _body.Step() ? _body.GetBlob(0).ToArray() : null;
        _body.Reset();
        return body;
    }

    /// <summary>The features of one document, to look at.</summary>
    public void Visit(long document, CandidateVisitor visit)
    {
        _features.Bind(1, document);
        if (_features.Step())
        {
            visit(document, new FeatureView(_features.GetBlob(0)));
        }

        _features.Reset();
    }

    /// <summary>How many documents have a token.</summary>
    public long FrequencyOf(string token)
    {
        _frequency.Bind(1, SearchTokens.Expression([token]));
        var frequency = _frequency.Step() ? _frequency.GetLong(0) : 0;
        _frequency.Reset();
        return frequency;
    }

    /// <summary>Looks at the documents that an expression of tokens matches.</summary>
    public void VisitMatching(string expression, CandidateVisitor visit)
    {
        _matching.Bind(1, expression);
        Visit(_matching, visit);
    }

    /// <summary>Looks at the documents with prices in a range.</summary>
    public void VisitPriced(uint currency, long minimum, long maximum, CandidateVisitor visit)
    {
        _priced.Bind(1, currency);
        _priced.Bind(2, minimum);
        _priced.Bind(3, maximum);
        Visit(_priced, visit);
    }

    /// <summary>Looks at all documents after an id, in the order of ids.</summary>
    /// <param name="after">Big-endian; empty for all.</param>
    /// <param name="visit">Looks.</param>
    public void VisitAll(ReadOnlySpan<byte> after, CandidateVisitor visit)
    {
        _all.Bind(1, after.IsEmpty ? [0] : after);
        Visit(_all, visit);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)
            [_body, _features, _number, _count, _frequency, _matching, _priced, _all])
        {
            statement.Dispose();
        }
    }

    private static void Visit(SqliteStatement candidates, CandidateVisitor visit)
    {
        try
        {
            while (candidates.Step() && visit(candidates.GetLong(0), new FeatureView(candidates.GetBlob(1))))
            {
            }
        }
        finally
        {
            candidates.Reset();
        }
    }
}
