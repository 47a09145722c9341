using System.Globalization;
using System.Text;
using Market.Grains.Searching;
using Microsoft.Data.Sqlite;

namespace Market.Grains.Tests.Searching;

public sealed class WordFoldingTests
{
    /// <summary>
    /// Letters that SQLite's tables, of an older Unicode, do not fold: Cherokee, and what came later.
    /// </summary>
    private static readonly (int First, int Last)[] Newer =
        [(0x037F, 0x037F), (0x0528, 0x052F), (0x10A0, 0x10FF), (0x13A0, 0x13FF), (0x1C80, 0x1CBF), (0x2C2F, 0x2C5F),
            (0xA698, 0xA69B), (0xA796, 0xABBF)];

    [Fact]
    public void Letters_are_folded_as_SQLites_tokenizer_folds_them()
    {
        using var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        using var setup = database.CreateCommand();
        setup.CommandText =
            """
            CREATE VIRTUAL TABLE letters USING fts5(letter, tokenize='unicode61 remove_diacritics 2');
            CREATE VIRTUAL TABLE tokens USING fts5vocab(letters, instance);
            """;
        setup.ExecuteNonQuery();
        Insert(database, Enumerable.Range(0x41, 0xFFFF - 0x41));
        var compared = 0;
        using var query = database.CreateCommand();
        query.CommandText = "SELECT doc, term FROM tokens";
        using var tokens = query.ExecuteReader();
        while (tokens.Read())
        {
            var letter = tokens.GetInt32(0);
            if (!Newer.Any(range => letter >= range.First && letter <= range.Last))
            {
                Assert.Equal(tokens.GetString(1), WordFolding.Fold(new Rune(letter)).ToString());
                compared++;
            }
        }

        Assert.True(compared > 40_000, $"Only {compared} letters were compared.");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("  ,.;  ", "")]
    [InlineData("Crème-brûlée №5", "creme brulee 5")]
    [InlineData("O'Neil's x1y2", "o neil s x1y2")]
    [InlineData("ЁЛКА Ёлка", "ёлка ёлка")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("東京 ラーメン", "東京 ラーメン")]
    [InlineData("~w0123 \ud800 a", "w0123 a")]
    public void Texts_fall_apart_into_folded_words(string text, string words)
    {
        var found = new List<string>();
        SearchWords.AddTo(found, text);
        Assert.Equal(words, string.Join(' ', found));
    }

    private static void Insert(SqliteConnection database, IEnumerable<int> letters)
    {
        using var transaction = database.BeginTransaction();
        using var insert = database.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO letters (rowid, letter) VALUES ($row, $letter)";
        var row = insert.Parameters.Add("$row", SqliteType.Integer);
        var text = insert.Parameters.Add("$letter", SqliteType.Text);
        foreach (var letter in letters)
        {
            if (Rune.TryCreate(letter, out var rune) && Rune.GetUnicodeCategory(rune) <= UnicodeCategory.OtherLetter)
            {
                row.Value = letter;
                text.Value = rune.ToString();
                insert.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }
}
