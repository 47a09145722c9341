using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios;
using Market.TestSupport;

namespace Market.Simulations.Tests.Scenarios;

public sealed class ImportTests
{
    [Fact]
    public void Genius_values_are_evaluations_over_the_largest_one()
    {
        var scenario = ScenarioSource.LoadOne(TestFolder.Example("genius"));
        var (first, second) = (scenario.Profiles[0], scenario.Profiles[1]);

        Assert.Equal("genius", scenario.Name);
        Assert.Equal(["party1", "party2"], scenario.Profiles.Select(profile => profile.Name));
        Assert.Equal(["steel", "aluminium", "carbon & gold"], scenario.Agenda.Issues[0].Choices);
        Assert.Equal(3 * 5 * 21, new OutcomeSpace(scenario.Agenda).Count);
        Assert.Equal((0.25, 0.9), (first.Utility.ReservationValue, first.Discount));
        Assert.Equal((0.0, 1.0), (second.Utility.ReservationValue, second.Discount));

        // 0.5·(3/8) + 0.3·(0.2·(5 − 3) + 0.2) + 0.2·(2 − 0.01·150)
        var outcome = Outcome.Of(1, 5, 10);
        Assert.Equal("aluminium|5|150", scenario.TextOf(outcome));
        Assert.Equal(
            (0.5 * (3.0 / 8)) + (0.3 * ((0.2 * 2) + 0.2)) + (0.2 * ((-0.01 * 150) + 2.0)), first.Utility.Of(outcome));

        // 0.25·0.5 + 0.25·(1 − (5 − 4)/(7 − 4)) + 0.5·(0.01·150 − 1)
        Assert.Equal(0.125 + (0.25 * (1 - (1.0 / 3))) + (0.5 * 0.5), second.Utility.Of(outcome), 15);
    }

    [Theory]
    [InlineData("offset=\"0.2\" slope=\"0.2\"", new[] { 0.2, 0.4, 0.6000000000000001, 0.8, 1 })]
    [InlineData("offset=\"0.5\" slope=\"0.25\"", new[] { 0.5, 0.75, 1, 1, 1 })]
    [InlineData("offset=\"0.5\" slope=\"-0.25\"", new[] { 0.5, 0.25, 0, 0, 0 })]
    public void A_Genius_integer_counts_from_its_lowest_value_and_stays_between_0_and_1(string line, double[] values)
    {
        var scenario = Changed("party1.xml", "offset=\"0.2\" slope=\"0.2\"", line);
        Assert.Equal(values, Enumerable.Range(3, 5).Select(gears => Gears(scenario, 0, gears)));
    }

    [Fact]
    public void A_Genius_integer_needs_no_type_of_its_line_and_without_a_line_is_worth_nothing()
    {
        var untyped = Changed("party1.xml", "ftype=\"linear\" offset", "offset");
        Assert.Equal(0.4, Gears(untyped, 0, 4));
        var bare = Changed("party1.xml", "<evaluator ftype=\"linear\" offset=\"0.2\" slope=\"0.2\"/>", "");
        Assert.Equal(0, Gears(bare, 0, 7));
    }

    [Theory]
    [InlineData("parameter2=\"4\"", new[] { 0, 1, 0.6666666666666667, 0.33333333333333337, 0 })]
    [InlineData("parameter2=\"3\"", new[] { 1, 0.75, 0.5, 0.25, 0 })]
    [InlineData("parameter2=\"7\"", new[] { 0, 0.25, 0.5, 0.75, 0 })]
    public void A_Genius_triangle_is_worth_nothing_at_its_upper_end_even_where_that_is_its_top(
        string top, double[] values)
    {
        var scenario = Changed("party2.xml", "parameter2=\"4\"", top);
        Assert.Equal(values, Enumerable.Range(3, 5).Select(gears => Gears(scenario, 1, gears)));
    }

    [Fact]
    public void A_Genius_line_over_a_real_issue_stays_between_0_and_1()
    {
        var scenario = Changed("party1.xml", "parameter0=\"2.0\"", "parameter0=\"2.5\"");
        var price = (TableValueFunction)scenario.Profiles[0].Utility.ValueFunctions[2];
        Assert.Equal((1.0, 1.0, 0.5), (price.Values[0], price.Values[10], price.Values[20]));
    }

