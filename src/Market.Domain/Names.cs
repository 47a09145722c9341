using System.Globalization;
using System.Text;

namespace Market.Domain;

/// <summary>
/// Which names and texts the market takes: bounded, composed, without control or invisible characters.
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
        foreach (var rune in text.EnumerateRunes())
        {
            var isBreak = multiline && rune.Value is '\n' or '\t';
            if (!isBreak && (IsForbidden(Rune.GetUnicodeCategory(rune)) || IsLatinMark(rune)))
            {
                return false;
            }
        }

        return true;
    }

    // Controls, what has no shape of its own (zero-width and direction marks: two names that look alike would differ),
    // and what has no agreed meaning; a lone surrogate is enumerated as U+FFFD.
    private static bool IsForbidden(UnicodeCategory category) => category
        is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;

    // Letters with such marks have a composed form, which is the one that is taken. (The framework's own test of
    // composed forms says yes to everything where it runs without culture data, as this program does.)
    private static bool IsLatinMark(Rune rune) => rune.Value is (>= 0x0300 and <= 0x036F) or 0xFFFD;
}
