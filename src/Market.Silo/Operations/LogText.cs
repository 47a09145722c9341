using System.Globalization;
using System.Text;

namespace Market.Silo.Operations;

/// <summary>
/// Text as it may stand in a log line: whatever could end the line, move the cursor, colour a terminal, turn the
/// writing's direction or be seen by nobody is shown by its number instead, as <c>\u{1b}</c>.
/// </summary>
internal static class LogText
{
    /// <summary>The text with everything that is not plainly visible shown by its number.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsPlain(text) ? text : EscapeRunes(text);
    }

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static string EscapeRunes(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                Append(escaped, text[at++]); // half a character: no text at all
                continue;
            }

            at += rune.Utf16SequenceLength;
            if (IsVisible(rune))
            {
                escaped.Append(rune);
            }
            else
            {
                Append(escaped, rune.Value);
            }
        }

        return escaped.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.Surrogate => false,
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        _ => true,
    };

    private static void Append(StringBuilder escaped, int number) => escaped.Append(number switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ => string.Create(CultureInfo.InvariantCulture, $@"\u{{{number:x}}}"),
    });
}
