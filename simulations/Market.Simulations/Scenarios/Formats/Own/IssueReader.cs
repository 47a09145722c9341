using Market.Domain;
using Market.Domain.Negotiating;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.Own;

/// <summary>Reads one issue of our own files.</summary>
internal static class IssueReader
{
    /// <summary>The kinds of issues by the names that files use.</summary>
    public static readonly IReadOnlyDictionary<string, IssueKind> Kinds = new Dictionary<string, IssueKind>
    {
        ["choice"] = IssueKind.Choice,
        ["range"] = IssueKind.Range,
        ["quantity"] = IssueKind.Quantity,
        ["money"] = IssueKind.Money,
        ["unit price"] = IssueKind.UnitPrice,
        ["total price"] = IssueKind.TotalPrice,
        ["date"] = IssueKind.Date,
        ["boolean"] = IssueKind.Boolean,
    };

    /// <summary>The name of the kind that has no place of its own in an agenda.</summary>
    public const string Continuous = "continuous";

    /// <summary>The issue of its fields.</summary>
    public static IssueDraft Read(SourceNode node)
    {
        var name = node.Field("name").AsText("an issue's 'name'");
        var kindNode = node.Field("kind");
        var kind = kindNode.AsText($"the kind of '{name}'");
        if (kind == Continuous)
        {
            return ReadContinuous(node, name);
        }

        if (!Kinds.TryGetValue(kind, out var known))
        {
            throw kindNode.Wrong(
                $"there is no kind '{kind}'; there are: {string.Join(", ", Kinds.Keys)}, {Continuous}.");
        }

        var issue = known switch
        {
            IssueKind.Choice => ReadChoice(node, name),
            IssueKind.Boolean => ReadBoolean(node, name),
            IssueKind.Date => ReadDates(node, name),
            _ => ReadIntegers(node, name, known),
        };
        return new IssueDraft(issue, null, node.Place);
    }

    private static Issue ReadChoice(SourceNode node, string name)
    {
        node.AllowOnly("a choice", "name", "kind", "values");
        var values = node.Field("values").AsList($"'values' of '{name}'");
        if (values.Count == 0)
        {
            throw node.Field("values").Wrong($"'{name}' has no value; it must have at least one.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (!names.Add(value.AsText($"a value of '{name}'")))
            {
                throw value.Wrong($"'{name}' has the value '{value.Text}' twice; remove one.");
            }
        }

        return Issue.Choice(name, values.Select(value => value.Text!).ToArray());
    }

    private static Issue ReadBoolean(SourceNode node, string name)
    {
        node.AllowOnly("a boolean", "name", "kind");
        return Issue.Boolean(name);
    }

    private static Issue ReadDates(SourceNode node, string name)
    {
        node.AllowOnly("a date", "name", "kind", "minimum", "maximum", "step");
        return Stepped(node, name, IssueKind.Date, Day("minimum"), Day("maximum"));

        long Day(string field) => IssueText.Day(node.Field(field).AsText($"'{field}' of '{name}'"))
            ?? throw node.Field(field).Wrong(
                $"'{field}' of '{name}' is '{node.Field(field).Text}'; it must be a day such as 2027-03-01.");
    }

    private static Issue ReadIntegers(SourceNode node, string name, IssueKind kind)
    {
        node.AllowOnly("an issue with integers", "name", "kind", "minimum", "maximum", "step");

        // Unlike in a market, a plain range may be below zero: a temperature, a change of a price.
        var lowest = kind == IssueKind.Range ? -MarketLimits.AmountMax : kind == IssueKind.Money ? 0 : 1;
        return Stepped(node, name, kind, Bound("minimum"), Bound("maximum"));

        long Bound(string field) =>
            node.Field(field).AsInteger($"'{field}' of '{name}'", lowest, MarketLimits.AmountMax);
    }

    private static Issue Stepped(SourceNode node, string name, IssueKind kind, long minimum, long maximum)
    {
        if (maximum < minimum)
        {
            throw node.Field("maximum").Wrong($"the maximum of '{name}' is below its minimum; exchange them.");
        }

        var step = node.Find("step")?.AsInteger($"the step of '{name}'", 1, MarketLimits.AmountMax) ?? 1;
        return (maximum - minimum) % step == 0
            ? new Issue(name, kind, minimum, maximum, step, [])
            : throw node.Field("step").Wrong($"steps of {step} do not lead from the minimum of '{name}' to its "
                + $"maximum; the last one would be at {maximum - ((maximum - minimum) % step)}.");
    }

    private static IssueDraft ReadContinuous(SourceNode node, string name)
    {
        node.AllowOnly("a continuous issue", "name", "kind", "minimum", "maximum", "step");
        var minimum = node.Field("minimum").AsDecimal($"the minimum of '{name}'");
        var maximum = node.Field("maximum").AsDecimal($"the maximum of '{name}'");
        var step = node.Find("step")?.AsDecimal($"the step of '{name}'");
        return ScaledIssue.Of(name, minimum, maximum, step, node.Place);
    }
}
