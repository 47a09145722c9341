using System.Globalization;

namespace Market.Simulations.Scenarios.Formats;

/// <summary>Names of parties' files, which sort in the order of the parties.</summary>
internal static class PartyFile
{
    /// <summary>"1-seller"; the numbers are of one width.</summary>
    public static string NameOf(Scenario scenario, int party)
    {
        var width = scenario.Profiles.Count < 10 ? "D1" : "D2";
        var number = (party + 1).ToString(width, CultureInfo.InvariantCulture);
        return $"{number}-{ScenarioBuilder.NameOf(scenario.Profiles[party].Name)}";
    }
}
