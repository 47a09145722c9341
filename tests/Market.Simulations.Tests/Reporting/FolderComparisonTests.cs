using System.Text.Json;
using Market.Simulations.Reporting;
using Market.Simulations.Results;
using Market.Simulations.Tests.Statistics;

namespace Market.Simulations.Tests.Reporting;

public sealed class FolderComparisonTests
{
    private static readonly IReadOnlyList<NegotiationRow> Before =
        SomeRows.Tournament(6, ["a", "b"], static (s, i, j) => (0.1 * s) + (0.01 * i) + (0.001 * j));

    private static readonly IReadOnlyList<NegotiationRow> After =
        [.. SomeRows
            .Tournament(6, ["a", "b"], static (s, i, j) => (0.1 * s) + (0.01 * i) + (0.001 * j) + (i == 0 ? 0.2 : 0))
            .Select(static row => row.Parties.Any(static party => party.Strategy == "a")
                ? row with { Digest = "0" + row.Digest[1..^1] + "f" }
                : row)];

    [Fact]
    public void A_run_is_the_same_as_itself()
    {
        var comparison = Compare(Before, Before);

        Assert.True(comparison.IsSame);
        Assert.Empty(comparison.Settings);
        Assert.Empty(comparison.Different);
        Assert.All(comparison.Strategies, static strategy => Assert.Equal(0, strategy.Difference.Value));
    }

    [Fact]
    public void Differences_are_second_minus_first_matched_by_scenario()
    {
        var comparison = Compare(Before, After);
        var a = comparison.Strategies.Single(static strategy => strategy.First == "a");
        var b = comparison.Strategies.Single(static strategy => strategy.First == "b");

        Assert.Equal(0.2, a.Difference.Value!.Value, 12);
        Assert.Equal(2.0 / 64, a.Wilcoxon.P, 12);
        Assert.Equal(4.0 / 64, a.AdjustedP, 12);
        Assert.Equal(0, b.Difference.Value!.Value, 12);
        Assert.Equal(
            ["a against a", "a against b", "b against a", "b against b"],
            comparison.Pairs.Select(static pair => pair.First));
    }

    [Fact]
    public void Negotiations_that_differ_say_in_what()
    {
        var comparison = Compare(Before, After);

        Assert.False(comparison.IsSame);
        Assert.Equal((24, 6, 18), (comparison.Common, comparison.DigestsEqual, comparison.Different.Count));
        Assert.Equal(["utility"], comparison.Different[0].Fields);
    }

    [Fact]
    public void Another_seed_alone_changes_no_result()
    {
        var comparison = Compare(Before, [.. Before.Select(static row => row with { Seed = 2, Digest = "other" })]);

        Assert.Equal((0, 24), (comparison.DigestsEqual, comparison.ResultsEqual));
        Assert.Equal(["seed"], comparison.Different[0].Fields);
    }

    [Fact]
    public void Negotiations_of_one_run_only_are_counted_and_left_out()
    {
        var comparison = Compare(Before, [.. After.Take(20), SomeRows.Row(99, "other", ("a", 1), ("b", 1))]);

        Assert.Equal((20, 4, 1), (comparison.Common, comparison.OnlyFirst, comparison.OnlySecond));
        Assert.DoesNotContain(comparison.Scenarios, static scenario => scenario.Scenario == "other");
    }

    [Fact]
    public void What_was_set_differently_is_named()
    {
        var comparison = FolderComparison.Of(
            SomeReports.Folder(Before), SomeReports.Folder(Before, seed: 2), SomeReports.Options);

        var setting = Assert.Single(comparison.Settings);
        Assert.Equal("settings", setting.Name);
        Assert.Contains("--seed 2", setting.Second, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_and_the_json_say_it()
    {
        var comparison = Compare(Before, After);
        var (text, json) = (new StringWriter(), new StringWriter());
        ComparisonText.Write(comparison, text);
        ComparisonJson.Write(comparison, json);

        Assert.Contains("6 of 24 digests are equal; 6 ended alike.", text.ToString(), StringComparison.Ordinal);
        var kinds = json.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString())
            .CountBy(static kind => kind!).ToDictionary();
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["runs"] = 1,
                ["row"] = 18,
                ["strategy"] = 2,
                ["pair"] = 4,
                ["scenario"] = 6,
            },
            kinds);
    }

    private static FolderComparison Compare(
        IReadOnlyList<NegotiationRow> first, IReadOnlyList<NegotiationRow> second) =>
        FolderComparison.Of(SomeReports.Folder(first), SomeReports.Folder(second), SomeReports.Options);
}
