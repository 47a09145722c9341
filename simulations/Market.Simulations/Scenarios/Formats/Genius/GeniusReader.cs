using System.Globalization;
using System.Xml.Linq;
using Market.Domain.Negotiating;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.Genius;

/// <summary>Reads the files of a GENIUS domain.</summary>
internal static class GeniusReader
{
    /// <summary>The root element of the domain's file.</summary>
    public const string DomainRoot = "negotiation_template";

    private const string ProfileRoot = "utility_space";

    /// <summary>The scenario of a domain's file and its profiles' files.</summary>
    /// <exception cref="ScenarioFileException">Something is missing or wrong.</exception>
    public static ScenarioDraft Read(string folder, IReadOnlyList<SourceDocument> documents)
    {
        var domains = documents.Where(one => one.Xml!.Name.LocalName == DomainRoot).ToList();
        if (domains is not [var domain])
        {
            throw new ScenarioFileException(
                new Place(domains[1].Path), "the folder holds two domains; give each a folder of its own.");
        }

        var profiles = documents.Where(one => one.Xml!.Name.LocalName == ProfileRoot).ToList();
        var issues = domain.Xml!.Descendants("issue").Select(issue => IssueOf(issue, domain.Path)).ToList();
        if (profiles.Count < 2)
        {
            throw new ScenarioFileException(
                new Place(domain.Path), $"the folder holds {profiles.Count} profiles (files of '{ProfileRoot}'); it "
                    + "must hold one of each party, at least two.");
        }

        return new ScenarioDraft(
            folder,
            new Place(domain.Path),
            issues,
            [.. profiles.Select(profile => GeniusProfileReader.Read(profile, issues))]);
    }

    /// <summary>An attribute that must be there.</summary>
    public static string Attribute(XElement element, string name, string path) =>
        element.Attribute(name)?.Value is { Length: > 0 } text
            ? text
            : throw Wrong(element, path, $"the attribute '{name}' of '{element.Name.LocalName}' is missing.");

    /// <summary>A number in an attribute that must be there.</summary>
    public static double Number(XElement element, string name, string path)
    {
        var text = Attribute(element, name, path);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number
            : throw Wrong(element, path, $"'{name}' is '{text}'; it must be a number such as 0.25.");
    }

    /// <summary>An error about an element.</summary>
    public static ScenarioFileException Wrong(XElement element, string path, string problem) =>
        new(XmlSource.PlaceOf(element, path), problem);

    private static IssueDraft IssueOf(XElement element, string path)
    {
        var name = Attribute(element, "name", path);
        var place = XmlSource.PlaceOf(element, path);
        var kind = (string?)element.Attribute("type") ?? (string?)element.Attribute("etype")
            ?? (string?)element.Attribute("vtype") ?? "discrete";
        switch (kind)
        {
            case "discrete":
                var values = element.Elements("item").Select(item => Attribute(item, "value", path)).ToArray();
                return values.Length > 0
                    ? new IssueDraft(Issue.Choice(name, values), null, place)
                    : throw Wrong(element, path, $"'{name}' has no item.");
            case "integer":
                var (lowest, highest) = (Bound("lowerbound"), Bound("upperbound"));
                return lowest == decimal.Truncate(lowest) && highest == decimal.Truncate(highest) && lowest <= highest
                    ? new IssueDraft(Issue.Range(name, decimal.ToInt64(lowest), decimal.ToInt64(highest)), null, place)
                    : throw Wrong(element, path, $"the bounds of '{name}' must be whole numbers, the lower one first.");
            case "real":
                return ScaledIssue.Of(name, Bound("lowerbound"), Bound("upperbound"), null, place);
            default:
                throw Wrong(element, path, $"'{name}' is of the type '{kind}'; discrete, integer and real are read.");
        }

        decimal Bound(string bound)
        {
            var text = (string?)element.Attribute(bound) ?? (string?)element.Element("range")?.Attribute(bound);
            return text is not null && IssueText.Decimal(text) is { } number && Math.Abs(number) <= 1e15m
                ? number
                : throw Wrong(element, path, $"'{name}' needs '{bound}', a number within ±10¹⁵, here or on 'range'.");
        }
    }
}
