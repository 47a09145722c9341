using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats;

namespace Market.Simulations.Tests.Scenarios;

public sealed class ExportTests
{
    [Theory]
    [InlineData("market", "genius")]
    [InlineData("market", "geniusweb")]
    [InlineData("market", "negmas")]
    [InlineData("market", "negmas-json")]
    [InlineData("market", "negolog")]
    [InlineData("market", "magentic")]
    [InlineData("genius", "genius")]
    [InlineData("geniusweb", "geniusweb")]
    [InlineData("negmas", "negmas")]
    [InlineData("negmas", "negmas-json")]
    [InlineData("negmas", "geniusweb")]
    [InlineData("negolog", "negolog")]
    public void What_was_read_of_one_format_is_the_same_after_writing_and_reading_it_again(
        string format, string example)
    {
        var scenario = ScenarioSource.LoadOne(TestFolder.Example(example));

        ScenarioComparison.AssertSameMeaning(scenario, ThereAndBack(scenario, format));
    }

    [Theory]
    [InlineData("genius", "price-deadline")]
    [InlineData("genius", "wedding")]
    [InlineData("geniusweb", "price-100")]
    [InlineData("negmas", "house-sale")]
    [InlineData("negmas", "price-cents")]
    [InlineData("negolog", "energy-contract")]
    [InlineData("negolog", "rent")]
    public void Our_own_scenarios_survive_every_format_that_can_say_them(string format, string name)
    {
        var scenario = ScenarioSource.LoadOne(name);
        if (format == "geniusweb")
        {
            // There the reservation value must be that of an outcome.
            var outcome = new Domain.Strategies.OutcomeSpace(scenario.Agenda)[20];
            scenario = scenario with
            {
                Profiles = Domain.ValueArray.ToValueArray(scenario.Profiles.Select(profile => profile with
                {
                    Utility = new(
                        scenario.Agenda,
                        profile.Utility.ValueFunctions,
                        profile.Utility.Weights,
                        profile.Utility.Of(outcome)),
                })),
            };
        }

        ScenarioComparison.AssertSameMeaning(scenario, ThereAndBack(scenario, format));
    }

    [Fact]
    public void NegoLogs_specs_say_what_the_outcomes_are_worth_in_its_own_words()
    {
        using var folder = new TestFolder();
        var scenario = ScenarioSource.LoadOne(TestFolder.Example("negolog"));
        var files = ScenarioFormats.Find("negolog")!.Write(scenario);
        using var specs = System.Text.Json.JsonDocument.Parse(files["specs.json"]);
        var root = specs.RootElement;

        Assert.Equal(6, root.GetProperty("NumberOfBids").GetInt32());
        Assert.Equal(2, root.GetProperty("NumberOfIssues").GetInt32());
        Assert.Equal([3, 2], root.GetProperty("IssueValues").EnumerateArray().Select(count => count.GetInt32()));

        // a1|b1 is worth (0.625, 0.75), a2|b1 (0.3125, 0.8125), a1|b2 (1, 0), a2|b2 (0.6875, 0.0625) …
        Assert.Equal(0.625 * 0.75, root.GetProperty("Product Score").GetDouble(), 12);
        Assert.Equal(1.375, root.GetProperty("Social Welfare").GetDouble(), 12);
        Assert.Equal(Math.Sqrt((0.375 * 0.375) + (0.25 * 0.25)), root.GetProperty("Opposition").GetDouble(), 12);
        Assert.Equal("a1", root.GetProperty("NashBid").GetProperty("A").GetString());
        Assert.Equal("b1", root.GetProperty("KalaiBid").GetProperty("B").GetString());
        Assert.Equal((0.0, 1.0),
            (root.GetProperty("MinUtility").GetDouble(), root.GetProperty("MaxUtility").GetDouble()));
        Assert.Equal(0.3, root.GetProperty("ReservationValueProfileA").GetDouble());
    }

    [Fact]
    public void Tables_whose_largest_value_is_not_1_keep_their_utilities_in_genius_but_for_rounding()
    {
        var scenario = ScenarioSource.LoadOne(TestFolder.Example("genius"));
        var unnormalised = ScenarioSource.LoadOne("generated:outcomes=60,issues=3,seed=9") with
        {
            Name = "scaled",
        };
        var scaled = unnormalised with
        {
            Profiles = Domain.ValueArray.ToValueArray(unnormalised.Profiles.Select(profile => profile with
            {
                Utility = new(
                    unnormalised.Agenda,
                    Domain.ValueArray.ToValueArray(profile.Utility.ValueFunctions.Select((_, i) =>
                        Domain.Strategies.ValueFunction.Table(
                            [.. ScenarioTables.Of(profile.Utility, i).Select(value => value * 7.3)]))),
                    profile.Utility.Weights),
            })),
        };

        ScenarioComparison.AssertSameMeaning(scaled, ThereAndBack(scaled, "genius"), tolerance: 1e-14);
        ScenarioComparison.AssertSameMeaning(scenario, ThereAndBack(scenario, "genius"), tolerance: 0);
    }

    [Theory]
    [InlineData("genius", "house-sale", "the profile 'heirs' has a reservation value of minus infinity")]
    [InlineData("genius", "price-cents", "the profile 'buyer' has a bias")]
    [InlineData("geniusweb", "price-deadline", "has a discount")]
    [InlineData("geniusweb", "price-curved", "a reservation value that no outcome has")]
    [InlineData("geniusweb", "price-cents", "a value outside 0 to 1 ('price')")]
    [InlineData("negmas", "price-deadline", "the profile 'seller' has a discount")]
    [InlineData("negolog", "wedding", "it has 3 parties, not 2")]
    public void What_a_format_cannot_say_is_refused_by_name(string format, string name, string reason)
    {
        var refused = Assert.Throws<ExportRefusedException>(
            () => ScenarioFormats.Find(format)!.Write(ScenarioSource.LoadOne(name)));

        Assert.Contains(refused.Reasons, one => one.Contains(reason, StringComparison.Ordinal));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_where_a_file_would_be_replaced()
    {
        using var folder = new TestFolder();
        folder.Write("b.yaml", "mine");
        var files = new SortedDictionary<string, string> { ["a.yaml"] = "a", ["b.yaml"] = "b" };

        Assert.Throws<ScenarioFileException>(() => ScenarioFiles.Write(folder.Path, files, isOverwriting: false));
        Assert.False(File.Exists(Path.Combine(folder.Path, "a.yaml")));

        ScenarioFiles.Write(folder.Path, files, isOverwriting: true);
        Assert.Equal("b", File.ReadAllText(Path.Combine(folder.Path, "b.yaml")));
    }

    private static Scenario ThereAndBack(Scenario scenario, string format)
    {
        using var folder = new TestFolder();
        ScenarioFiles.Write(folder.Path, ScenarioFormats.Find(format)!.Write(scenario), isOverwriting: false);
        return ScenarioSource.LoadOne(folder.Path);
    }
}
