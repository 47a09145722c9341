using Market.Simulations.Scenarios.Formats;

namespace Market.Simulations.Scenarios.Linting;

/// <summary>Finds values of an issue that are worth the same to every party: one of them would do.</summary>
internal static class DuplicateValues
{
    /// <summary>Adds a finding for each issue that has such values.</summary>
    public static void Check(LoadedScenario loaded, List<Finding> found)
    {
        var scenario = loaded.Scenario;
        for (var i = 0; i < scenario.Agenda.Issues.Count; i++)
        {
            var issue = scenario.Agenda.Issues[i];
            var tables = scenario.Profiles.Select((_, party) => ScenarioTables.Of(scenario, party, i)).ToList();
            var order = Enumerable.Range(0, (int)issue.LevelCount).ToArray();
            Array.Sort(order, (x, y) => Compare(tables, x, y) is not 0 and var difference ? difference : x - y);
            var pairs = 0;
            var (first, second) = (0, 0);
            for (var at = 1; at < order.Length; at++)
            {
                if (Compare(tables, order[at - 1], order[at]) == 0)
                {
                    (first, second) = pairs++ == 0 ? (order[at - 1], order[at]) : (first, second);
                }
            }

            if (pairs > 0)
            {
                var (one, other) = (Text(first), Text(second));
                found.Add(new Finding(
                    Severity.Warning, "duplicate-values", scenario.Name, loaded.Issues[i],
                    $"{pairs} value(s) of '{issue.Name}' are worth the same as another to every party, "
                        + $"first '{one}' and '{other}'.",
                    "Remove them, or value them differently."));
            }

            string Text(int level) => scenario.TextOf(i, issue.ValueAt(level));
        }
    }

    private static int Compare(List<double[]> tables, int x, int y)
    {
        foreach (var table in tables)
        {
            if (table[x].CompareTo(table[y]) is not 0 and var difference)
            {
                return difference;
            }
        }

        return 0;
    }
}
