using Market.Domain.Negotiating;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.NegMas;

/// <summary>Reads the outcome space of a NegMAS scenario, and its utility functions.</summary>
internal static class NegMasReader
{
    /// <summary>The names under which files say what type something is.</summary>
    private static readonly string[] TypeFields = ["type", "$type", "__python_class__"];

    /// <summary>Whether a file is an outcome space: a list of issues with types, and no profiles.</summary>
    public static bool IsDomain(SourceDocument document) =>
        document.HasFields("issues")
        && !document.HasFields("profiles")
        && document.Root!.Field("issues").Items is [var first, ..]
        && first.Find("values") is not null;

    /// <summary>The scenario of the files of a folder.</summary>
    /// <exception cref="ScenarioFileException">Something is missing or wrong.</exception>
    public static ScenarioDraft Read(string folder, IReadOnlyList<SourceDocument> documents)
    {
        var domains = documents.Where(IsDomain).ToList();
        if (domains is not [var domain])
        {
            throw new ScenarioFileException(
                new Place(domains[1].Path), "the folder holds two outcome spaces; give each a folder of its own.");
        }

        var issues = domain.Root!.Field("issues").AsList("'issues'").Select(IssueOf).ToList();
        var functions = documents.Where(IsFunction).ToList();
        if (functions.Count < 2)
        {
            throw new ScenarioFileException(
                new Place(domain.Path), $"the folder holds {functions.Count} utility functions (files with 'type' and "
                    + "'values' or 'weights'); it must hold one of each party, at least two.");
        }

        return new ScenarioDraft(
            domain.Root!.Find("name")?.AsText("'name'") ?? folder,
            new Place(domain.Path),
            issues,
            [.. functions.Select(function => NegMasFunctionReader.Read(function, issues))]);
    }

    /// <summary>The last part of a type's name: <c>TableFun</c> of <c>negmas.preferences.TableFun</c>.</summary>
    public static string TypeOf(SourceNode node, string subject)
    {
        foreach (var field in TypeFields)
        {
            if (node.Find(field) is { } type)
            {
                return type.AsText($"the type of {subject}").Split('.')[^1];
            }
        }

        throw node.Wrong($"{subject} has no 'type'.");
    }

    private static bool IsFunction(SourceDocument document) =>
        document.Root?.Find("issues") is null
        && Array.Exists(TypeFields, field => document.HasFields(field))
        && (document.HasFields("values") || document.HasFields("weights") || document.HasFields("reserved_value"));

    private static IssueDraft IssueOf(SourceNode node)
    {
        var name = node.Field("name").AsText("an issue's 'name'");
        var values = node.Field("values");
        switch (TypeOf(node, $"the issue '{name}'"))
        {
            case "CategoricalIssue" or "DiscreteCardinalIssue" or "DiscreteOrdinalIssue" or "CardinalIssue"
                or "OrdinalIssue":
                var texts = values.AsList($"the values of '{name}'").Select(value => value.AsText("a value")).ToArray();
                return texts.Length > 0
                    ? new IssueDraft(Issue.Choice(name, texts), null, node.Place)
                    : throw values.Wrong($"'{name}' has no value.");
            case "ContiguousIssue" or "IntegerIssue":
                var (low, high) = BoundsOf(values, name, isWhole: true);
                return new IssueDraft(
                    Issue.Range(name, decimal.ToInt64(low), decimal.ToInt64(high)), null, node.Place);
            case "ContinuousIssue":
                var (lowest, highest) = BoundsOf(values, name, isWhole: false);
                return ScaledIssue.Of(name, lowest, highest, null, node.Place);
            case var other:
                throw node.Wrong($"'{name}' is of the type '{other}'; CategoricalIssue, DiscreteCardinalIssue, "
                    + "DiscreteOrdinalIssue, ContiguousIssue and ContinuousIssue are read.");
        }
    }

    // One number n is short for 0 to n − 1, where the numbers are whole.
    private static (decimal Low, decimal High) BoundsOf(SourceNode values, string name, bool isWhole)
    {
        var numbers = values.Items is { } items
            ? items.Select(item => item.AsDecimal($"a bound of '{name}'")).ToList()
            : [0, values.AsDecimal($"the number of values of '{name}'") - 1];
        var isUsable = numbers.Count == 2
            && numbers[0] <= numbers[1]
            && numbers.TrueForAll(number => Math.Abs(number) <= 1e15m)
            && (!isWhole || numbers.TrueForAll(number => number == decimal.Truncate(number)));
        return isUsable
            ? (numbers[0], numbers[1])
            : throw values.Wrong($"the values of '{name}' must be its least and its largest number within ±10¹⁵"
                + (isWhole ? ", both whole." : "."));
    }
}
