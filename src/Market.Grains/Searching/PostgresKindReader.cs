using System.Buffers;
using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;

namespace Market.Grains.Searching;

/// <summary>Reads the documents of one kind from PostgreSQL.</summary>
internal sealed class PostgresKindReader(
    NpgsqlConnection connection, CatalogKind kind, CancellationToken cancellationToken) : ICatalogKindReader
{
    private const int WalkedAtOnce = 256;

    private readonly string _table = PostgresCatalogSchema.NameOf(kind);

    /// <inheritdoc/>
    public async ValueTask<long> CountAsync()
    {
        await using var command = Command(
            $"SELECT {(kind == CatalogKind.Listing ? "listings" : "requests")} FROM market.catalog_meta");
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long? ?? 0;
    }

    /// <inheritdoc/>
    public async ValueTask<long[]> FrequenciesOfAsync(IReadOnlyList<string> tokens)
    {
        await using var command = Command(
            $"""
            SELECT (SELECT count(*) FROM {_table} WHERE words @@ asked.token::tsquery)
            FROM unnest($1) WITH ORDINALITY AS asked(token, place) ORDER BY asked.place
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. tokens.Select(static token => ExpressionOf([token], any: false))],
        });
        var frequencies = new List<long>(tokens.Count);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            frequencies.Add(rows.GetInt64(0));
        }

        return [.. frequencies];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<byte[]?>> ReadBodiesAsync(IReadOnlyList<long> documents)
    {
        var bodies = new byte[]?[documents.Count];
        if (bodies.Length == 0)
        {
            return bodies;
        }

        await using var command = Command(
            $"""
            SELECT asked.place, found.body FROM unnest($1) WITH ORDINALITY AS asked(doc, place)
            JOIN {_table} AS found ON found.doc = asked.doc
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. documents] });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            bodies[rows.GetInt64(0) - 1] = rows.GetFieldValue<byte[]>(1);
        }

        return bodies;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> VisitAsync(Guid id, CandidateVisitor visit)
    {
        await using var command = Command($"SELECT doc, feature FROM {_table} WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return await VisitAsync(command, visit).ConfigureAwait(false) > 0;
    }

    /// <inheritdoc/>
    public async ValueTask VisitMatchingAsync(IReadOnlyList<string> tokens, bool any, CandidateVisitor visit)
    {
        await using var command = Command($"SELECT doc, feature FROM {_table} WHERE words @@ $1::tsquery");
        command.Parameters.Add(new NpgsqlParameter<string>
        {
            TypedValue = ExpressionOf(tokens, any),
            NpgsqlDbType = NpgsqlDbType.Text,
        });
        await VisitAsync(command, visit).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask VisitPricedAsync(uint currency, long minimum, long maximum, CandidateVisitor visit)
    {
        await using var command = Command(
            $"SELECT doc, feature FROM {_table} WHERE currency = $1 AND price BETWEEN $2 AND $3");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = currency });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = minimum });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = maximum });
        await VisitAsync(command, visit).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>In stretches, since a walk mostly ends early, and a server sends what it was asked for.</remarks>
    public async ValueTask VisitAllAsync(UInt128? after, CandidateVisitor visit)
    {
        var last = after is { } id ? IdOf(id) : (Guid?)null;
        var isOver = false;
        for (var seen = WalkedAtOnce; seen == WalkedAtOnce && !isOver;)
        {
            await using var command = Command(
                $"SELECT doc, feature FROM {_table} {(last is null ? "" : "WHERE id > $1")} " +
                $"ORDER BY id LIMIT {WalkedAtOnce}");
            if (last is { } from)
            {
                command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from });
            }

            seen = await VisitAsync(command, (document, features) =>
            {
                last = IdOf(features.Id);
                isOver = !visit(document, features);
                return !isOver;
            }).ConfigureAwait(false);
        }
    }

    /// <summary>Tokens as a tsquery: each a quoted lexeme, which no dictionary or parser of texts looks at.</summary>
    private static string ExpressionOf(IReadOnlyList<string> tokens, bool any) =>
        '\'' + string.Join(any ? "' | '" : "' & '", tokens) + '\'';

    private static Guid IdOf(UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return new Guid(bytes, bigEndian: true);
    }

    private NpgsqlCommand Command(string sql) => new(sql, connection);

    /// <summary>Looks at what a command finds; how many rows that were.</summary>
    private async ValueTask<int> VisitAsync(NpgsqlCommand command, CandidateVisitor visit)
    {
        var seen = 0;
        var bytes = ArrayPool<byte>.Shared.Rent(4_096);
        try
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                seen++;
                var length = (int)rows.GetBytes(1, 0, null, 0, 0);
                if (length > bytes.Length)
                {
                    ArrayPool<byte>.Shared.Return(bytes);
                    bytes = ArrayPool<byte>.Shared.Rent(length);
                }

                rows.GetBytes(1, 0, bytes, 0, length);
                if (!visit(rows.GetInt64(0), new FeatureView(bytes.AsSpan(0, length))))
                {
                    break;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return seen;
    }
}
