using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Market.Simulations.Scenarios.Formats.Genius;

/// <summary>
/// Writes GENIUS files. Every issue becomes a discrete one; a table whose largest value is not 1 is divided by that,
/// and its weight multiplied.
/// </summary>
internal static class GeniusWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true,
        NewLineChars = "\n",
        OmitXmlDeclaration = true,
    };

    /// <summary>The domain's file and one of each profile.</summary>
    public static SortedDictionary<string, string> Write(Scenario scenario)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [scenario.Name + "-domain.xml"] = Text(new XElement("negotiation_template", Space(scenario, null))),
        };
        for (var i = 0; i < scenario.Profiles.Count; i++)
        {
            files[PartyFile.NameOf(scenario, i) + ".xml"] = Text(Space(scenario, i));
        }

        return files;
    }

    private static XElement Space(Scenario scenario, int? party)
    {
        var objective = new XElement(
            "objective",
            new XAttribute("index", 0),
            new XAttribute("etype", "objective"),
            new XAttribute("type", "objective"),
            new XAttribute("description", string.Empty),
            new XAttribute("name", "any"));
        var space = new XElement("utility_space", new XAttribute("number_of_issues", scenario.Agenda.Issues.Count));
        if (party is { } at && scenario.Profiles[at] is var profile)
        {
            space.Add(new XElement("reservation", Value(profile.Utility.ReservationValue)));
            space.Add(new XElement("discount_factor", Value(profile.Discount)));
        }

        space.Add(objective);
        for (var i = 0; i < scenario.Agenda.Issues.Count; i++)
        {
            var table = party is { } one ? ScenarioTables.Of(scenario, one, i) : null;
            objective.Add(IssueOf(scenario, i, table));
            if (table is not null)
            {
                var weight = scenario.Profiles[party!.Value].Utility.Weights[i] * (table.Max() > 0 ? table.Max() : 1);
                objective.Add(new XElement("weight", new XAttribute("index", i + 1), Value(weight)));
            }
        }

        return space;
    }

    private static XElement IssueOf(Scenario scenario, int place, double[]? table)
    {
        var issue = scenario.Agenda.Issues[place];
        var element = new XElement(
            "issue",
            new XAttribute("index", place + 1),
            new XAttribute("etype", "discrete"),
            new XAttribute("type", "discrete"),
            new XAttribute("vtype", "discrete"),
            new XAttribute("name", issue.Name));
        for (var level = 0; level < issue.LevelCount; level++)
        {
            var item = new XElement(
                "item",
                new XAttribute("index", level + 1),
                new XAttribute("value", scenario.TextOf(place, issue.ValueAt(level))));
            if (table is not null)
            {
                item.Add(new XAttribute("evaluation", NumberText.Of(table[level])));
            }

            element.Add(item);
        }

        return element;
    }

    private static XAttribute Value(double number) => new("value", NumberText.Of(number));

    private static string Text(XElement root)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, Settings))
        {
            root.WriteTo(writer);
        }

        return text.Append('\n').ToString();
    }
}
