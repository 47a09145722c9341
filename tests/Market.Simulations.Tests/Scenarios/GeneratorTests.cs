using Market.Domain.Strategies;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats.Own;
using Market.Simulations.Scenarios.Generating;
using Market.Simulations.Scenarios.Linting;

namespace Market.Simulations.Tests.Scenarios;

public sealed class GeneratorTests
{
    private const string Golden = """
        # Issues: 2, outcomes: 4, parties: 2.
        name: generated-4x2-o0.3-s3
        description: "Generated: outcomes 4, issues 2, opposition 0.3062, rational 1, seed 3."
        issues:
          - name: issue 1
            kind: choice
            values: [value 1, value 2]
          - name: issue 2
            kind: choice
            values: [value 1, value 2]
        profiles:
          - name: first
            reservation: 0
            values:
              issue 1:
                weight: 0.527473
                table: {value 1: 0, value 2: 1}
              issue 2:
                weight: 0.472527
                table: {value 1: 1, value 2: 0}
          - name: second
            reservation: 0
            values:
              issue 1:
                weight: 0.693786
                table: {value 1: 0, value 2: 1}
              issue 2:
                weight: 0.306214
                table: {value 1: 0, value 2: 1}

        """;

    [Theory]
    [InlineData(10, 1, 0.3)]
    [InlineData(100, 1, 0.9)]
    [InlineData(64, 2, 0.1)]
    [InlineData(1_000, 3, 0.0)]
    [InlineData(1_000, 3, 0.25)]
    [InlineData(1_000, 3, 0.5)]
    [InlineData(1_000, 3, 0.65)]
    [InlineData(1_000, 3, 0.8)]
    [InlineData(10_584, 5, 0.4)]
    [InlineData(100_000, 3, 0.6)]
    public void Opposition_reaches_its_target(int outcomes, int issues, double opposition)
    {
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var scenario = ScenarioGenerator.Generate(new GeneratorSettings(outcomes, issues, opposition, 1, seed));

            Assert.InRange(OppositionOf(scenario), opposition - 0.02, opposition + 0.02);
        }
    }

    [Theory]
    [InlineData(0.05, null)]
    [InlineData(0.3, null)]
    [InlineData(0.8, 0.4)]
    [InlineData(0.2, 0.55)]
    public void The_share_of_rational_outcomes_is_as_asked(double share, double? opposition)
    {
        var scenario = ScenarioGenerator.Generate(new GeneratorSettings(1_000, 4, opposition, share, 5));
        var utilities = scenario.Profiles.Select(profile => OutcomeUtilities.Of(profile.Utility, 1_000)).ToList();
        var rational = Enumerable.Range(0, utilities[0].Length).Count(i => utilities
            .Select((of, party) => of[i] > scenario.Profiles[party].Utility.ReservationValue).All(better => better));

        Assert.Equal(share, rational / 1_000.0, 3);
        if (opposition is { } wanted)
        {
            Assert.InRange(OppositionOf(scenario), wanted - 0.02, wanted + 0.02);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_one_others()
    {
        const string Spec = "generated:outcomes=500,issues=3,opposition=0.45,reservation=0.5,seed=";

        var first = OwnWriter.Write(ScenarioSource.LoadOne(Spec + "11"));

        Assert.Equal(first, OwnWriter.Write(ScenarioSource.LoadOne(Spec + "11")));
        Assert.NotEqual(first, OwnWriter.Write(ScenarioSource.LoadOne(Spec + "12")));
    }

    [Fact]
    public void The_bytes_of_a_seed_are_those_of_every_machine_and_version()
    {
        var text = OwnWriter.Write(ScenarioSource.LoadOne("generated:outcomes=4,issues=2,opposition=0.3,seed=3"));

        Assert.Equal(Golden, text);
    }

    [Theory]
    [InlineData(1_000, 3, 1_000)]
    [InlineData(10_584, 5, 10_584)]
    [InlineData(7, 2, 6)]
    [InlineData(97, 1, 97)]
    [InlineData(1_000_000, 6, 1_000_000)]
    [InlineData(65_536, 16, 65_536)]
    public void The_size_is_the_nearest_that_even_issues_have(int outcomes, int issues, int expected)
    {
        var sizes = IssueSizes.For(outcomes, issues, OutcomeSpace.CountMax)!;

        Assert.Equal(expected, sizes.Aggregate(1, (product, size) => product * size));
        Assert.Equal(issues, sizes.Count);
        Assert.True(sizes[^1] <= 3 * sizes[0]);
    }

    [Theory]
    [InlineData("generated:outcomes=7,issues=3", "ask for more outcomes")]
    [InlineData("generated:outcomes=2,issues=1,opposition=0.5", "the nearest has")]
    [InlineData("generated:opposition=1.5", "from 0 to 1")]
    [InlineData("generated:reservation=0", "above 0")]
    [InlineData("generated:size=3", "there is no 'size'")]
    [InlineData("generated:issues=many", "a whole number")]
    [InlineData("generated:outcomes=1000001", "from 2 to 1000000")]
    public void What_cannot_be_made_is_refused_with_what_can(string spec, string says)
    {
        var wrong = Assert.Throws<ScenarioFileException>(() => ScenarioSource.Load(spec));

        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_have_seeds_that_follow_each_other_and_lint_without_an_error()
    {
        var scenarios = ScenarioSource.Read("generated:outcomes=200,issues=3,opposition=0.5,seed=4,count=3");

        Assert.Equal(3, scenarios.Select(loaded => loaded.Scenario.Name).Distinct().Count());
        Assert.EndsWith("-s6", scenarios[2].Scenario.Name, StringComparison.Ordinal);
        Assert.DoesNotContain(
            scenarios.SelectMany(ScenarioLint.Check), finding => finding.Severity == Severity.Error);
    }

    /// <summary>Straight from the formula, over outcomes as the domain enumerates them.</summary>
    private static double OppositionOf(Scenario scenario)
    {
        var ranked = scenario.Profiles.Select(profile => new RankedOutcomes(profile.Utility)).ToList();
        return Enumerable.Range(0, ranked[0].Space.Count)
            .Where(i => ranked.TrueForAll(own => own.UtilityOf(i) >= own.ReservationValue))
            .Min(i => Math.Sqrt(ranked.Sum(own =>
            {
                var lack = 1 - (own.UtilityOf(i) / own.UtilityMax);
                return lack * lack;
            })));
    }
}
