using System.Text;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios.Formats.Own;

namespace Market.Simulations.Scenarios.Formats.NegMas;

/// <summary>Writes NegMAS YAML: names of issues' and functions' types as that platform's files have them.</summary>
internal static class NegMasWriter
{
    /// <summary>The file of the outcome space and one of each utility function.</summary>
    public static SortedDictionary<string, string> Write(Scenario scenario)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [scenario.Name + ".yml"] = DomainOf(scenario),
        };
        for (var i = 0; i < scenario.Profiles.Count; i++)
        {
            files[PartyFile.NameOf(scenario, i) + ".yml"] = FunctionOf(scenario, i);
        }

        return files;
    }

    private static string DomainOf(Scenario scenario)
    {
        var text = new StringBuilder();
        text.Append("name: ").Append(YamlText.Of(scenario.Name)).Append('\n').Append("issues:\n");
        for (var i = 0; i < scenario.Agenda.Issues.Count; i++)
        {
            var issue = scenario.Agenda.Issues[i];
            text.Append("- name: ").Append(YamlText.Of(issue.Name)).Append('\n');
            if (IsContiguous(scenario, i))
            {
                text.Append("  type: ContiguousIssue\n  values:\n");
                text.Append("  - ").Append(NumberText.Of(issue.Minimum)).Append('\n');
                text.Append("  - ").Append(NumberText.Of(issue.Maximum)).Append('\n');
                continue;
            }

            text.Append("  type: ").Append(IsNumeric(scenario, i) ? "DiscreteCardinalIssue" : "CategoricalIssue");
            text.Append("\n  values:\n");
            for (var level = 0; level < issue.LevelCount; level++)
            {
                text.Append("  - ").Append(YamlText.Of(scenario.TextOf(i, issue.ValueAt(level)))).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string FunctionOf(Scenario scenario, int party)
    {
        var profile = scenario.Profiles[party];
        var text = new StringBuilder();
        text.Append("name: ").Append(YamlText.Of(profile.Name)).Append('\n');
        text.Append("type: LinearAdditiveUtilityFunction\n");
        text.Append("bias: ").Append(NumberText.Of(profile.Utility.Bias)).Append('\n');
        text.Append("reserved_value: ").Append(NumberText.Of(profile.Utility.ReservationValue)).Append('\n');
        text.Append("weights:\n");
        foreach (var weight in profile.Utility.Weights)
        {
            text.Append("- ").Append(NumberText.Of(weight)).Append('\n');
        }

        text.Append("values:\n");
        for (var i = 0; i < scenario.Agenda.Issues.Count; i++)
        {
            AppendValues(text, scenario, party, i);
        }

        return text.ToString();
    }

    private static void AppendValues(StringBuilder text, Scenario scenario, int party, int place)
    {
        var issue = scenario.Agenda.Issues[place];
        var function = scenario.Profiles[party].Utility.ValueFunctions[place];
        if (function is LinearValueFunction line && IsNumeric(scenario, place))
        {
            text.Append("- type: AffineFun\n  slope: ").Append(NumberText.Of(line.Slope));
            text.Append("\n  bias: ").Append(NumberText.Of(line.Intercept)).Append('\n');
            return;
        }

        text.Append("- type: TableFun\n  mapping:\n");
        var table = ScenarioTables.Of(scenario, party, place);
        for (var level = 0; level < table.Length; level++)
        {
            text.Append("    ").Append(YamlText.Of(scenario.TextOf(place, issue.ValueAt(level))));
            text.Append(": ").Append(NumberText.Of(table[level])).Append('\n');
        }
    }

    private static bool IsNumeric(Scenario scenario, int place) =>
        scenario.ScaleOf(place) is not null
        || scenario.Agenda.Issues[place].Kind is not (IssueKind.Choice or IssueKind.Boolean or IssueKind.Date);

    private static bool IsContiguous(Scenario scenario, int place) =>
        IsNumeric(scenario, place) && scenario.ScaleOf(place) is null && scenario.Agenda.Issues[place].Step == 1;
}
