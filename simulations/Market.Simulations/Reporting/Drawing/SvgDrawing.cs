using System.Text;

namespace Market.Simulations.Reporting.Drawing;

/// <summary>
/// One drawing as SVG text, with a title and a description for those who do not see it. Colours are classes of
/// <see cref="DrawingStyle"/>, so that a drawing follows the page's light or dark scheme.
/// </summary>
/// <param name="width">Width in pixels; drawings shrink with the page.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="title">What it shows, in a few words.</param>
/// <param name="description">What can be seen in it, in sentences.</param>
internal sealed class SvgDrawing(double width, double height, string title, string description)
{
    private readonly StringBuilder _body = new();

    /// <summary>Width in pixels.</summary>
    public double Width => width;

    /// <summary>Height in pixels.</summary>
    public double Height => height;

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string style) => _body.Append(
        $"<line x1=\"{Place(x1)}\" y1=\"{Place(y1)}\" x2=\"{Place(x2)}\" y2=\"{Place(y2)}\" class=\"{style}\"/>\n");

    /// <summary>A rectangle, with a text that a pointer over it shows where there is one.</summary>
    public void Box(double x, double y, double boxWidth, double boxHeight, string style, string? hint = null) =>
        _body.Append($"<rect x=\"{Place(x)}\" y=\"{Place(y)}\" width=\"{Place(boxWidth)}\" ")
            .Append($"height=\"{Place(boxHeight)}\" class=\"{style}\"{Ending("rect", hint)}");

    /// <summary>A rectangle with a colour of its own, which is the same in light and dark.</summary>
    public void Tile(double x, double y, double boxWidth, double boxHeight, string colour, string hint) =>
        _body.Append($"<rect x=\"{Place(x)}\" y=\"{Place(y)}\" width=\"{Place(boxWidth)}\" ")
            .Append($"height=\"{Place(boxHeight)}\" fill=\"{colour}\"{Ending("rect", hint)}");

    /// <summary>A line through points.</summary>
    public void Path(IEnumerable<UtilityPoint> points, string style)
    {
        var data = string.Join('L', points.Select(static p => $"{Place(p.First)} {Place(p.Second)}"));
        if (data.Length > 0)
        {
            _body.Append($"<path d=\"M{data}\" class=\"{style}\"/>\n");
        }
    }

    /// <summary>Many small dots at once, as one element.</summary>
    public void Dots(IEnumerable<UtilityPoint> points, string style)
    {
        var data = string.Concat(points.Select(static p => $"M{Place(p.First)} {Place(p.Second)}h0"));
        if (data.Length > 0)
        {
            _body.Append($"<path d=\"{data}\" class=\"{style}\"/>\n");
        }
    }

    /// <summary>A point of a shape.</summary>
    public void Point(Mark mark, double x, double y, double radius, string style, string? hint = null) =>
        _body.Append($"<path d=\"{Marks.PathOf(mark, x, y, radius)}\" class=\"{style}\"{Ending("path", hint)}");

    /// <summary>A text.</summary>
    /// <param name="anchor">start, middle or end: what of it is at the place.</param>
    public void Text(double x, double y, string text, string anchor = "start", string style = "label") =>
        _body.Append($"<text x=\"{Place(x)}\" y=\"{Place(y)}\" text-anchor=\"{anchor}\" class=\"{style}\">")
            .Append($"{Markup.Escape(text)}</text>\n");

    /// <summary>A text that runs upwards, as beside a vertical axis.</summary>
    public void TextUpwards(double x, double y, string text) =>
        _body.Append($"<text transform=\"translate({Place(x)} {Place(y)}) rotate(-90)\" ")
            .Append($"text-anchor=\"middle\" class=\"label\">{Markup.Escape(text)}</text>\n");

    /// <summary>A text that runs up to the right, as above a column.</summary>
    public void TextSlanted(double x, double y, string text) =>
        _body.Append($"<text transform=\"translate({Place(x)} {Place(y)}) rotate(-40)\" ")
            .Append($"text-anchor=\"start\" class=\"label\">{Markup.Escape(text)}</text>\n");

    /// <summary>The drawing as an element of a page that has <see cref="DrawingStyle.Css"/>.</summary>
    public string ToElement() => Opening(string.Empty) + _body + "</svg>\n";

    /// <summary>The drawing as a file of its own.</summary>
    public string ToFile() =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + Opening(" xmlns=\"http://www.w3.org/2000/svg\"") +
        $"<style>\n{DrawingStyle.Css}</style>\n<rect width=\"100%\" height=\"100%\" class=\"paper\"/>\n" +
        _body + "</svg>\n";

    private static string Place(double value) => Markup.Place(value);

    private static string Ending(string element, string? hint) =>
        hint is null ? "/>\n" : $"><title>{Markup.Escape(hint)}</title></{element}>\n";

    private string Opening(string attributes) =>
        $"<svg{attributes} role=\"img\" viewBox=\"0 0 {Place(width)} {Place(height)}\" width=\"{Place(width)}\" " +
        $"height=\"{Place(height)}\" class=\"drawing\">\n<title>{Markup.Escape(title)}</title>\n" +
        $"<desc>{Markup.Escape(description)}</desc>\n";
}
