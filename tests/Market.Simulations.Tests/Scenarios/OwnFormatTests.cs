using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Documents;
using Market.Simulations.Scenarios.Formats.Own;

namespace Market.Simulations.Tests.Scenarios;

public sealed class OwnFormatTests
{
    private const string Example = """
        name: example
        description: Every kind of issue.
        rounds: 30
        currency: JPY/0
        issues:
          - {name: price, kind: total price, minimum: 100, maximum: 500, step: 100}
          - {name: colour, kind: choice, values: [red, "blue: dark", 7]}
          - {name: gift, kind: boolean}
          - {name: day, kind: date, minimum: 2027-02-26, maximum: 2027-03-02, step: 2}
          - {name: change, kind: range, minimum: -2, maximum: 2, step: 2}
          - {name: share, kind: continuous, minimum: 0, maximum: 1}
          - {name: rate, kind: continuous, minimum: 0.1, maximum: 0.4, step: 0.1}
        profiles:
          - name: one
            reservation: -.inf
            bias: 0.5
            discount: 0.9
            values:
              price: {weight: 2, points: {100: 0, 200: 0.5, 500: 1}}
              colour: {table: {red: 1, "blue: dark": 0.25, 7: 0}}
              gift: {table: {yes: 1, no: 0}}
              day: {weight: 0.25, table: {2027-02-26: 0, 2027-02-28: 0.5, 2027-03-02: 1}}
              change: {linear: {slope: 0.25, intercept: 3}}
              share: {linear: {slope: 2, intercept: -1}}
              rate: {points: {0.1: 1, 0.4: 0}}
          - name: two
            reservation: 0.125
            values:
              price: {linear: {slope: -1}}
              colour: {table: {red: 0, "blue: dark": 0, 7: 0}}
              gift: {table: {yes: 1, no: 0}}
              day: {points: {2027-02-26: 0, 2027-03-02: 1}}
              change: {table: {-2: 1, 0: 2, 2: 4}}
              share: {points: {0: 1, 1: 0}}
              rate: {table: {0.1: 1, 0.2: 2, 0.3: 3, 0.4: 4}}
        """;

    [Fact]
    public void Every_kind_of_issue_and_of_value_function_is_read()
    {
        var scenario = Read(Example);

        Assert.Equal(("example", 30, "JPY", 0), (
            scenario.Name, scenario.Rounds!.Value, scenario.Agenda.Currency.Code, scenario.Agenda.Currency.Scale));
        Assert.Equal(
            [
                IssueKind.TotalPrice, IssueKind.Choice, IssueKind.Boolean, IssueKind.Date, IssueKind.Range,
                IssueKind.Range, IssueKind.Range,
            ],
            scenario.Agenda.Issues.Select(issue => issue.Kind));
        Assert.Equal([5, 3, 2, 3, 3, 21, 4], scenario.Agenda.Issues.Select(issue => issue.LevelCount));
        var outcome = new OutcomeSpace(scenario.Agenda)[0];
        Assert.Equal("100|red|no|2027-02-26|-2|0|0.1", scenario.TextOf(outcome));
        Assert.True(double.IsNegativeInfinity(scenario.Profiles[0].Utility.ReservationValue));
        Assert.Equal((0.9, 1.0), (scenario.Profiles[0].Discount, scenario.Profiles[1].Discount));
    }

    [Fact]
    public void Utilities_are_what_the_file_says()
    {
        var scenario = Read(Example);
        var outcome = Outcome.Of(300, 1, 1, Issue.ValueOf(new DateOnly(2027, 2, 28)), 2, 5, 2);

        // Bias, then issue by issue, summed left to right.
        var half = 0.5 + (0.5 * ((300.0 - 200) / (500 - 200)));
        var expected = 0.5 + (2 * half) + 0.25 + 1 + (0.25 * 0.5) + ((0.25 * 2) + 3) + ((2 * 0.25) - 1)
            + (1 + (-1 * ((0.3 - 0.1) / (0.4 - 0.1))));
        Assert.Equal(expected, scenario.Profiles[0].Utility.Of(outcome));
        Assert.Equal(-300 + 0 + 1 + 0.5 + 4 + (1 + (-1 * 0.25)) + 3, scenario.Profiles[1].Utility.Of(outcome));
    }