    [Fact]
    public void A_GeniusWeb_reservation_value_is_the_utility_of_its_bid()
    {
        var scenario = ScenarioSource.LoadOne(TestFolder.Example("geniusweb"));
        var painter = scenario.Profiles[0].Utility;

        Assert.Equal(("painting", "painter"), (scenario.Name, scenario.Profiles[0].Name));
        Assert.Equal([3, 4, 5], scenario.Agenda.Issues.Select(issue => issue.LevelCount));
        Assert.Equal("ochre|6|1.5", scenario.TextOf(Outcome.Of(1, 6, 2)));
        Assert.Equal((0.3 * 1) + (0.5 * (4.0 / 6)) + (0.2 * 0.5), painter.Of(Outcome.Of(1, 6, 2)), 15);

        // The bid leaves rooms out.
        Assert.Equal((0.3 * 0.4) + (0.5 * (2.0 / 6)), painter.ReservationValue, 15);
        Assert.Equal(0, scenario.Profiles[1].Utility.ReservationValue);
    }

    [Fact]
    public void Negmas_issues_and_functions_of_every_type_are_read()
    {
        var scenario = ScenarioSource.LoadOne(TestFolder.Example("negmas"));
        var (grower, cellar) = (scenario.Profiles[0], scenario.Profiles[1]);

        Assert.Equal("orchard", scenario.Name);
        Assert.Equal([3, 5, 3, 21], scenario.Agenda.Issues.Select(issue => issue.LevelCount));
        var outcome = Outcome.Of(2, 4, 1, 5);
        Assert.Equal("plum|4|5|0.25", scenario.TextOf(outcome));
        Assert.True(double.IsNegativeInfinity(grower.Utility.ReservationValue));
        Assert.Equal(
            0.125 + (0.4 * 0.3) + (0.3 * ((0.25 * 4) - 0.5)) + (0.2 * 5) + (0.1 * (2 * 0.25)),
            grower.Utility.Of(outcome));
        Assert.Equal(0.6 + 0.75 + 0.5 + ((-1 * 0.25) + 1), cellar.Utility.Of(outcome));
        Assert.Equal(0.5, cellar.Utility.ReservationValue);
    }

    [Fact]
    public void Negmas_json_as_python_writes_it_is_read()
    {
        var scenario = ScenarioSource.LoadOne(TestFolder.Example("negmas-json"));

        Assert.Equal(["merchant", "NaN \"Infinity\""], scenario.Profiles.Select(profile => profile.Name));
        Assert.Equal(4, scenario.Agenda.Issues[1].LevelCount);
        Assert.True(double.IsNegativeInfinity(scenario.Profiles[0].Utility.ReservationValue));
        Assert.Equal(0.5 + (0.5 * (0.5 * 3)), scenario.Profiles[0].Utility.Of(Outcome.Of(1, 3)));
        Assert.Equal(0.25 + (2 * (-0.1 * 3)), scenario.Profiles[1].Utility.Of(Outcome.Of(1, 3)));
    }

    [Fact]
    public void NegoLog_profiles_are_matched_by_names_and_not_by_order()
    {
        var scenario = ScenarioSource.LoadOne(TestFolder.Example("negolog"));

        Assert.Equal(["profileA", "profileB"], scenario.Profiles.Select(profile => profile.Name));
        Assert.Equal("a2|b2", scenario.TextOf(Outcome.Of(1, 1)));
        Assert.Equal((0.625 * 0.5) + 0.375, scenario.Profiles[0].Utility.Of(Outcome.Of(1, 1)));
        Assert.Equal(0.25 * 0.25, scenario.Profiles[1].Utility.Of(Outcome.Of(1, 1)));
        Assert.Equal(0.3, scenario.Profiles[0].Utility.ReservationValue);
    }

    [Fact]
    public void A_magentic_market_is_one_scenario_a_customer_and_a_business_that_serves_it()
    {
        var scenario = ScenarioSource.LoadOne(TestFolder.Example("magentic"));

        Assert.Equal(("customer_1-business_1", 20), (scenario.Name, scenario.Rounds));
        Assert.Equal(1000, scenario.Agenda.Issues[0].Maximum);

        // Twice what the customer expects to pay, minus the price; the floor is three quarters of the menu's price.
        Assert.Equal((2 * 875) - 900, scenario.Profiles[0].Utility.Of(Outcome.Of(900)));
        Assert.Equal((0, 750), (
            scenario.Profiles[0].Utility.ReservationValue, scenario.Profiles[1].Utility.ReservationValue));
    }

