using System.Text;

namespace Market.Domain;

/// <summary>
/// Which names and texts the market takes: bounded, in Unicode's composed form, without control characters.
/// </summary>
public static class Names
{
    /// <summary>Whether a text can name something: 1 to <see cref="MarketLimits.NameLengthMax"/> characters.</summary>
    public static bool IsValid(string? name) =>
        !string.IsNullOrWhiteSpace(name)
        && name.Length <= MarketLimits.NameLengthMax
        && IsClean(name, multiline: false);

    /// <summary>
    /// Whether a text is a handle: a–z, 0–9, '-' and '_', 1 to <see cref="MarketLimits.NameLengthMax"/> of them.
    /// </summary>
    public static bool IsHandle(string? handle) =>
        handle is { Length: > 0 and <= MarketLimits.NameLengthMax }
        && handle.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    /// <summary>Whether a text may be free text: up to <see cref="MarketLimits.TextLengthMax"/> characters.</summary>
    public static bool IsText(string? text) =>
        text is { Length: <= MarketLimits.TextLengthMax } && IsClean(text, multiline: true);

    private static bool IsClean(string text, bool multiline)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && !(multiline && c is '\n' or '\t'))
            {
                return false;
            }
        }

        return text.IsNormalized(NormalizationForm.FormC);
    }
}
