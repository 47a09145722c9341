using Market.Domain;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Scenarios.Formats.Own;

/// <summary>Reads our own scenario files; docs/scenarios.md describes them.</summary>
internal static class OwnReader
{
    /// <summary>Whether a file is one of ours.</summary>
    public static bool Knows(SourceDocument document) => document.HasFields("issues", "profiles");

    /// <summary>The scenario of a file.</summary>
    /// <exception cref="ScenarioFileException">Something is missing or wrong.</exception>
    public static ScenarioDraft Read(SourceDocument document)
    {
        var root = document.Root!;
        root.AllowOnly(
            "a scenario", "name", "description", "rounds", "currency", "posted", "request", "issues", "profiles");
        var issues = root.Field("issues").AsList("'issues'").Select(IssueReader.Read).ToList();
        RequireDifferentNames(issues);
        var profiles = root.Field("profiles").AsList("'profiles'")
            .Select(node => ProfileReader.Read(node, issues)).ToList();
        return new ScenarioDraft(NameOf(document), root.Place, issues, profiles)
        {
            Description = root.Find("description")?.AsText("'description'").Trim() ?? string.Empty,
            Rounds = (int?)root.Find("rounds")?.AsInteger("'rounds'", 1, ScenarioLimits.RoundsMax),
            Currency = root.Find("currency") is { } currency ? CurrencyOf(currency) : Currency.Usd,
            Posted = root.Find("posted") is { } posted ? PostedOf(posted, issues) : null,
            Request = root.Find("request") is { } request ? [.. RequestOf(request, issues)] : [],
        };
    }

    private static long PostedOf(SourceNode node, List<IssueDraft> issues) =>
        issues.Any(static issue => issue.Issue.IsPrice)
            ? node.AsInteger("'posted'", 0, MarketLimits.AmountMax)
            : throw node.Wrong("'posted' is the total at which the seller sells to anybody, and no issue is a price; "
                + "remove it.");

    private static IEnumerable<RequestedValue> RequestOf(SourceNode node, List<IssueDraft> issues)
    {
        foreach (var field in node.AsFields("'request'"))
        {
            var place = issues.FindIndex(issue => issue.Issue.Name == field.Name);
            if (place < 0)
            {
                throw field.Key.Wrong($"'request' names '{field.Name}', which is no issue; there are: "
                    + $"{string.Join(", ", issues.Select(static issue => issue.Issue.Name))}.");
            }

            if (issues[place].Issue.IsPrice)
            {
                throw field.Key.Wrong(
                    "a request asks for an item, a quantity or a fee, not for a price; use 'posted'.");
            }

            yield return issues[place].ValueOf(field.Value.AsText($"what is requested of '{field.Name}'")) is { } value
                ? new RequestedValue(place, value)
                : throw field.Value.Wrong($"'{field.Value.Text}' is no value of '{field.Name}'.");
        }
    }

    private static string NameOf(SourceDocument document)
    {
        if (document.Root!.Find("name") is not { } node)
        {
            return document.Name;
        }

        var name = node.AsText("'name'");
        return ScenarioBuilder.IsName(name)
            ? name
            : throw node.Wrong($"the name is '{name}'; a name has letters, digits, '-', '_' and '.', such as "
                + $"'{ScenarioBuilder.NameOf(name)}'.");
    }

    // Before profiles are read: they name issues.
    private static void RequireDifferentNames(List<IssueDraft> issues)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var issue in issues)
        {
            if (!names.Add(issue.Issue.Name))
            {
                throw new ScenarioFileException(
                    issue.Place, $"there are two issues '{issue.Issue.Name}'; give each a name of its own.");
            }
        }
    }

    private static Currency CurrencyOf(SourceNode node)
    {
        var parts = node.AsText("'currency'").Split('/');
        var decimals = 2;
        return parts.Length <= 2
            && parts[0].Length == 3
            && parts[0].All(char.IsAsciiLetterUpper)
            && (parts.Length == 1 || (int.TryParse(parts[1], out decimals) && decimals is >= 0 and <= 9))
            ? Currency.Of(parts[0], decimals)
            : throw node.Wrong($"'currency' is '{node.Text}'; it must be a code such as EUR, or with its decimals "
                + "where these are not two: JPY/0.");
    }
}
