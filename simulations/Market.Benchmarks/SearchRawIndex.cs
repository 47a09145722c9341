using System.Globalization;
using Market.Domain.Listings;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Microsoft.Data.Sqlite;

namespace Market.Benchmarks;

/// <summary>
/// The peer: SQLite's full-text index as its manual uses it, over the same listings. Its fields are columns with the
/// weights that ours have, its own bm25 ranks, category and price are columns of the joined table.
/// </summary>
internal sealed class SearchRawIndex : IDisposable
{
    private readonly SqliteConnection _connection;

    public SearchRawIndex(string folder)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "raw.db")};Pooling=False");
        _connection.Open();
        Execute(
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA mmap_size = 1073741824;
            PRAGMA cache_size = -32000;
            CREATE TABLE doc (number INTEGER PRIMARY KEY, category TEXT, price INTEGER, body BLOB);
            CREATE VIRTUAL TABLE words USING fts5(
                title, category, line, attributes, description, content='', tokenize='unicode61 remove_diacritics 2');
            """);
    }

    /// <summary>Takes listings in, many in one transaction.</summary>
    public void Add(IEnumerable<Listing> listings)
    {
        using var transaction = _connection.BeginTransaction();
        using var doc = Command("INSERT INTO doc VALUES ($0, $1, $2, $3)", 4);
        using var words = Command(
            "INSERT INTO words (rowid, title, category, line, attributes, description) VALUES ($0, $1, $2, $3, $4, $5)",
            6);
        foreach (var listing in listings)
        {
            var draft = listing.Draft;
            Run(doc, null, draft.Category, draft.Lines[0].UnitPriceMinor, WireFormat.Encode(listing));
            using var last = Command("SELECT last_insert_rowid()", 0);
            Run(
                words, last.ExecuteScalar(), draft.Title, draft.Category, draft.Lines[0].Name,
                string.Join(" ; ", draft.Attributes.Select(static a => $"{a.Name} {a.Value}")), draft.Description);
        }

        transaction.Commit();
    }

    /// <summary>The query as SQL; null for one without words, which needs no full-text index.</summary>
    public SqliteCommand? CommandOf(SearchListings query)
    {
        if (query.Text is null)
        {
            return null;
        }

        var match = string.Join(" AND ", query.Text.Split(' ').Select(static word => $"\"{word}\"").Concat(
            query.Attributes.Select(static a => $"attributes : \"{a.Name} {a.Value}\"")));
        var command = _connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT d.number, d.body FROM words w JOIN doc d ON d.number = w.rowid WHERE w.words MATCH $match
            {(query.Category is null ? "" : "AND d.category = $category")}
            {(query.PriceMinMinor is { } least ? $"AND d.price BETWEEN {least} AND {query.PriceMaxMinor}" : "")}
            ORDER BY bm25(words, 8, 4, 4, 2, 1) LIMIT {query.CountMax + 1}
            """);
        command.Parameters.AddWithValue("$match", match);
        command.Parameters.AddWithValue("$category", (object?)query.Category ?? DBNull.Value);
        command.Prepare();
        return command;
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"${i}"), null));
        }

        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }
}
