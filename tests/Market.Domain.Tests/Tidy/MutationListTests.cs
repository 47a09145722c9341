using System.Text.RegularExpressions;
using Market.Mutations;

namespace Market.Domain.Tests.Tidy;

/// <summary>The list of deliberate defects fits the source, and its document fits the list.</summary>
public sealed class MutationListTests
{
    private static readonly IReadOnlyList<Defect> Defects =
        Defect.ReadAll(Path.Combine(SourceTree.Root, "tests", "Market.Mutations", "defects.yaml"));

    [Fact]
    public void Every_defect_can_be_planted_and_changes_the_source()
    {
        Assert.True(Defects.Count >= 15, $"Only {Defects.Count} defects are listed.");
        Assert.All(Defects, defect =>
        {
            var source = File.ReadAllText(Path.Combine(SourceTree.Root, defect.File));
            Assert.NotEqual(source, defect.Plant(source));
        });
    }

    [Fact]
    public void The_document_lists_the_same_defects_and_test_classes_that_exist()
    {
        var rows = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "mutations.md"))
            .Where(line => Regex.IsMatch(line, @"^\| .*` \|$"))
            .ToList();
        Assert.Equal(
            Defects.Select(defect => $"| {defect.Name} | {defect.Breaks} | `{defect.CaughtBy}` |"), rows);
        Assert.All(Defects, defect => Assert.Contains(
            SourceTree.Under($"{defect.Project}/"),
            file => Regex.IsMatch(file.Code, $@"\bclass\s+{defect.CaughtBy}\b")));
    }

    [Fact]
    public void A_text_that_is_not_there_or_there_twice_is_refused()
    {
        var defect = Defects[0] with { Before = "twice" };

        Assert.Throws<DefectException>(() => defect.Plant("once"));
        Assert.Throws<DefectException>(() => defect.Plant("twice twice"));
        Assert.Equal($"a {defect.After} b", defect.Plant("a twice b"));
    }
}
