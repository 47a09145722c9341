using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.Own;

/// <summary>Reads one profile of our own files.</summary>
internal static class ProfileReader
{
    /// <summary>The profile of its fields.</summary>
    /// <param name="node">The fields.</param>
    /// <param name="issues">The scenario's issues.</param>
    public static ProfileDraft Read(SourceNode node, IReadOnlyList<IssueDraft> issues)
    {
        node.AllowOnly("a profile", "name", "reservation", "bias", "discount", "values");
        var name = node.Field("name").AsText("a profile's 'name'");
        var values = node.Field("values");
        RequireKnownIssues(values, issues, name);
        var of = issues.Select(issue => values.Find(issue.Issue.Name)
            ?? throw values.Wrong($"'{name}' does not value the issue '{issue.Issue.Name}'; add it.")).ToList();
        var places = new ProfilePlaces(
            node.Place,
            node.Find("reservation")?.Place ?? node.Place,
            of.Select(value => value.Place).ToValueArray());
        return new ProfileDraft(
            name,
            places,
            [.. of.Select((value, i) => Weight(value, issues[i]))],
            [.. of.Select((value, i) => Function(value, issues[i]))])
        {
            Reservation = node.Find("reservation")?.AsReservation($"the reservation value of '{name}'") ?? 0,
            Bias = node.Find("bias")?.AsNumber($"the bias of '{name}'") ?? 0,
            Discount = node.Find("discount")?.AsNumber($"the discount of '{name}'") ?? 1,
        };
    }

    private static void RequireKnownIssues(SourceNode values, IReadOnlyList<IssueDraft> issues, string name)
    {
        foreach (var field in values.AsFields($"the values of '{name}'"))
        {
            if (!issues.Any(issue => issue.Issue.Name == field.Name))
            {
                var known = string.Join(", ", issues.Select(issue => issue.Issue.Name));
                throw field.Key.Wrong($"'{name}' values '{field.Name}', which is no issue; there are: {known}.");
            }
        }
    }

    private static double Weight(SourceNode node, IssueDraft issue)
    {
        node.AllowOnly($"what a profile says about '{issue.Issue.Name}'", "weight", "table", "linear", "points");
        return node.Find("weight")?.AsNumber($"the weight of '{issue.Issue.Name}'") ?? 1;
    }

    private static ValueFunction Function(SourceNode node, IssueDraft issue)
    {
        var (table, linear, points) = (node.Find("table"), node.Find("linear"), node.Find("points"));
        return (table, linear, points) switch
        {
            ({ } values, null, null) => Table(values, issue),
            (null, { } line, null) => Line(line, issue),
            (null, null, { } bends) => Points(bends, issue),
            _ => throw node.Wrong($"'{issue.Issue.Name}' must be valued by one of: table, linear, points."),
        };
    }

    private static TableValueFunction Table(SourceNode node, IssueDraft issue) => NumericValues.Table(
        issue,
        node.Place,
        node.AsFields($"the table of '{issue.Issue.Name}'")
            .Select(field => (field.Name, field.Value.AsNumber($"the value of '{field.Name}'"), field.Key.Place)));

    private static ValueFunction Line(SourceNode node, IssueDraft issue)
    {
        node.AllowOnly($"the line of '{issue.Issue.Name}'", "slope", "intercept");
        var slope = node.Field("slope").AsNumber("the slope");
        return NumericValues.Line(issue, slope, node.Find("intercept")?.AsNumber("the intercept") ?? 0);
    }

    private static TableValueFunction Points(SourceNode node, IssueDraft issue)
    {
        NumericValues.RequireEnumerable(issue);
        if (issue.Issue.Kind == IssueKind.Choice)
        {
            throw node.Wrong($"'{issue.Issue.Name}' is a choice, which has no points between its values; use a table.");
        }

        var fields = node.AsFields($"the points of '{issue.Issue.Name}'");
        var points = fields
            .Select(field => (
                Level: LevelOf(field.Key, issue), Height: field.Value.AsNumber($"the value at {field.Name}")))
            .OrderBy(point => point.Level)
            .ToList();
        var last = issue.Issue.LevelCount - 1;
        return points.Count > 0 && points[0].Level == 0 && points[^1].Level == last
            ? new TableValueFunction(NumericValues.Interpolate(
                issue,
                [.. points.Select(point => point.Level)],
                [.. points.Select(point => point.Height)]).ToValueArray())
            : throw node.Wrong($"the points of '{issue.Issue.Name}' must begin at {issue.TextAt(0)} and end at "
                + $"{issue.TextAt(last)}.");
    }

    private static long LevelOf(SourceNode key, IssueDraft issue) => issue.ValueOf(key.Text!) is { } value
        ? issue.Issue.LevelOf(value)
        : throw key.Wrong($"'{key.Text}' is no value of '{issue.Issue.Name}'.");
}
