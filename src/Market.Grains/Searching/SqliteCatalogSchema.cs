using System.Globalization;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// The catalogue's tables. Its file is never migrated: one of another format is made again from the journal.
/// <para>For each kind: the documents by a number that grows (the full-text index wants growing ones), their features
/// in a table of their own, so that a search reads few pages, and the full-text index, which keeps no text and no
/// places of words, only which documents have which token.</para>
/// </summary>
internal static class SqliteCatalogSchema
{
    /// <summary>Marks the file as a market's catalogue in SQLite's header: "Mcat".</summary>
    public const int ApplicationId = 0x4D636174;

    /// <summary>
    /// The format that this program reads and writes; one more whenever documents are made otherwise.
    /// </summary>
    public const int Format = 1;

    /// <summary>Name of a kind's tables.</summary>
    public static string NameOf(CatalogKind kind) => kind == CatalogKind.Listing ? "listing" : "request";

    /// <summary>Whether a file has these tables and is whole, as far as can be told quickly.</summary>
    public static bool IsOurs(SqliteDatabase database) =>
        database.QueryLong("PRAGMA application_id") == ApplicationId
        && database.QueryLong("PRAGMA user_version") == Format
        && database.QueryLong("SELECT count(*) FROM meta") == 1;

    /// <summary>Makes the tables in an empty file.</summary>
    public static void Create(SqliteDatabase database)
    {
        database.Execute("BEGIN IMMEDIATE");
        foreach (var kind in (ReadOnlySpan<CatalogKind>)[CatalogKind.Listing, CatalogKind.Request])
        {
            var name = NameOf(kind);
            database.Execute(
                $"""
                CREATE TABLE {name} (
                    doc INTEGER PRIMARY KEY,
                    id BLOB NOT NULL,
                    version INTEGER NOT NULL,
                    currency INTEGER NOT NULL,
                    price INTEGER NOT NULL,
                    body BLOB NOT NULL);
                CREATE UNIQUE INDEX {name}_by_id ON {name} (id);
                CREATE INDEX {name}_by_price ON {name} (currency, price);
                CREATE TABLE {name}_feature (doc INTEGER PRIMARY KEY, feature BLOB NOT NULL);
                CREATE VIRTUAL TABLE {name}_words USING fts5(
                    words, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '~'");
                """);
        }

        database.Execute(
            """
            CREATE TABLE posted (
                listing BLOB NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL,
                PRIMARY KEY (listing, version)) WITHOUT ROWID;
            CREATE TABLE meta (
                position INTEGER NOT NULL, hash BLOB NOT NULL, listings INTEGER NOT NULL, requests INTEGER NOT NULL);
            INSERT INTO meta VALUES (0, x'', 0, 0);
            """);
        database.Execute(string.Create(
            CultureInfo.InvariantCulture,
            $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Format}; COMMIT"));
    }
}
