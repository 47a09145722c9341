using System.Globalization;
using System.Text;
using Market.Domain.Negotiating;

namespace Market.Simulations.LanguageModels;

/// <summary>
/// The last look at a message before it leaves. The call that wrote it was told nothing private; this is the second
/// wall. A message passes only if each of its numbers is a value of an offer that was made, digit for digit.
/// </summary>
internal static class OutgoingText
{
    private const int CharactersMax = 500;

    /// <summary>The message as it is sent; null where it is held back.</summary>
    /// <param name="text">What the model wrote.</param>
    /// <param name="offers">All offers of both sides, which both know.</param>
    public static string? Screen(string text, IEnumerable<Outcome> offers)
    {
        var clean = UntrustedText.Clean(text, CharactersMax, out _).ReplaceLineEndings(" ").Trim();
        if (clean.Length == 0)
        {
            return null;
        }

        var known = offers
            .SelectMany(static outcome => outcome.Values)
            .Select(static value => Digits(value.ToString(CultureInfo.InvariantCulture)))
            .ToHashSet(StringComparer.Ordinal);
        return NumbersOf(clean) is { } numbers && numbers.All(known.Contains) ? clean : null;
    }

    /// <summary>
    /// The digits of each number, without separators; null where a digit is of another script or form, since such
    /// numbers cannot be compared.
    /// </summary>
    private static List<string>? NumbersOf(string text)
    {
        var numbers = new List<string>();
        var digits = new StringBuilder();
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                digits.Append(text[i]);
            }
            else if (i < text.Length && char.IsNumber(text, i))
            {
                return null;
            }
            else if (digits.Length > 0 && !IsSeparator(text, i))
            {
                numbers.Add(Digits(digits.ToString()));
                digits.Clear();
            }
        }

        return numbers;
    }

    // A point, a comma or a space inside a number: 26.96, 2,696 and 2 696 have the digits of 2696.
    private static bool IsSeparator(string text, int place) =>
        place + 1 < text.Length && text[place] is ('.' or ',' or ' ' or '\'') && char.IsAsciiDigit(text[place + 1]);

    private static string Digits(string number) => number.TrimStart('-').TrimStart('0');
}
