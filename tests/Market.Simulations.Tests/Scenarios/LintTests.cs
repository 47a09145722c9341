using Market.Simulations.Scenarios.Linting;

namespace Market.Simulations.Tests.Scenarios;

public sealed class LintTests
{
    private const string Clean = """
        name: clean
        issues:
          - {name: price, kind: total price, minimum: 100, maximum: 103}
          - {name: colour, kind: choice, values: [red, green]}
        profiles:
          - name: seller
            reservation: 0.1
            values:
              price: {weight: 0.7, table: {100: 0, 101: 0.3, 102: 0.6, 103: 1}}
              colour: {weight: 0.3, table: {red: 0, green: 1}}
          - name: buyer
            reservation: 0.2
            values:
              price: {weight: 0.6, table: {100: 1, 101: 0.7, 102: 0.2, 103: 0}}
              colour: {weight: 0.4, table: {red: 1, green: 0}}
        """;

    [Fact]
    public void A_clean_scenario_has_no_finding() => Assert.Empty(Lint(Clean));

    [Theory]
    [InlineData("reservation: 0.1", "reservation: 1.01", nameof(Severity.Error), "reservation-unreachable", 7)]
    [InlineData("reservation: 0.2", "reservation: 0.9", nameof(Severity.Error), "no-agreement-zone", 7)]
    [InlineData("reservation: 0.2", "reservation: -1", nameof(Severity.Info), "reservation-idle", 12)]
    [InlineData("weight: 0.4", "weight: 0.5", nameof(Severity.Warning), "weights", 14)]
    [InlineData("0.3, table: {red: 0", "0.3, table: {red: 1", nameof(Severity.Warning), "no-preference", 10)]
    [InlineData("weight: 0.4", "weight: 0", nameof(Severity.Warning), "no-preference", 15)]
    [InlineData("101: 0.3, 102: 0.6", "101: 0.3, 102: 0.3", nameof(Severity.Warning), "ties", 6)]
    [InlineData("kind: total price", "kind: range", nameof(Severity.Info), "no-price", 1)]
    [InlineData("maximum: 103", "maximum: 102", nameof(Severity.Error), "unreadable", 9)]
    public void A_finding_names_rule_severity_and_line(
        string was, string becomes, string severity, string rule, int line)
    {
        Assert.Contains(was, Clean, StringComparison.Ordinal);

        var findings = Lint(Clean.Replace(was, becomes, StringComparison.Ordinal));

        var finding = Assert.Single(findings, finding => finding.Rule == rule);
        Assert.Equal((severity, line), (finding.Severity.ToString(), finding.Place.Line));
        Assert.NotEmpty(finding.Cure);
        Assert.EndsWith("scenario.yaml", finding.Place.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_worth_the_same_to_all_are_found_and_those_that_one_party_tells_apart_are_not()
    {
        var alike = Clean
            .Replace("101: 0.3, 102: 0.6", "101: 0.3, 102: 0.3", StringComparison.Ordinal)
            .Replace("101: 0.7, 102: 0.2", "101: 0.7, 102: 0.7", StringComparison.Ordinal);
        var toOne = Clean.Replace("101: 0.3, 102: 0.6", "101: 0.3, 102: 0.3", StringComparison.Ordinal);

        var finding = Assert.Single(Lint(alike), finding => finding.Rule == "duplicate-values");
        Assert.Contains("'101' and '102'", finding.Problem, StringComparison.Ordinal);
        Assert.Equal(3, finding.Place.Line);
        Assert.DoesNotContain(Lint(toOne), finding => finding.Rule == "duplicate-values");
    }

    [Fact]
    public void A_million_outcomes_pass_and_one_more_value_is_too_large()
    {
        Assert.DoesNotContain(Lint(Sized(1_000_000)), finding => finding.Severity == Severity.Error);
        var finding = Assert.Single(Lint(Sized(1_000_001)), finding => finding.Severity == Severity.Error);
        Assert.Equal(("too-large", 3), (finding.Rule, finding.Place.Line));

        static string Sized(int count) => $$$$$"""
            name: sized
            issues:
              - {name: price, kind: total price, minimum: 1, maximum: {{{{{count}}}}}}
            profiles:
              - {name: a, values: {price: {linear: {slope: 1}}}}
              - {name: b, values: {price: {linear: {slope: -1}}}, bias: 1000000}
            """;
    }

    [Fact]
    public void Levels_of_a_continuous_issue_without_a_step_are_said()
    {
        var findings = Lint("""
            name: shares
            issues:
              - {name: share, kind: continuous, minimum: 0, maximum: 1}
              - {name: other, kind: continuous, minimum: 0, maximum: 1, step: 0.5}
            profiles:
              - name: a
                values: {share: {weight: 0.53, points: {0: 0, 1: 1}}, other: {weight: 0.47, points: {0: 0, 1: 1}}}
              - name: b
                values: {share: {weight: 0.37, points: {0: 1, 1: 0}}, other: {weight: 0.63, points: {0: 0, 1: 1}}}
            """);

        var finding = Assert.Single(findings, finding => finding.Rule == "levels-assumed");
        Assert.Equal((Severity.Info, 3), (finding.Severity, finding.Place.Line));
        Assert.Contains("21", finding.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_ends_with_1_where_there_is_an_error_and_with_0_where_there_is_none()
    {
        using var folder = new TestFolder();
        var json = new System.CommandLine.Option<bool>("--json");
        var command = Simulations.Commands.LintCommand.Create(json);
        var clean = folder.Write("clean.yaml", Clean);
        var wrong = folder.Write("wrong.yaml", "issues: 3\nprofiles: 4\n");

        Assert.Equal(0, command.Parse([clean]).Invoke());
        Assert.Equal(1, command.Parse([clean, wrong]).Invoke());
    }

    private static IReadOnlyList<Finding> Lint(string text)
    {
        using var folder = new TestFolder();
        return ScenarioLint.Check(folder.Write("scenario.yaml", text));
    }
}
