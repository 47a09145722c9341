using System.Security.Cryptography;
using Market.Domain.Negotiating;
using Market.Simulations.Results;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Running;

/// <summary>
/// A hash over everything in a scenario that could change a result: issues with their values, and of each profile the
/// weights, the value of every level, bias, reservation value and discount, each double by its shortest digits; and
/// what is posted and asked for.
/// </summary>
internal static class ScenarioFingerprint
{
    /// <summary>The SHA-256 in hexadecimal digits.</summary>
    public static string Of(Scenario scenario)
    {
        var text = new Utf8Buffer();
        text.Append(scenario.Name);
        text.AppendNext(scenario.Rounds ?? 0);
        foreach (var issue in scenario.Agenda.Issues)
        {
            Append(text, issue);
        }

        foreach (var profile in scenario.Profiles)
        {
            Append(text, profile);
        }

        AppendOrder(text, scenario);
        return Convert.ToHexStringLower(SHA256.HashData(text.Written));
    }

    // Labels follow from it. A scenario without has the hash that it had before there was any.
    private static void AppendOrder(Utf8Buffer text, Scenario scenario)
    {
        if (scenario.Posted is { } posted)
        {
            text.Append("\nposted"u8);
            text.AppendNext(posted);
        }

        foreach (var (issue, value) in scenario.Request)
        {
            text.Append("\nrequest"u8);
            text.AppendNext(issue);
            text.AppendNext(value);
        }
    }

    private static void Append(Utf8Buffer text, Issue issue)
    {
        text.Append('\n');
        text.AppendField(issue.Name);
        text.AppendNext(issue.Kind.ToString());
        text.AppendNext(issue.Minimum);
        text.AppendNext(issue.Maximum);
        text.AppendNext(issue.Step);
        text.AppendNext(issue.Fixed?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty);
        foreach (var choice in issue.Choices)
        {
            text.AppendNext(choice);
        }
    }

    private static void Append(Utf8Buffer text, Profile profile)
    {
        var utility = profile.Utility;
        text.Append('\n');
        text.AppendField(profile.Name);
        text.AppendNext(profile.Discount);
        text.AppendNext(utility.ReservationValue);
        text.AppendNext(utility.Bias);
        for (var i = 0; i < utility.Weights.Count; i++)
        {
            var issue = utility.Agenda.Issues[i];
            text.AppendNext(utility.Weights[i]);
            for (var level = 0L; level < issue.LevelCount; level++)
            {
                text.AppendNext(utility.ValueFunctions[i].ValueOf(issue, issue.ValueAt(level)));
            }
        }
    }
}
