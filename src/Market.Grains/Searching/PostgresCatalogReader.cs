using System.Data;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Npgsql;

namespace Market.Grains.Searching;

/// <summary>
/// Reads the catalogue through one connection. Every read sees whether the tables are those that were opened.
/// </summary>
internal sealed class PostgresCatalogReader(
    NpgsqlConnection connection, long generation, CancellationToken cancellationToken) : ICatalogReader
{
    private readonly PostgresKindReader _listings = new(connection, CatalogKind.Listing, cancellationToken);
    private readonly PostgresKindReader _requests = new(connection, CatalogKind.Request, cancellationToken);

    /// <inheritdoc/>
    public ICatalogKindReader Listings => _listings;

    /// <inheritdoc/>
    public ICatalogKindReader Requests => _requests;

    /// <inheritdoc/>
    public async ValueTask<TResult> AtOneMomentAsync<TResult>(Func<ICatalogReader, ValueTask<TResult>> read)
    {
        await using var transaction = await connection
            .BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await ReadPositionAsync().ConfigureAwait(false);
        return await read(this).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<(long Position, Hash256 Hash)> ReadPositionAsync()
    {
        await using var command = Command("SELECT generation, position, hash FROM market.catalog_meta");
        await using var row = await ReadRowAsync(command).ConfigureAwait(false);
        return (row.GetInt64(1), row.GetFieldValue<byte[]>(2) is { Length: Hash256.Size } hash
            ? Hash256.FromBytes(hash)
            : Hash256.Zero);
    }

    /// <inheritdoc/>
    public async ValueTask<CatalogCounts> CountAsync()
    {
        await using var command = Command("SELECT generation, listings, requests FROM market.catalog_meta");
        await using var row = await ReadRowAsync(command).ConfigureAwait(false);
        return new CatalogCounts(row.GetInt64(1), row.GetInt64(2));
    }

    /// <inheritdoc/>
    public async ValueTask<Listing?> FindListingAsync(ListingId id)
    {
        await using var command = Command(
            "SELECT generation, (SELECT body FROM market.catalog_listing WHERE id = $1) FROM market.catalog_meta");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        await using var row = await ReadRowAsync(command).ConfigureAwait(false);
        return row.IsDBNull(1) ? null : WireFormat.Decode<Listing>(row.GetFieldValue<byte[]>(1));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<byte[]>> ReadPostedAsync(ListingId listing, int afterVersion, int max)
    {
        await using var command = Command(
            "SELECT body FROM market.catalog_posted WHERE listing = $1 AND version > $2 ORDER BY version LIMIT $3");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = listing.Value });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = afterVersion });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = max });
        var versions = new List<byte[]>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            versions.Add(rows.GetFieldValue<byte[]>(0));
        }

        return versions;
    }

    private NpgsqlCommand Command(string sql) => new(sql, connection);

    private async ValueTask<NpgsqlDataReader> ReadRowAsync(NpgsqlCommand command)
    {
        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (await rows.ReadAsync(cancellationToken).ConfigureAwait(false) && rows.GetInt64(0) == generation)
        {
            return rows;
        }

        await rows.DisposeAsync().ConfigureAwait(false);
        throw new CatalogReplacedException();
    }
}
