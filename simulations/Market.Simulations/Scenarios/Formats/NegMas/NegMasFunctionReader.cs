using Market.Domain;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.NegMas;

/// <summary>Reads one utility function of a NegMAS scenario.</summary>
internal static class NegMasFunctionReader
{
    /// <summary>The profile of a file.</summary>
    /// <exception cref="ScenarioFileException">Something is missing or wrong, or not linear additive.</exception>
    public static ProfileDraft Read(SourceDocument document, IReadOnlyList<IssueDraft> issues)
    {
        var root = document.Root!;
        var type = NegMasReader.TypeOf(root, "the utility function");
        var isLinear = type is "LinearUtilityFunction" or "AffineUtilityFunction";
        if (!isLinear && type is not ("LinearAdditiveUtilityFunction" or "LinearUtilityAggregationFunction"))
        {
            throw root.Wrong($"the utility function is of the type '{type}'; LinearAdditiveUtilityFunction, "
                + "LinearUtilityFunction and AffineUtilityFunction are read.");
        }

        if (root.Find("reserved_outcome") is { } outcome)
        {
            throw outcome.Wrong("'reserved_outcome' is not read; say its utility as 'reserved_value'.");
        }

        var values = isLinear ? null : ByIssue(root.Field("values"), issues, "values");
        var weights = root.Find("weights") is { } said ? ByIssue(said, issues, "weights") : null;
        var places = new ProfilePlaces(
            root.Place,
            root.Find("reserved_value")?.Place ?? root.Place,
            issues.Select((_, i) => (values?[i] ?? weights?[i] ?? root).Place).ToValueArray());
        return new ProfileDraft(
            root.Find("name")?.AsText("'name'") ?? document.Name,
            places,
            [.. issues.Select((issue, i) => weights?[i].AsNumber($"the weight of '{issue.Issue.Name}'") ?? 1)],
            [.. issues.Select((issue, i) => values is null ? Identity(issue) : FunctionOf(values[i], issue))])
        {
            // Where it is not said, any agreement is better than none.
            Reservation = root.Find("reserved_value")?.AsReservation("'reserved_value'") ?? double.NegativeInfinity,
            Bias = root.Find("bias")?.AsNumber("'bias'") ?? 0,
        };
    }

    /// <summary>One value an issue: a list in the issues' order, or fields by the issues' names.</summary>
    private static List<SourceNode> ByIssue(SourceNode node, IReadOnlyList<IssueDraft> issues, string subject)
    {
        if (node.Fields is not null)
        {
            return [.. issues.Select(issue => node.Field(issue.Issue.Name))];
        }

        var items = node.AsList($"'{subject}'");
        return items.Count == issues.Count
            ? items
            : throw node.Wrong($"'{subject}' has {items.Count} entries; there are {issues.Count} issues.");
    }

    private static ValueFunction FunctionOf(SourceNode node, IssueDraft issue)
    {
        var subject = $"the value function of '{issue.Issue.Name}'";
        switch (NegMasReader.TypeOf(node, subject))
        {
            case "TableFun":
                var mapping = node.Field("mapping");
                var entries = mapping.AsFields($"the mapping of '{issue.Issue.Name}'");
                return NumericValues.Table(issue, mapping.Place, entries.Select(
                    field => (field.Name, field.Value.AsNumber($"the value of '{field.Name}'"), field.Key.Place)));
            case "AffineFun" or "LinearFun":
                var slope = node.Field("slope").AsNumber("the slope");
                return NumericValues.Line(issue, slope, node.Find("bias")?.AsNumber("the bias") ?? 0);
            case "IdentityFun":
                return Identity(issue);
            case "ConstFun":
                return ValueFunction.Linear(0, node.Field("bias").AsNumber("the bias"));
            case var other:
                throw node.Wrong($"{subject} is of the type '{other}'; TableFun, AffineFun, LinearFun, IdentityFun and "
                    + "ConstFun are read.");
        }
    }

    private static ValueFunction Identity(IssueDraft issue) => NumericValues.Line(issue, 1, 0);
}
