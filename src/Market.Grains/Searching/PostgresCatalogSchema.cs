using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Market.Grains.Searching;

/// <summary>
/// The catalogue's tables in PostgreSQL. They are never migrated: those of another format are made again from the
/// journal. Each making has a random generation, by which every process sees that another one made them again.
/// <para>Of a document everything that a search reads is in its row; its body, which only a page of results needs, is
/// kept apart by PostgreSQL itself. The index of tokens is over a tsvector made of an array: no parser, no dictionary
/// and no configuration of languages has a part in it.</para>
/// </summary>
internal static class PostgresCatalogSchema
{
    /// <summary>
    /// The format that this program reads and writes; one more whenever documents are made otherwise.
    /// </summary>
    public const int Format = 1;

    private const long AdvisoryLock = 0x4D636174_0000_0001; // "Mcat": held while tables are made

    /// <summary>Name of a kind's table.</summary>
    public static string NameOf(CatalogKind kind) =>
        kind == CatalogKind.Listing ? "market.catalog_listing" : "market.catalog_request";

    /// <summary>Opens the tables, or makes them.</summary>
    /// <param name="database">Where they are.</param>
    /// <param name="isFresh">
    /// Whether to make them again even where they could be used; not where another process has done so already.
    /// </param>
    /// <param name="known">Their generation when they were opened last; null for never.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Their generation, and whether they were made now.</returns>
    public static async ValueTask<(long Generation, bool IsNew)> OpenAsync(
        NpgsqlDataSource database, bool isFresh, long? known, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var generation = await FindAsync(connection, cancellationToken).ConfigureAwait(false);
        if (IsUsable(generation, isFresh, known))
        {
            return (generation!.Value, false);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock($1)", cancellationToken, AdvisoryLock)
            .ConfigureAwait(false);
        generation = await FindAsync(connection, cancellationToken).ConfigureAwait(false);
        if (IsUsable(generation, isFresh, known))
        {
            return (generation!.Value, false); // another process was first
        }

        var made = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue;
        await MakeSchemaAsync(connection, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(connection, TablesSql(), cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            connection, "INSERT INTO market.catalog_meta VALUES (true, $1, $2, 0, '', 0, 0)", cancellationToken,
            Format, made).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return (made, true);
    }

    /// <summary>Only where it is missing: to make it takes a right that a role need not have later.</summary>
    private static async ValueTask MakeSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand("SELECT to_regnamespace('market') IS NULL", connection);
        if (await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
        {
            await ExecuteAsync(connection, "CREATE SCHEMA market", cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsUsable(long? generation, bool isFresh, long? known) =>
        generation is not null && (!isFresh || (known is not null && known != generation));

    /// <summary>The generation of tables of this format; null where there are none.</summary>
    private static async ValueTask<long?> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using (var exists = new NpgsqlCommand(
            """
            SELECT count(*) FROM (VALUES
                ('market.catalog_meta'), ('market.catalog_listing'), ('market.catalog_request'),
                ('market.catalog_posted')) AS wanted(name)
            WHERE to_regclass(wanted.name) IS NOT NULL
            """,
            connection))
        {
            if (await exists.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not 4L)
            {
                return null;
            }
        }

        await using var command = new NpgsqlCommand(
            string.Create(
                CultureInfo.InvariantCulture, $"SELECT generation FROM market.catalog_meta WHERE format = {Format}"),
            connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long?;
    }

    private static string IndexOf(CatalogKind kind) => NameOf(kind)["market.".Length..];

    private static string TablesSql()
    {
        var kinds = string.Concat(
            ((ReadOnlySpan<CatalogKind>)[CatalogKind.Listing, CatalogKind.Request]).ToArray().Select(static kind =>
                $"""
                DROP TABLE IF EXISTS {NameOf(kind)};
                CREATE TABLE {NameOf(kind)} (
                    doc bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    id uuid NOT NULL UNIQUE,
                    version integer NOT NULL,
                    currency bigint NOT NULL,
                    price bigint NOT NULL,
                    words tsvector NOT NULL,
                    feature bytea NOT NULL,
                    body bytea NOT NULL) WITH (toast_tuple_target = 512);
                ALTER TABLE {NameOf(kind)} ALTER body SET STORAGE EXTERNAL, ALTER feature SET STORAGE MAIN,
                    ALTER words SET STORAGE MAIN;
                CREATE INDEX {IndexOf(kind)}_by_words ON {NameOf(kind)}
                    USING gin (words) WITH (gin_pending_list_limit = 256);
                CREATE INDEX {IndexOf(kind)}_by_price ON {NameOf(kind)} (currency, price);

                """));
        return kinds +
            """
            DROP TABLE IF EXISTS market.catalog_posted;
            CREATE TABLE market.catalog_posted (
                listing uuid NOT NULL, version integer NOT NULL, body bytea NOT NULL, PRIMARY KEY (listing, version));
            DROP TABLE IF EXISTS market.catalog_meta;
            CREATE TABLE market.catalog_meta (
                one boolean PRIMARY KEY CHECK (one),
                format integer NOT NULL,
                generation bigint NOT NULL,
                position bigint NOT NULL,
                hash bytea NOT NULL,
                listings bigint NOT NULL,
                requests bigint NOT NULL);
            """;
    }

    private static async ValueTask ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
