using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Market.Simulations.LanguageModels;

/// <summary>
/// Puts somebody else's words into a prompt so that they cannot pass for ours: invisible and control characters are
/// taken out, the rest is bounded and written as one JSON string on one line, in which no angle bracket, quotation mark
/// or line break is left. The element around it is made of such characters, so no text can end it or imitate it.
/// </summary>
internal static class UntrustedText
{
    private const string Cut = " [cut]";

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>The text as an element of a prompt.</summary>
    /// <param name="text">Whose words these are not ours.</param>
    /// <param name="charactersMax">How many characters are kept.</param>
    /// <param name="isCut">Whether some were not.</param>
    public static string Quote(CounterpartyText text, int charactersMax, out bool isCut)
    {
        var clean = Clean(text.Text, charactersMax, out isCut);
        var quoted = JsonEncodedText.Encode(isCut ? clean + Cut : clean, Encoder);
        return $"<untrusted kind=\"{text.Kind}\">\"{quoted}\"</untrusted>";
    }

    /// <summary>
    /// The text without what nobody sees: controls, formats (zero width, direction, tags), private and unassigned
    /// characters. Line ends stay.
    /// </summary>
    public static string Clean(string text, int charactersMax, out bool isCut)
    {
        isCut = false;
        var clean = new StringBuilder(Math.Min(text.Length, charactersMax));
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsKept(rune))
            {
                continue;
            }

            if (clean.Length + rune.Utf16SequenceLength > charactersMax)
            {
                isCut = true;
                break;
            }

            clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    private static bool IsKept(Rune rune) => rune.Value == '\n' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
