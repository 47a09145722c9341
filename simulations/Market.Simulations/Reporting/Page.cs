using System.Security.Cryptography;
using System.Text;
using Market.Simulations.Reporting.Drawing;

namespace Market.Simulations.Reporting;

/// <summary>
/// One HTML page that needs nothing else: style sheet, drawings and the little script that sorts tables are in it, and
/// its policy lets it load nothing. Everything that is given as text is shown as text.
/// </summary>
/// <param name="title">The page's title.</param>
internal sealed class Page(string title)
{
    private readonly StringBuilder _body = new();
    private readonly List<(string Id, string Title)> _sections = [];

    /// <summary>Begins a section.</summary>
    public void Section(string id, string heading)
    {
        _body.Append(_sections.Count > 0 ? "</section>\n" : string.Empty)
            .Append($"<section id=\"{id}\">\n<h2>{Markup.Escape(heading)}</h2>\n");
        _sections.Add((id, heading));
    }

    /// <summary>A heading within a section.</summary>
    public void Heading(string heading) => _body.Append($"<h3>{Markup.Escape(heading)}</h3>\n");

    /// <summary>A paragraph.</summary>
    public void Paragraph(string text, string style = "") => _body.Append(
        style.Length > 0 ? $"<p class=\"{style}\">{Markup.Escape(text)}</p>\n" : $"<p>{Markup.Escape(text)}</p>\n");

    /// <summary>Numbers in large type, each with what it is.</summary>
    public void Tiles(IEnumerable<(string Value, string Name)> tiles)
    {
        _body.Append("<dl class=\"tiles\">\n");
        foreach (var (value, name) in tiles)
        {
            _body.Append($"<div><dt>{Markup.Escape(name)}</dt><dd>{Markup.Escape(value)}</dd></div>\n");
        }

        _body.Append("</dl>\n");
    }

    /// <summary>Terms with what they mean.</summary>
    public void Terms(IEnumerable<(string Name, string Meaning)> terms)
    {
        _body.Append("<dl class=\"terms\">\n");
        foreach (var (name, meaning) in terms)
        {
            _body.Append($"<dt>{Markup.Escape(name)}</dt><dd>{Markup.Escape(meaning)}</dd>\n");
        }

        _body.Append("</dl>\n");
    }

    /// <summary>A text as it was typed, such as a command.</summary>
    public void Code(string text) => _body.Append($"<pre tabindex=\"0\"><code>{Markup.Escape(text)}</code></pre>\n");

    /// <summary>A drawing with a caption.</summary>
    public void Figure(SvgDrawing drawing, string caption) => _body.Append(
        $"<figure>\n<div class=\"scroll\">{drawing.ToElement()}</div>\n" +
        $"<figcaption>{Markup.Escape(caption)}</figcaption>\n</figure>\n");

    /// <summary>
    /// A table whose columns sort where the page may run its script. The first column is the row's name.
    /// </summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="columns">Names of the columns; those that begin with "#" hold numbers.</param>
    /// <param name="rows">The rows, as texts.</param>
    public void Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        _body.Append($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Markup.Escape(caption)}\">")
            .Append($"<table class=\"sortable\">\n<caption>{Markup.Escape(caption)}</caption>\n<thead><tr>");
        foreach (var column in columns)
        {
            var style = IsNumber(column) ? " class=\"number\"" : string.Empty;
            _body.Append($"<th scope=\"col\"{style}>{Markup.Escape(column.TrimStart('#'))}</th>");
        }

        _body.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            _body.Append($"<tr><th scope=\"row\">{Markup.Escape(row[0])}</th>");
            for (var i = 1; i < row.Count; i++)
            {
                _body.Append(IsNumber(columns[i]) ? "<td class=\"number\">" : "<td>")
                    .Append($"{Markup.Escape(row[i])}</td>");
            }

            _body.Append("</tr>\n");
        }

        _body.Append("</tbody></table></div>\n");
    }

    /// <summary>Something that opens on a click, and is open on paper.</summary>
    public void Details(string summary, Action content)
    {
        _body.Append($"<details><summary>{Markup.Escape(summary)}</summary>\n");
        content();
        _body.Append("</details>\n");
    }

    /// <summary>The page.</summary>
    public string ToHtml()
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(PageParts.Script)));
        var policy = $"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'";
        var links = string.Concat(_sections.Select(static section =>
            $"<li><a href=\"#{section.Id}\">{Markup.Escape(section.Title)}</a></li>"));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <title>{Markup.Escape(title)}</title>
            <style>
            {DrawingStyle.Css}{PageParts.Css}</style>
            </head>
            <body>
            <header><h1>{Markup.Escape(title)}</h1>
            <nav aria-label="Sections"><ul>{links}</ul></nav></header>
            <main>
            {_body}</section>
            </main>
            <script>{PageParts.Script}</script>
            </body>
            </html>

            """;
    }

    private static bool IsNumber(string column) => column.StartsWith('#');
}
