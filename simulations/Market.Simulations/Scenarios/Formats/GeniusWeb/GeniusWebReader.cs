using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.GeniusWeb;

/// <summary>Reads GeniusWeb profiles.</summary>
internal static class GeniusWebReader
{
    /// <summary>The scenario of the profiles in a folder; the domain is that of the first one.</summary>
    /// <exception cref="ScenarioFileException">Something is missing or wrong.</exception>
    public static ScenarioDraft Read(string folder, IReadOnlyList<SourceDocument> documents)
    {
        var spaces = documents
            .Where(one => one.HasFields(GeniusWebFormat.Space))
            .Select(one => (one.Name, Root: one.Root!.Field(GeniusWebFormat.Space)))
            .ToList();
        var domain = spaces[0].Root.Field("domain");
        var issues = domain.Field("issuesValues").AsFields("'issuesValues'").Select(IssueOf).ToList();
        var name = domain.Find("name")?.AsText("the domain's 'name'") ?? folder;
        return new ScenarioDraft(
            name, domain.Place, issues, [.. spaces.Select(space => ProfileOf(space.Root, space.Name, issues))]);
    }

    private static IssueDraft IssueOf(SourceField field)
    {
        var place = field.Key.Place;
        if (field.Value.Find("values") is { } values)
        {
            var texts = values.AsList($"the values of '{field.Name}'")
                .Select(value => value.AsText("a value")).ToArray();
            return texts.Length > 0
                ? new IssueDraft(Issue.Choice(field.Name, texts), null, place)
                : throw values.Wrong($"'{field.Name}' has no value.");
        }

        var range = field.Value.Field("range").AsList($"the range of '{field.Name}'");
        if (range.Count != 3)
        {
            throw field.Value.Wrong($"the range of '{field.Name}' must be: lowest, highest, step.");
        }

        var (low, high, step) = (Of(0), Of(1), Of(2));
        if (low > high || step <= 0 || Math.Max(Math.Abs(low), Math.Abs(high)) > 1e15m)
        {
            throw field.Value.Wrong(
                $"the range of '{field.Name}' must be rising, its step positive, all within ±10¹⁵.");
        }

        // The highest number need not be reached by a whole number of steps.
        high -= (high - low) % step;
        return low == decimal.Truncate(low) && step == decimal.Truncate(step)
            ? new IssueDraft(
                Issue.Range(field.Name, decimal.ToInt64(low), decimal.ToInt64(high), decimal.ToInt64(step)),
                null,
                place)
            : ScaledIssue.Of(field.Name, low, high, step, place);

        decimal Of(int at) => range[at].AsDecimal($"a number of the range of '{field.Name}'");
    }

    private static ProfileDraft ProfileOf(SourceNode root, string file, List<IssueDraft> issues)
    {
        var name = root.Find("name")?.AsText("the profile's 'name'") ?? file;
        var (utilities, weights) = (root.Field("issueUtilities"), root.Field("issueWeights"));
        var of = issues.Select(issue => utilities.Field(issue.Issue.Name)).ToList();
        var functions = of.Select((node, i) => FunctionOf(node, issues[i])).ToList();
        var factors = issues.Select(
            issue => weights.Field(issue.Issue.Name).AsNumber($"the weight of '{issue.Issue.Name}'")).ToList();
        var bid = root.Find("reservationBid");
        return new ProfileDraft(
            name,
            new ProfilePlaces(root.Place, bid?.Place ?? root.Place, of.Select(node => node.Place).ToValueArray()),
            factors,
            functions)
        {
            Reservation = bid is null ? 0 : UtilityOf(bid, issues, functions, factors),
        };
    }

    private static ValueFunction FunctionOf(SourceNode node, IssueDraft issue)
    {
        if (node.Find("discreteutils") is { } discrete)
        {
            var values = discrete.Field("valueUtilities").AsFields("'valueUtilities'");
            return NumericValues.Table(issue, discrete.Place, values.Select(
                field => (field.Name, field.Value.AsNumber($"the value of '{field.Name}'"), field.Key.Place)));
        }

        var numbers = node.Find("numberutils") ?? throw node.Wrong(
            $"'{issue.Issue.Name}' must be valued by discreteutils or numberutils.");
        var (low, high) = (Of("lowValue"), Of("highValue"));
        var (lowUtility, highUtility) = (Of("lowUtility"), Of("highUtility"));
        var rise = highUtility - lowUtility;
        return NumericValues.Table(
            issue, x => high == low ? lowUtility : lowUtility + (rise * ((x - low) / (high - low))));

        double Of(string field) => numbers.Field(field).AsNumber($"'{field}' of '{issue.Issue.Name}'");
    }

    /// <summary>The utility of the reservation bid; an issue that it leaves out adds nothing.</summary>
    private static double UtilityOf(
        SourceNode bid, List<IssueDraft> issues, List<ValueFunction> functions, List<double> weights)
    {
        var sum = 0.0;
        var values = bid.Field("issuevalues");
        for (var i = 0; i < issues.Count; i++)
        {
            if (values.Find(issues[i].Issue.Name) is { } said)
            {
                var value = issues[i].ValueOf(said.AsText("a value of the reservation bid")) ?? throw said.Wrong(
                    $"'{said.Text}' in the reservation bid is no value of '{issues[i].Issue.Name}'.");
                sum += weights[i] * functions[i].ValueOf(issues[i].Issue, value);
            }
        }

        return sum;
    }
}
