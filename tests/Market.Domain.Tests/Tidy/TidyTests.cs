using System.Text.RegularExpressions;

namespace Market.Domain.Tests.Tidy;

/// <summary>How the code reads, as limits that a test holds.</summary>
public sealed class TidyTests
{
    private const int FileLinesMax = 450;
    private const int FileLinesAt95Percent = 300;
    private const int FileLinesMedian = 80;
    private const int ColumnsMax = 120;
    private const int MemberLinesMax = 60;

    // In parts, so that this file is not found by its own test.
    private static readonly string[] BannedWords =
        ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "Not" + "ImplementedException", "Thread" + ".Sleep"];

    [Fact]
    public void The_tests_see_the_whole_repository()
    {
        Assert.True(SourceTree.Source.Count() > 100, $"Only {SourceTree.Source.Count()} files under src.");
        Assert.Contains(SourceTree.Files, file => file.Path == "src/Market.Domain/Money.cs");
    }

    [Fact]
    public void No_file_is_long_and_most_are_short()
    {
        AssertNone(SourceTree.Files
            .Where(file => file.Lines.Length > FileLinesMax)
            .Select(file => $"{file.Path}: {file.Lines.Length} lines, at most {FileLinesMax}"));

        var lengths = SourceTree.Source.Select(file => file.Lines.Length).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, FileLinesMedian);
        Assert.InRange(lengths[lengths.Count * 95 / 100], 1, FileLinesAt95Percent);
    }

    [Fact]
    public void No_line_is_wider_than_a_page() => AssertNone(
        from file in SourceTree.Files
        from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
        where line.Text.Length > ColumnsMax
        select $"{file.Path}:{line.Number}: {line.Text.Length} columns, at most {ColumnsMax}");

    [Fact]
    public void No_member_is_longer_than_a_screen() => AssertNone(
        from file in SourceTree.Files
        from member in SourceScanner.MembersOf(file.Code)
        where !member.IsData && member.Length > MemberLinesMax
        select $"{file.Path}:{member.Line}: {member.Length} lines, at most {MemberLinesMax}");

    [Fact]
    public void Nothing_is_left_undone_or_slept_over() => AssertNone(
        from file in SourceTree.Files
        from word in BannedWords
        from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
        where Regex.IsMatch(line.Text, $@"\b{Regex.Escape(word)}\b")
        select $"{file.Path}:{line.Number}: {word}");

    private static void AssertNone(IEnumerable<string> findings) => Assert.Empty(findings);
}
