using Market.Domain;
using Market.Domain.Listings;
using Npgsql;

namespace Market.Grains.Searching;

/// <summary>
/// Writes a batch within a transaction. Whoever holds the row of the position writes; all others wait, and then find
/// what was to be written there.
/// </summary>
internal sealed class PostgresCatalogWriter(NpgsqlConnection connection, CancellationToken cancellationToken)
{
    /// <summary>Takes the turn; it lasts as long as the transaction.</summary>
    /// <returns>The generation of the tables and the position up to which they have the journal.</returns>
    public async ValueTask<(long Generation, long Position)> LockAsync()
    {
        await using var command = new NpgsqlCommand(
            "SELECT generation, position FROM market.catalog_meta FOR UPDATE", connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await row.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? (row.GetInt64(0), row.GetInt64(1))
            : (0, 0);
    }

    /// <summary>Writes what comes after a position.</summary>
    public async ValueTask WriteAsync(CatalogBatch batch, long after)
    {
        var listings = new KindChanges(CatalogKind.Listing);
        var requests = new KindChanges(CatalogKind.Request);
        var posted = new Dictionary<(Guid, int), byte[]>();
        foreach (var (position, change) in batch.Changes)
        {
            if (position > after)
            {
                change.WriteTo(listings, requests, PutPosted);
            }
        }

        await PutPostedAsync(posted).ConfigureAwait(false);
        var listingsMore = await WriteAsync(listings).ConfigureAwait(false);
        var requestsMore = await WriteAsync(requests).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(
            """
            UPDATE market.catalog_meta SET
                position = $1, hash = $2, listings = listings + $3, requests = requests + $4
            """,
            connection);
        Add(command, batch.Position);
        Add(command, batch.Hash.ToArray());
        Add(command, listingsMore);
        Add(command, requestsMore);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);

        void PutPosted(Listing listing, LedgerTime at) =>
            posted[(listing.Id.Value, listing.Version)] = CatalogRows.PostedOf(listing, at);
    }

    private static void Add<T>(NpgsqlCommand command, T value) =>
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    private async ValueTask PutPostedAsync(Dictionary<(Guid Listing, int Version), byte[]> posted)
    {
        if (posted.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            """
            INSERT INTO market.catalog_posted (listing, version, body) SELECT * FROM unnest($1, $2, $3)
            ON CONFLICT (listing, version) DO UPDATE SET body = EXCLUDED.body
            """,
            connection);
        Add<Guid[]>(command, [.. posted.Keys.Select(static key => key.Listing)]);
        Add<int[]>(command, [.. posted.Keys.Select(static key => key.Version)]);
        Add<byte[][]>(command, [.. posted.Values]);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the documents of a kind; how many more there are then.</summary>
    private async ValueTask<long> WriteAsync(KindChanges changes)
    {
        var table = PostgresCatalogSchema.NameOf(changes.Kind);
        var more = 0L;
        if (changes.Removed.Count > 0)
        {
            await using var remove = new NpgsqlCommand($"DELETE FROM {table} WHERE id = ANY ($1)", connection);
            Add<Guid[]>(remove, [.. changes.Removed]);
            more -= await remove.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        if (changes.HasDocuments)
        {
            await using var put = new NpgsqlCommand(PutSql(table), connection);
            Add(put, changes.ArrayOf(static one => one.Id));
            Add(put, changes.ArrayOf(static one => one.Version));
            Add(put, changes.ArrayOf(static one => (long)one.Currency));
            Add(put, changes.ArrayOf(static one => one.PriceMinor));
            Add(put, changes.ArrayOf(static one => one.Tokens));
            Add(put, changes.ArrayOf(static one => one.Features));
            Add(put, changes.ArrayOf(static one => one.Body));
            more += await put.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long? ?? 0;
        }

        return more;
    }

    // xmax is zero of a row that was not there before.
    private static string PutSql(string table) =>
        $"""
        WITH put AS (
            INSERT INTO {table} (id, version, currency, price, words, feature, body)
            SELECT id, version, currency, price, array_to_tsvector(string_to_array(tokens, ' ')), feature, body
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS new(id, version, currency, price, tokens, feature, body)
            ON CONFLICT (id) DO UPDATE SET
                version = EXCLUDED.version, currency = EXCLUDED.currency, price = EXCLUDED.price,
                words = EXCLUDED.words, feature = EXCLUDED.feature, body = EXCLUDED.body
            WHERE {table}.version <= EXCLUDED.version
            RETURNING xmax = 0 AS is_new)
        SELECT count(*) FROM put WHERE is_new
        """;

    /// <summary>What a batch leaves of each document that it touches.</summary>
    private sealed class KindChanges(CatalogKind kind) : ICatalogDocuments
    {
        private readonly Dictionary<Guid, SearchDocument> _documents = [];

        public CatalogKind Kind => kind;

        /// <summary>What is taken out, before anything is put in.</summary>
        public HashSet<Guid> Removed { get; } = [];

        public bool HasDocuments => _documents.Count > 0;

        public void Put(SearchDocument document)
        {
            if (!_documents.TryGetValue(document.Id, out var known) || known.Version <= document.Version)
            {
                _documents[document.Id] = document;
            }
        }

        public void Remove(Guid id)
        {
            _documents.Remove(id);
            Removed.Add(id);
        }

        public T[] ArrayOf<T>(Func<SearchDocument, T> part) => [.. _documents.Values.Select(part)];
    }
}
