using System.Globalization;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios;

/// <summary>Makes scenarios of drafts: what every format must hold is checked here, once.</summary>
internal static class ScenarioBuilder
{
    /// <summary>The scenario of a draft.</summary>
    /// <exception cref="ScenarioFileException">Something is missing, too many, or named twice.</exception>
    public static LoadedScenario Build(ScenarioDraft draft, string format)
    {
        Check(draft);
        var agenda = new Agenda(draft.Currency, draft.Issues.Select(issue => issue.Issue).ToValueArray());
        var scales = draft.Issues.Any(issue => issue.Scale is not null)
            ? draft.Issues.Select(issue => issue.Scale).ToValueArray()
            : default;
        var profiles = draft.Profiles.Select(profile => ProfileOf(profile, agenda)).ToValueArray();
        return new LoadedScenario(
            new Scenario(
                NameOf(draft.Name), draft.Description, agenda, profiles, draft.Rounds, scales, draft.Posted,
                draft.Request.ToValueArray()),
            format,
            draft.Place,
            draft.Issues.Select(issue => issue.Place).ToValueArray(),
            draft.Profiles.Select(profile => profile.Places).ToValueArray());
    }

    /// <summary>A text with every character that a scenario's name may not have replaced by "-".</summary>
    public static string NameOf(string text)
    {
        var name = string.Concat(text.Select(c => IsOfName(c) ? c : '-')).Trim('-');
        return name.Length > 0 ? name : "scenario";
    }

    /// <summary>Whether a scenario can have this name.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= ScenarioLimits.NameLengthMax && text.All(IsOfName);

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    private static void Check(ScenarioDraft draft)
    {
        if (draft.Issues.Count is 0 or > MarketLimits.IssuesMax)
        {
            throw Wrong(draft.Place, $"a scenario has 1 to {MarketLimits.IssuesMax} issues, not {draft.Issues.Count}.");
        }

        if (draft.Profiles.Count is < 2 or > ScenarioLimits.PartiesMax)
        {
            throw Wrong(
                draft.Place, $"a scenario has 2 to {ScenarioLimits.PartiesMax} profiles, not {draft.Profiles.Count}.");
        }

        CheckNames(draft.Issues.Select(issue => (issue.Issue.Name, issue.Place)), "issue");
        CheckNames(draft.Profiles.Select(profile => (profile.Name, profile.Places.Whole)), "profile");
        foreach (var issue in draft.Issues)
        {
            CheckNames(issue.Issue.Choices.Select(choice => (choice, issue.Place)), $"value of '{issue.Issue.Name}'");
        }
    }

    private static void CheckNames(IEnumerable<(string Name, Place Place)> things, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, place) in things)
        {
            if (name.Length is 0 or > ScenarioLimits.NameLengthMax || name.Any(char.IsControl))
            {
                throw Wrong(
                    place, $"the name of the {what} must have 1 to {ScenarioLimits.NameLengthMax} visible characters.");
            }

            if (!seen.Add(name))
            {
                throw Wrong(place, $"there are two of the {what} '{name}'; give each a name of its own.");
            }
        }
    }

    private static Profile ProfileOf(ProfileDraft draft, Agenda agenda)
    {
        if (!(draft.Discount > 0 && draft.Discount <= 1))
        {
            var discount = draft.Discount.ToString(CultureInfo.InvariantCulture);
            throw Wrong(draft.Places.Whole, $"the discount of '{draft.Name}' is {discount}; it must be above 0 "
                + "and at most 1, which is no discount.");
        }

        try
        {
            var utility = new UtilityFunction(
                agenda,
                draft.Values.ToValueArray(),
                draft.Weights.ToValueArray(),
                draft.Reservation == 0 ? 0 : draft.Reservation,
                draft.Bias);
            return new Profile(draft.Name, utility, draft.Discount);
        }
        catch (ArgumentException flaw)
        {
            throw new ScenarioFileException(draft.Places.Whole, $"profile '{draft.Name}': {flaw.Message}", flaw);
        }
    }

    private static ScenarioFileException Wrong(Place place, string problem) => new(place, problem);
}
