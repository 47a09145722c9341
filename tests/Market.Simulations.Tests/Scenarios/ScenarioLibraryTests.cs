using Market.Domain.Strategies;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats.Own;
using Market.Simulations.Scenarios.Linting;

namespace Market.Simulations.Tests.Scenarios;

public sealed class ScenarioLibraryTests
{
    public static TheoryData<string> Names => [.. ScenarioLibrary.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_scenario_ranks_and_lints_without_an_error_or_a_warning(string name)
    {
        var loaded = ScenarioLibrary.Load(name);

        var findings = ScenarioLint.Check(loaded)
            .Where(finding => finding.Severity != Severity.Info && finding.Rule is not ("ties" or "weights"));

        Assert.Equal(name, loaded.Scenario.Name);
        Assert.NotEmpty(loaded.Scenario.Description);
        Assert.Empty(findings);
        foreach (var profile in loaded.Scenario.Profiles)
        {
            var ranked = new RankedOutcomes(profile.Utility);
            Assert.True(ranked.RationalCount > 0);
            Assert.True(
                ranked.Utilities.SequenceEqual(OutcomeUtilities.Of(profile.Utility, ranked.Space.Count)),
                "Utilities are summed in another order.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_scenario_reads_back_as_it_was_written(string name)
    {
        using var folder = new TestFolder();
        var scenario = ScenarioLibrary.Load(name).Scenario;

        var again = ScenarioSource.LoadOne(folder.Write(name + ".yaml", OwnWriter.Write(scenario)));

        Assert.Equal(scenario.Agenda, again.Agenda);
        ScenarioComparison.AssertSameMeaning(scenario, again);
    }

    [Fact]
    public void The_library_covers_what_research_needs()
    {
        var all = ScenarioLibrary.Names.Select(name => ScenarioLibrary.Load(name).Scenario).ToList();
        var sizes = all.Select(scenario => OutcomeUtilities.CountOf(scenario.Agenda)!.Value).ToList();

        Assert.True(all.Count >= 20, $"Only {all.Count} scenarios.");
        Assert.Equal((10, 1_000_000), (sizes.Min(), sizes.Max()));
        Assert.True(sizes.Count(size => size > 100_000) >= 3);
        Assert.True(all.Count(scenario => scenario.Agenda.Issues.Count == 1) >= 3);
        Assert.Contains(all, scenario => scenario.Profiles.Count == 3);
        Assert.Contains(all, scenario => scenario.Profiles.Any(profile => profile.Discount < 1));
        Assert.Contains(all, scenario => scenario.Profiles.Any(
            profile => double.IsNegativeInfinity(profile.Utility.ReservationValue)));
        Assert.Contains(all, scenario => scenario.Profiles.Any(profile => profile.Utility.Bias != 0));
        Assert.Contains(all, scenario => scenario.Scales.Any(scale => scale is { IsAssumed: true }));
        Assert.Contains(all, scenario => scenario.Scales.Any(scale => scale is { IsAssumed: false }));
    }

    [Fact]
    public void Nothing_of_a_name_is_said_with_the_names_that_there_are()
    {
        var wrong = Assert.Throws<ScenarioFileException>(() => ScenarioSource.Load("labtop"));

        Assert.Contains("laptop", wrong.Message, StringComparison.Ordinal);
    }
}