    [FactWithSharedData]
    public void The_large_magentic_market_has_two_businesses_for_each_customer()
    {
        var scenarios = ScenarioSource.Load(SharedData.PathOf("magentic", "mexican_100_300"));

        Assert.Equal(200, scenarios.Count);
        Assert.Equal(200, scenarios.Select(scenario => scenario.Name).Distinct().Count());
    }

    [Fact]
    public void A_format_is_known_by_what_files_hold_and_not_by_what_they_are_called()
    {
        using var folder = new TestFolder();
        foreach (var path in Directory.EnumerateFiles(TestFolder.Example("genius")))
        {
            folder.Write(Path.GetFileNameWithoutExtension(path) + ".yaml", File.ReadAllText(path));
        }

        var scenario = ScenarioSource.LoadOne(folder.Path);

        ScenarioComparison.AssertSameMeaning(ScenarioSource.LoadOne(TestFolder.Example("genius")), scenario);
    }

    [Fact]
    public void A_folder_of_folders_gives_the_scenarios_of_all_in_the_order_of_names() => Assert.Equal(
        ["genius", "painting", "customer_1-business_1", "orchard", "tea", "negolog"],
        ScenarioSource.Load(TestFolder.Example()).Select(scenario => scenario.Name));

    [Fact]
    public void One_file_of_a_scenario_of_several_files_gives_the_whole_scenario() => Assert.Equal(
        "genius", ScenarioSource.LoadOne(TestFolder.Example("genius", "party2.xml")).Name);

    [Theory]
    [InlineData("genius", "party1.xml", "carbon &amp; gold\" ev", "carbon\" ev", 7, "'carbon' is no value")]
    [InlineData("genius", "party1.xml", "<weight index=\"2\" value=\"0.3\"/>", "", 11, "no weight with the index 2")]
    [InlineData("genius", "party2.xml", "triangular", "parabola", 11, "the evaluator 'parabola' is not read")]
    [InlineData("genius", "bicycle.xml", "type=\"real\" vtype", "type=\"string\" vtype", 10, "of the type 'string'")]
    [InlineData("geniusweb", "tenant.json", "\"ochre\": 0, ", "", 4, "does not have 'ochre'")]
    [InlineData("geniusweb", "painter.json", "\"days\": 4", "\"days\": 5", 18, "'5' in the reservation bid is no")]
    [InlineData("negmas", "1_grower.yml", "IdentityFun", "LambdaFun", 12, "of the type 'LambdaFun'")]
    [InlineData("negmas", "2_cellar.yml", "LinearAdditive", "HyperRectangle", 1, "of the type 'HyperRectangleUtil")]
    [InlineData("negmas", "orchard.yml", "  - 6", "  - 1", 10, "its least and its largest")]
    [InlineData("negolog", "profileB.json", "\"a2\": 0.25", "\"a2\": \"much\"", 6, "must be a number")]
    [InlineData("magentic", "businesses/business_1.yaml", "0.75", "1.75", 10, "'min_price_factor' is 1.75")]
    public void What_is_wrong_in_another_format_is_said_with_file_and_line(
        string format, string file, string was, string becomes, int line, string says)
    {
        using var folder = new TestFolder();
        foreach (var path in Directory.EnumerateFiles(TestFolder.Example(format), "*", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetRelativePath(TestFolder.Example(format), path), File.ReadAllText(path));
        }

        var text = File.ReadAllText(Path.Combine(folder.Path, file));
        Assert.Contains(was, text, StringComparison.Ordinal);
        var changed = folder.Write(file, text.Replace(was, becomes, StringComparison.Ordinal));

        var wrong = Assert.Throws<ScenarioFileException>(() => ScenarioSource.Load(folder.Path));

        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
        Assert.Equal((changed, line), (wrong.Place.File, wrong.Place.Line));
    }

    private static double Gears(Scenario scenario, int party, int gears) =>
        scenario.Profiles[party].Utility.ValueFunctions[1].ValueOf(scenario.Agenda.Issues[1], gears);

    private static Scenario Changed(string file, string before, string after)
    {
        using var folder = new TestFolder();
        foreach (var path in Directory.EnumerateFiles(TestFolder.Example("genius")))
        {
            var text = File.ReadAllText(path);
            folder.Write(
                Path.GetFileName(path),
                Path.GetFileName(path) == file ? text.Replace(before, after, StringComparison.Ordinal) : text);
        }

        return ScenarioSource.LoadOne(folder.Path);
    }
}
