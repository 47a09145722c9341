using System.Globalization;
using Market.Domain.Negotiating;

namespace Market.Simulations.Scenarios;

/// <summary>Values of issues as files and people write them, and back.</summary>
internal static class IssueText
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>A value as text.</summary>
    /// <param name="issue">The issue.</param>
    /// <param name="scale">What its levels stand for, where it is continuous.</param>
    /// <param name="value">One of the issue's values.</param>
    public static string Of(Issue issue, IssueScale? scale, long value) => issue.Kind switch
    {
        _ when scale is not null => scale.TextAt(value),
        IssueKind.Choice => issue.Choices[(int)value],
        IssueKind.Boolean => value == 1 ? "yes" : "no",
        IssueKind.Date => Issue.DayOf(value).ToString(DayFormat, CultureInfo.InvariantCulture),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The value that a text stands for; null where the issue has none of that text.</summary>
    public static long? ValueOf(Issue issue, IssueScale? scale, string text)
    {
        long? value = issue.Kind switch
        {
            _ when scale is not null => Decimal(text) is { } number ? scale.LevelOf(number) : null,
            IssueKind.Choice => PlaceOf(issue, text),
            IssueKind.Boolean => Truth(text),
            IssueKind.Date => Day(text),
            _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
                ? integer
                : null,
        };
        return value is { } found && issue.Contains(found) ? found : null;
    }

    /// <summary>The value of a day written as 2027-03-01; null for anything else.</summary>
    public static long? Day(string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year >= 1970
            ? Issue.ValueOf(day)
            : null;

    /// <summary>A decimal number, also with an exponent; null for anything else.</summary>
    public static decimal? Decimal(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? Truth(string text) => text switch
    {
        "yes" or "true" or "True" => 1,
        "no" or "false" or "False" => 0,
        _ => null,
    };

    private static long? PlaceOf(Issue issue, string text)
    {
        for (var i = 0; i < issue.Choices.Count; i++)
        {
            if (issue.Choices[i] == text)
            {
                return i;
            }
        }

        return null;
    }
}
