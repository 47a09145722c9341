using System.Globalization;
using System.Text;

namespace Market.Simulations.Reporting.Drawing;

/// <summary>
/// Text and numbers as HTML and SVG want them. Names of strategies and scenarios are data: whatever is in them, it is
/// shown and never interpreted.
/// </summary>
internal static class Markup
{
    private const string ThinSpace = "\u2009";

    /// <summary>
    /// A text between tags, or in a quoted attribute. Characters that XML does not allow become U+FFFD, so that a
    /// drawing is well-formed whatever its labels hold.
    /// </summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append(' '),
                < 0x20 or 0x7F or 0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A place in a drawing, to a hundredth of a pixel.</summary>
    public static string Place(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>
    /// A number for people, with so many digits after the point, and fewer of a large one; "–" where it is not defined.
    /// </summary>
    public static string Number(double? value, int digits = 3) => value switch
    {
        null or double.NaN => "–",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        { } number => Signed(number.ToString("N" + Fewer(number, digits), CultureInfo.InvariantCulture)
            .Replace(",", ThinSpace, StringComparison.Ordinal)),
    };

    /// <summary>A share as percent.</summary>
    public static string Percent(double? share, int digits = 1) =>
        share is { } value && double.IsFinite(value) ? Number(100 * value, digits) + " %" : "–";

    /// <summary>A count with thin spaces between thousands.</summary>
    public static string Count(long count) =>
        count.ToString("N0", CultureInfo.InvariantCulture).Replace(",", ThinSpace, StringComparison.Ordinal);

    private static string Fewer(double number, int digits) =>
        Math.Min(digits, Math.Abs(number) switch { >= 10_000 => 0, >= 100 => 1, _ => digits })
            .ToString(CultureInfo.InvariantCulture);

    // A negative zero says that something was rounded, which helps nobody.
    private static string Signed(string number) =>
        number.StartsWith('-') && number.Any(static c => c is >= '1' and <= '9')
            ? string.Concat("−", number.AsSpan(1))
            : number.TrimStart('-');
}
