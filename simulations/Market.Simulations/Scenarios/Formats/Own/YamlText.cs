using System.Globalization;
using System.Text;

namespace Market.Simulations.Scenarios.Formats.Own;

/// <summary>Texts as YAML: plain where nobody could read them as something else, else in quotation marks.</summary>
internal static class YamlText
{
    /// <summary>A text as a scalar of YAML, on one line.</summary>
    public static string Of(string text) => IsPlain(text) ? text : Quoted(text);

    private static bool IsPlain(string text) =>
        text.Length > 0
        && char.IsAsciiLetterOrDigit(text[0])
        && text[^1] != ' '
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || " _.+()/-".Contains(c, StringComparison.Ordinal))
        && text is not ("null" or "Null" or "NULL");

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append(@"\n"),
                < ' ' or '\u007F' or '\u0085' or '\u2028' or '\u2029' or '\uFEFF' =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
