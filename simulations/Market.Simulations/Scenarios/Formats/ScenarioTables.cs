using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios.Formats;

/// <summary>What a profile thinks of an issue's values, as one number a level.</summary>
internal static class ScenarioTables
{
    /// <summary>The values of an issue's levels before weighing.</summary>
    public static double[] Of(Scenario scenario, int party, int issue) =>
        Of(scenario.Profiles[party].Utility, issue);

    /// <summary>The values of an issue's levels before weighing.</summary>
    public static double[] Of(UtilityFunction utility, int issue)
    {
        var subject = utility.Agenda.Issues[issue];
        var function = utility.ValueFunctions[issue];
        var values = new double[subject.LevelCount];
        for (var level = 0; level < values.Length; level++)
        {
            values[level] = function.ValueOf(subject, subject.ValueAt(level));
        }

        return values;
    }
}