    [Fact]
    public void Levels_of_a_continuous_issue_are_exact_decimals()
    {
        var scenario = Read(Example);

        Assert.Equal("0.3", scenario.TextOf(6, 2));
        Assert.Equal("0.85", scenario.TextOf(5, 17));
        Assert.Equal(0.3, scenario.ScaleOf(6)!.NumberAt(2));
        Assert.True(scenario.ScaleOf(5)!.IsAssumed);
        Assert.False(scenario.ScaleOf(6)!.IsAssumed);
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same_to_the_last_bit()
    {
        var scenario = Read(Example);
        var again = Read(OwnWriter.Write(scenario));

        ScenarioComparison.AssertSameMeaning(scenario, again);
        Assert.Equal(scenario.Agenda, again.Agenda);
        Assert.Equal(scenario.Scales, again.Scales);
        Assert.Equal(
            (scenario.Name, scenario.Description, scenario.Rounds), (again.Name, again.Description, again.Rounds));
        Assert.Equal(OwnWriter.Write(scenario), OwnWriter.Write(again));
    }

    [Theory]
    [InlineData("kind: boolean", "kind: bool", 8, "there is no kind 'bool'")]
    [InlineData("step: 2}\n  - {name: change", "step: 3}\n  - {name: change", 9, "steps of 3")]
    [InlineData("minimum: 100, maximum: 500", "minimum: 500, maximum: 100", 6, "below its minimum")]
    [InlineData("7]}", "red]}", 7, "the value 'red' twice")]
    [InlineData("bias: 0.5", "bais: 0.5", 16, "no field 'bais'")]
    [InlineData("bias: 0.5", "bias: half", 16, "must be a number")]
    [InlineData("discount: 0.9", "discount: 1.5", 14, "the discount of 'one' is 1.5")]
    [InlineData("reservation: 0.125", "reservation: .inf", 27, "or -.inf")]
    [InlineData("{yes: 1, no: 0}}\n      day: {weight", "{yes: 1}}\n      day: {weight", 21, "does not have 'no'")]
    [InlineData("{-2: 1, 0: 2, 2: 4}", "{-2: 1, 0: 2, 3: 4}", 33, "'3' is no value of 'change'")]
    [InlineData("points: {0.1: 1, 0.4: 0}", "points: {0.1: 1, 0.3: 0}", 25, "must begin at 0.1 and end at 0.4")]
    [InlineData("      share: {points: {0: 1, 1: 0}}\n", "", 29, "does not value the issue 'share'")]
    [InlineData("rate: {table", "rte: {table", 35, "'two' values 'rte', which is no issue")]
    [InlineData("name: example", "name: ex ample", 1, "such as 'ex-ample'")]
    [InlineData("name: two", "name: one", 26, "two of the profile 'one'")]
    [InlineData("currency: JPY/0", "currency: yen", 4, "a code such as EUR")]
    [InlineData("{linear: {slope: -1}}", "{linear: {slope: -1}, table: {}}", 29, "by one of: table, linear, points")]
    [InlineData("2027-02-26, maximum", "2027-02-31, maximum", 9, "a day such as")]
    [InlineData("profiles:", "rounds: 5\nprofiles:", 13, "is there twice")]
    [InlineData("rounds: 30", "rounds: 0", 3, "'rounds' is 0; it must be from 1 to")]
    [InlineData("[red,", "[*red,", 7, "aliases")]
    [InlineData("name: example", "name: [example", 0, "not valid YAML")]
    public void An_error_names_file_line_and_cure(string was, string becomes, int line, string says)
    {
        Assert.Contains(was, Example, StringComparison.Ordinal);
        using var folder = new TestFolder();
        var path = folder.Write("wrong.yaml", Example.Replace(was, becomes, StringComparison.Ordinal));

        var wrong = Assert.Throws<ScenarioFileException>(() => ScenarioSource.Load(path));

        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
        Assert.Equal(path, wrong.Place.File);
        Assert.True(line == 0 ? wrong.Place.Line > 0 : wrong.Place.Line == line, wrong.Message);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Fact]
    public void Points_that_were_written_as_points_are_written_as_points_again()
    {
        var text = OwnWriter.Write(ScenarioLibrary.Load("price-curved").Scenario);

        Assert.Contains("points: {20000: 0, 25000: 0.45, 31000: 0.8, 40000: 1}", text, StringComparison.Ordinal);
    }

    private static Scenario Read(string text) => ScenarioBuilder.Build(
        OwnReader.Read(SourceDocument.Parse(text, "example.yaml")), OwnFormat.FormatName).Scenario;
}
