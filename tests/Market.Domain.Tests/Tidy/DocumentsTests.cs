using System.Text.RegularExpressions;

namespace Market.Domain.Tests.Tidy;

/// <summary>The documents that say what is tested name tests that exist, and leave no number out.</summary>
public sealed class DocumentsTests
{
    private static readonly HashSet<string> TestClasses =
        [.. SourceTree.Under("tests/").SelectMany(file => Regex.Matches(file.Code, @"\bclass\s+(\w+)"))
            .Select(match => match.Groups[1].Value)];

    [Theory]
    [InlineData("invariants.md", "INV-", 22)]
    [InlineData("fault-model.md", "F", 22)]
    [InlineData("../SECURITY.md", "S", 18)]
    public void Every_number_has_one_row_that_names_existing_tests_or_says_that_there_are_none(
        string document, string prefix, int count)
    {
        var rows = Read(document).Split('\n')
            .Where(line => Regex.IsMatch(line, $@"^\| {prefix}\d+ \|"))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .ToList();

        Assert.Equal(Enumerable.Range(1, count).Select(i => $"{prefix}{i}"), rows.Select(row => row[0]));
        Assert.All(rows, row =>
        {
            var named = Regex.Matches(row[^1], @"`(\w+)`").Select(match => match.Groups[1].Value).ToList();
            Assert.Empty(named.Except(TestClasses));
            Assert.True(named.Count > 0 || row[^1].Contains("not yet tested", StringComparison.Ordinal), row[0]);
        });
    }

    [Fact]
    public void Terms_are_sorted_and_each_is_there_once()
    {
        var terms = Read("terminology.md").Split('\n')
            .Where(line => Regex.IsMatch(line, @"^\| (?!word )"))
            .Select(line => line.Trim('|', ' ').Split(" | ")[0])
            .ToList();

        Assert.True(terms.Count > 50, $"Only {terms.Count} terms were read.");
        Assert.Equal(terms.Distinct().Order(StringComparer.OrdinalIgnoreCase), terms);
    }

    private static string Read(string document) => File.ReadAllText(Path.Combine(SourceTree.Root, "docs", document));
}
