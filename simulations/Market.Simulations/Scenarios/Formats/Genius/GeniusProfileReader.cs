using System.Xml.Linq;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.Genius;

/// <summary>Reads one party's file of a GENIUS domain.</summary>
internal static class GeniusProfileReader
{
    /// <summary>The profile of a file; its name is the file's.</summary>
    /// <exception cref="ScenarioFileException">Something is missing or wrong.</exception>
    public static ProfileDraft Read(SourceDocument document, IReadOnlyList<IssueDraft> issues)
    {
        var (root, path) = (document.Xml!, document.Path);
        var elements = issues.Select(issue => Find(root, issue, path)).ToList();
        var weights = elements.Select(element => WeightOf(root, element, path)).ToList();
        var reservation = root.Descendants("reservation").FirstOrDefault();
        var discount = root.Descendants("discount_factor").FirstOrDefault();
        var whole = new Place(path, 1);
        var places = new ProfilePlaces(
            whole,
            reservation is null ? whole : XmlSource.PlaceOf(reservation, path),
            elements.Select(element => XmlSource.PlaceOf(element, path)).ToValueArray());
        return new ProfileDraft(
            document.Name, places, weights, [.. elements.Select((element, i) => FunctionOf(element, issues[i], path))])
        {
            Reservation = reservation is null ? 0 : GeniusReader.Number(reservation, "value", path),

            // Such a file says 0 where utilities are not discounted.
            Discount = discount is not null && GeniusReader.Number(discount, "value", path) is not 0 and var delta
                ? delta
                : 1,
        };
    }

    private static XElement Find(XElement root, IssueDraft issue, string path) =>
        root.Descendants("issue").FirstOrDefault(element => (string?)element.Attribute("name") == issue.Issue.Name)
        ?? throw GeniusReader.Wrong(root, path, $"the profile has no issue '{issue.Issue.Name}'; the domain has it.");

    private static double WeightOf(XElement root, XElement issue, string path)
    {
        var index = GeniusReader.Attribute(issue, "index", path);
        var weight = (issue.Parent ?? root).Elements("weight")
            .FirstOrDefault(one => (string?)one.Attribute("index") == index)
            ?? throw GeniusReader.Wrong(issue, path, $"there is no weight with the index {index}, that of this issue.");
        return GeniusReader.Number(weight, "value", path);
    }

    private static ValueFunction FunctionOf(XElement element, IssueDraft issue, string path) =>
        issue is { Issue.Kind: IssueKind.Choice }
            ? Discrete(element, issue, path)
            : issue is { Scale: null, Issue.Kind: IssueKind.Range }
                ? Whole(element, issue, path)
            : element.Element("evaluator") is { } evaluator
                ? Numeric(evaluator, issue, path)
                : throw GeniusReader.Wrong(element, path, $"'{issue.Issue.Name}' has no evaluator; it needs one.");

    /// <summary>evaluation ÷ the issue's largest evaluation; 0 where all are 0.</summary>
    private static TableValueFunction Discrete(XElement element, IssueDraft issue, string path)
    {
        var entries = element.Elements("item").Select(item => (
            Text: GeniusReader.Attribute(item, "value", path),
            Number: GeniusReader.Number(item, "evaluation", path),
            Place: XmlSource.PlaceOf(item, path))).ToList();
        var largest = entries.Count == 0 ? 0 : entries.Max(entry => entry.Number);
        return largest > 0 || entries.All(entry => entry.Number == 0)
            ? NumericValues.Table(issue, XmlSource.PlaceOf(element, path), entries.Select(
                entry => (entry.Text, largest > 0 ? entry.Number / largest : 0, entry.Place)))
            : throw GeniusReader.Wrong(element, path, $"an evaluation of '{issue.Issue.Name}' must be above 0.");
    }

    /// <summary>
    /// offset + slope × (x − the lowest value), never below 0 nor above 1; 0 without an evaluator. Other programs write
    /// the evaluators of real issues for integer ones, too.
    /// </summary>
    private static ValueFunction Whole(XElement element, IssueDraft issue, string path)
    {
        if (element.Element("evaluator") is not { } evaluator)
        {
            return NumericValues.Line(issue, 0, 0);
        }

        if (evaluator.Attribute("slope") is null)
        {
            return Numeric(evaluator, issue, path);
        }

        var slope = GeniusReader.Number(evaluator, "slope", path);
        var offset = GeniusReader.Number(evaluator, "offset", path);
        var lowest = element.Attribute("lowerbound") is null
            ? NumericValues.NumberAt(issue, 0)
            : GeniusReader.Number(element, "lowerbound", path);
        return NumericValues.Table(issue, x => Math.Clamp((slope * (x - lowest)) + offset, 0, 1));
    }

    private static ValueFunction Numeric(XElement evaluator, IssueDraft issue, string path)
    {
        var kind = GeniusReader.Attribute(evaluator, "ftype", path);
        return kind switch
        {
            "linear" => Clamped(issue, Of("parameter1"), Of("parameter0")),
            "constant" => NumericValues.Line(issue, 0, Of("parameter0")),
            "triangular" => Triangle(issue, Of("parameter0"), Of("parameter1"), Of("parameter2")),
            _ => throw GeniusReader.Wrong(
                evaluator, path, $"the evaluator '{kind}' is not read; linear, constant and triangular are."),
        };

        double Of(string attribute) => GeniusReader.Number(evaluator, attribute, path);
    }

    /// <summary>A line, never below 0 nor above 1.</summary>
    private static ValueFunction Clamped(IssueDraft issue, double slope, double intercept)
    {
        double[] ends = [NumericValues.NumberAt(issue, 0), NumericValues.NumberAt(issue, issue.Issue.LevelCount - 1)];
        return ends.All(x => (slope * x) + intercept is >= 0 and <= 1)
            ? NumericValues.Line(issue, slope, intercept)
            : NumericValues.Table(issue, x => Math.Clamp((slope * x) + intercept, 0, 1));
    }

    /// <summary>
    /// From 0 at the lower end to 1 at the top, and to 0 again at the upper end, which is worth 0 even where it is the
    /// top; 0 outside.
    /// </summary>
    private static TableValueFunction Triangle(IssueDraft issue, double lower, double upper, double top) =>
        (TableValueFunction)NumericValues.Table(issue, x =>
            x < lower || x >= upper ? 0
            : x < top ? (x - lower) / (top - lower)
            : 1 - ((x - top) / (upper - top)));
}
