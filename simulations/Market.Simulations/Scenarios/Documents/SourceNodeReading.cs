using System.Globalization;

namespace Market.Simulations.Scenarios.Documents;

/// <summary>Values as what a format expects; what is not as expected is said with file, line and cure.</summary>
internal static class SourceNodeReading
{
    /// <summary>The value of a field that must be there.</summary>
    public static SourceNode Field(this SourceNode node, string field) =>
        node.Find(field) ?? throw node.Wrong($"the field '{field}' is missing.");

    /// <summary>Refuses fields of other names, so that a misspelt one is not overlooked.</summary>
    /// <param name="node">Fields.</param>
    /// <param name="subject">What has them.</param>
    /// <param name="known">The names that there are.</param>
    public static void AllowOnly(this SourceNode node, string subject, params ReadOnlySpan<string> known)
    {
        foreach (var field in node.AsFields(subject))
        {
            if (!known.Contains(field.Name))
            {
                throw field.Key.Wrong(
                    $"{subject} has no field '{field.Name}'; it has: {string.Join(", ", known.ToArray())}.");
            }
        }
    }

    /// <summary>The text, which must not be empty.</summary>
    public static string AsText(this SourceNode node, string subject) => node.Text is { Length: > 0 } text
        ? text
        : throw node.Wrong($"{subject} must be a text that is not empty.");

    /// <summary>The elements of a list.</summary>
    public static List<SourceNode> AsList(this SourceNode node, string subject) =>
        node.Items ?? throw node.Wrong($"{subject} must be a list.");

    /// <summary>The fields.</summary>
    public static List<SourceField> AsFields(this SourceNode node, string subject) =>
        node.Fields ?? throw node.Wrong($"{subject} must hold names with values ('name: value').");

    /// <summary>A finite number.</summary>
    public static double AsNumber(this SourceNode node, string subject)
    {
        var text = node.AsText(subject);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number
            : throw node.Wrong($"{subject} is '{text}'; it must be a number such as 0.25.");
    }

    /// <summary>A finite number or minus infinity, as YAML, JSON and people write it.</summary>
    public static double AsReservation(this SourceNode node, string subject)
    {
        var text = node.AsText(subject);
        return text is "-.inf" or "-.Inf" or "-.INF" or "-Infinity" or "-inf"
            ? double.NegativeInfinity
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                ? number
                : throw node.Wrong($"{subject} is '{text}'; it must be a number such as 0.25, or -.inf.");
    }

    /// <summary>A decimal number, whose digits are kept.</summary>
    public static decimal AsDecimal(this SourceNode node, string subject)
    {
        var text = node.AsText(subject);
        return IssueText.Decimal(text)
            ?? throw node.Wrong($"{subject} is '{text}'; it must be a number such as 0.25, of at most 28 digits.");
    }

    /// <summary>An integer between two limits.</summary>
    public static long AsInteger(this SourceNode node, string subject, long minimum, long maximum)
    {
        var text = node.AsText(subject);
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw node.Wrong($"{subject} is '{text}'; it must be a whole number.");
        }

        return number >= minimum && number <= maximum
            ? number
            : throw node.Wrong(string.Create(
                CultureInfo.InvariantCulture, $"{subject} is {number}; it must be from {minimum} to {maximum}."));
    }
}
