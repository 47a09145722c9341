using System.Globalization;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios.Formats;

namespace Market.Simulations.Scenarios.Linting;

/// <summary>Looks for what makes results of a scenario meaningless or surprising.</summary>
internal static class ScenarioLint
{
    /// <summary>How far a sum of weights may be from 1: rounding of the file's digits, and no more.</summary>
    private const double WeightTolerance = 1e-9;

    /// <summary>Everything found in what a user wrote; what cannot be read is a finding, too.</summary>
    public static IReadOnlyList<Finding> Check(string pathOrName)
    {
        try
        {
            return [.. ScenarioSource.Read(pathOrName).SelectMany(Check)];
        }
        catch (ScenarioFileException wrong)
        {
            return
            [
                new Finding(
                    Severity.Error, "unreadable", string.Empty, wrong.Place, wrong.Problem, "Mend this first."),
            ];
        }
    }

    /// <summary>Everything found in a scenario, the issues' first.</summary>
    public static IReadOnlyList<Finding> Check(LoadedScenario loaded)
    {
        var found = new List<Finding>();
        CheckIssues(loaded, found);
        CheckWeights(loaded, found);
        if (OutcomeUtilities.CountOf(loaded.Scenario.Agenda) is { } count)
        {
            DuplicateValues.Check(loaded, found);
            OutcomeLint.Check(loaded, count, found);
        }
        else
        {
            var most = OutcomeSpace.CountMax.ToString("N0", CultureInfo.InvariantCulture);
            found.Add(new Finding(
                Severity.Error, "too-large", loaded.Scenario.Name, loaded.Issues[0],
                $"There are more than {most} outcomes, which strategies do not enumerate.",
                "Give an issue fewer values or a larger step."));
        }

        return found;
    }

    private static void CheckIssues(LoadedScenario loaded, List<Finding> found)
    {
        var scenario = loaded.Scenario;
        for (var i = 0; i < scenario.Agenda.Issues.Count; i++)
        {
            if (scenario.ScaleOf(i) is { IsAssumed: true })
            {
                found.Add(new Finding(
                    Severity.Info, "levels-assumed", scenario.Name, loaded.Issues[i],
                    $"'{scenario.Agenda.Issues[i].Name}' is continuous and names no step: {IssueScale.LevelsAssumed} "
                        + "equidistant levels are taken.",
                    "Name a step, if other levels are meant."));
            }
        }

        if (!scenario.Agenda.Issues.Any(static issue => issue.IsPrice))
        {
            found.Add(new Finding(
                Severity.Info, "no-price", scenario.Name, loaded.Place,
                "No issue is a price, so that the scenario runs in simulations only.",
                "Make one issue a 'total price' or a 'unit price' to run it on a market."));
        }
    }

    private static void CheckWeights(LoadedScenario loaded, List<Finding> found)
    {
        var scenario = loaded.Scenario;
        for (var p = 0; p < scenario.Profiles.Count; p++)
        {
            var (profile, places) = (scenario.Profiles[p], loaded.Profiles[p]);
            var sum = profile.Utility.Weights.Sum();
            if (Math.Abs(sum - 1) > WeightTolerance)
            {
                found.Add(new Finding(
                    Severity.Warning, "weights", scenario.Name, places.Values[0],
                    $"The weights of '{profile.Name}' add up to {NumberText.Of(sum)}, not to 1.",
                    "Divide each by the sum, unless utilities are amounts."));
            }

            for (var i = 0; i < profile.Utility.Weights.Count; i++)
            {
                var issue = scenario.Agenda.Issues[i];
                if (issue.LevelCount is > 1 and <= ScenarioLimits.TableMax && IsConstant(profile.Utility, i))
                {
                    found.Add(new Finding(
                        Severity.Warning, "no-preference", scenario.Name, places.Values[i],
                        $"'{profile.Name}' does not care about '{issue.Name}': its weight is 0 or its values equal.",
                        "Give it a weight and different values, or remove the issue."));
                }
            }
        }
    }

    private static bool IsConstant(UtilityFunction utility, int issue)
    {
        if (utility.Weights[issue] == 0 || utility.ValueFunctions[issue] is LinearValueFunction { Slope: 0 })
        {
            return true;
        }

        var table = ScenarioTables.Of(utility, issue);
        return table.AsSpan().IndexOfAnyExcept(table[0]) < 0;
    }
}
