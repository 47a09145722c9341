using System.Buffers.Binary;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>Reads the documents of one kind. Nothing here waits: SQLite is in the process.</summary>
internal sealed class SqliteKindReader : ICatalogKindReader, IDisposable
{
    private readonly SqliteStatement _body;
    private readonly SqliteStatement _features;
    private readonly SqliteStatement _number;
    private readonly SqliteStatement _count;
    private readonly SqliteStatement _frequency;
    private readonly SqliteStatement _matching;
    private readonly SqliteStatement _priced;
    private readonly SqliteStatement _all;

    public SqliteKindReader(SqliteDatabase database, CatalogKind kind)
    {
        var name = SqliteCatalogSchema.NameOf(kind);
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

    /// <inheritdoc/>
    public ValueTask<long> CountAsync()
    {
        var count = _count.Step() ? _count.GetLong(0) : 0;
        _count.Reset();
        return ValueTask.FromResult(count);
    }

    /// <inheritdoc/>
    public ValueTask<long[]> FrequenciesOfAsync(IReadOnlyList<string> tokens)
    {
        var frequencies = new long[tokens.Count];
        for (var i = 0; i < tokens.Count; i++)
        {
            _frequency.Bind(1, ExpressionOf([tokens[i]], any: false));
            frequencies[i] = _frequency.Step() ? _frequency.GetLong(0) : 0;
            _frequency.Reset();
        }

        return ValueTask.FromResult(frequencies);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<byte[]?>> ReadBodiesAsync(IReadOnlyList<long> documents)
    {
        var bodies = new byte[]?[documents.Count];
        for (var i = 0; i < bodies.Length; i++)
        {
            bodies[i] = ReadBody(documents[i]);
        }

        return ValueTask.FromResult<IReadOnlyList<byte[]?>>(bodies);
    }

    /// <summary>The document of an id in the wire's form, or null.</summary>
    public byte[]? FindBody(Guid id) => FindNumber(id) is { } number ? ReadBody(number) : null;

    /// <inheritdoc/>
    public ValueTask<bool> VisitAsync(Guid id, CandidateVisitor visit)
    {
        if (FindNumber(id) is not { } document)
        {
            return ValueTask.FromResult(false);
        }

        _features.Bind(1, document);
        var isThere = _features.Step();
        if (isThere)
        {
            visit(document, new FeatureView(_features.GetBlob(0)));
        }

        _features.Reset();
        return ValueTask.FromResult(isThere);
    }

    /// <inheritdoc/>
    public ValueTask VisitMatchingAsync(IReadOnlyList<string> tokens, bool any, CandidateVisitor visit)
    {
        _matching.Bind(1, ExpressionOf(tokens, any));
        Visit(_matching, visit);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask VisitPricedAsync(uint currency, long minimum, long maximum, CandidateVisitor visit)
    {
        _priced.Bind(1, currency);
        _priced.Bind(2, minimum);
        _priced.Bind(3, maximum);
        Visit(_priced, visit);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask VisitAllAsync(UInt128? after, CandidateVisitor visit)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(id, after ?? 0);
        _all.Bind(1, after is null ? [0] : id); // a single zero comes before every id
        Visit(_all, visit);
        return ValueTask.CompletedTask;
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

    /// <summary>Tokens as an expression of the full-text index.</summary>
    private static string ExpressionOf(IReadOnlyList<string> tokens, bool any) =>
        '"' + string.Join(any ? "\" OR \"" : "\" AND \"", tokens) + '"';

    private long? FindNumber(Guid id)
    {
        _number.Bind(1, id.ToByteArray(bigEndian: true));
        long? number = _number.Step() ? _number.GetLong(0) : null;
        _number.Reset();
        return number;
    }

    private byte[]? ReadBody(long document)
    {
        _body.Bind(1, document);
        var body = _body.Step() ? _body.GetBlob(0).ToArray() : null;
        _body.Reset();
        return body;
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
