using System.Text.Json;
using System.Text.RegularExpressions;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats;
using Market.Simulations.Scenarios.Formats.Own;
using Market.Simulations.Scenarios.Linting;
using Market.TestSupport;

namespace Market.Simulations.Tests.Scenarios;

/// <summary>docs/scenarios.md says what is so.</summary>
public sealed class ScenarioDocumentTests
{
    private static readonly string Text = RepositoryFolder.TextOf("docs", "scenarios.md");

    [Fact]
    public void The_example_is_read_and_lints_without_an_error_or_a_warning()
    {
        using var folder = new TestFolder();
        var example = Regex.Match(Text, "```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var path = folder.Write("bicycle.yaml", example);

        var scenario = ScenarioSource.LoadOne(path);

        Assert.Equal(("bicycle", 40), (scenario.Name, scenario.Rounds));
        Assert.Equal(-0.2 + (0.00004 * 10_000), scenario.Profiles[0].Utility.ValueFunctions[0].ValueOf(
            scenario.Agenda.Issues[0], 10_000), 12);
        Assert.DoesNotContain(
            ScenarioLint.Check(path), finding => finding.Severity != Severity.Info && finding.Rule != "ties");
    }

    [Fact]
    public void Every_kind_every_format_and_every_rule_is_described()
    {
        var kinds = IssueReader.Kinds.Keys.Append(IssueReader.Continuous);
        var formats = ScenarioFormats.Described
            .Select(format => format.Name).Where(name => name != OwnFormat.FormatName);
        string[] rules =
        [
            "unreadable", "too-large", "not-finite", "reservation-unreachable", "no-agreement-zone", "weights",
            "no-preference", "duplicate-values", "ties", "levels-assumed", "no-price", "reservation-idle",
        ];

        Assert.All(
            kinds.Concat(formats).Concat(rules),
            word => Assert.Contains($"`{word}`", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_schema_for_editors_names_the_kinds_that_are_read()
    {
        var text = RepositoryFolder.TextOf("docs", "scenario.schema.json");
        using var schema = JsonDocument.Parse(text);

        var kinds = schema.RootElement.GetProperty("$defs").GetProperty("issue").GetProperty("properties")
            .GetProperty("kind").GetProperty("enum").EnumerateArray().Select(kind => kind.GetString());

        Assert.Equal(IssueReader.Kinds.Keys.Append(IssueReader.Continuous).Order(), kinds.Order());
    }
}
