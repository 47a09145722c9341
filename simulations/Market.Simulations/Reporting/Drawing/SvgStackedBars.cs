namespace Market.Simulations.Reporting.Drawing;

/// <summary>Shares that make a whole, as bars one below the other.</summary>
internal static class SvgStackedBars
{
    private const double RowHeight = 28;
    private const double Top = 44;
    private const double BarWidth = 440;

    /// <summary>Draws them.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="parts">Names of the parts, from the left.</param>
    /// <param name="bars">Names of the bars, and their shares in the order of the parts.</param>
    public static SvgDrawing Draw(
        string title, IReadOnlyList<string> parts, IReadOnlyList<(string Name, IReadOnlyList<double> Shares)> bars)
    {
        var left = Labels.Room(bars.Select(static bar => bar.Name));
        var bottom = Top + (RowHeight * bars.Count);
        var x = new LinearScale(0, 1, left, left + BarWidth);
        var drawing = new SvgDrawing(left + BarWidth + 60, bottom + 48, title, Describe(parts, bars));
        DrawLegend(drawing, parts, Math.Min(left, 40));
        Axes.Below(drawing, x, new LinearScale(0, 1, bottom, Top), "share of offers");
        for (var i = 0; i < bars.Count; i++)
        {
            var y = Top + (RowHeight * i) + 4;
            drawing.Text(left - 12, y + 14, Labels.Short(bars[i].Name), "end");
            var from = 0.0;
            for (var part = 0; part < parts.Count; part++)
            {
                var share = bars[i].Shares[part];
                if (share > 0)
                {
                    var hint = $"{bars[i].Name}: {parts[part]} {Markup.Percent(share)}";
                    drawing.Box(x[from], y, Math.Max(0, (BarWidth * share) - 0.7), RowHeight - 8, Style(part), hint);
                }

                from += share;
            }
        }

        return drawing;
    }

    private static void DrawLegend(SvgDrawing drawing, IReadOnlyList<string> parts, double left)
    {
        for (var part = 0; part < parts.Count; part++)
        {
            drawing.Box(left, 12, 14, 14, Style(part));
            drawing.Text(left + 20, 24, parts[part]);
            left += 40 + (7.9 * parts[part].Length);
        }
    }

    private static string Style(int part) => $"f{part % DrawingStyle.SeriesMax}";

    private static string Describe(
        IReadOnlyList<string> parts, IReadOnlyList<(string Name, IReadOnlyList<double> Shares)> bars) =>
        string.Join(". ", bars.Select(bar => $"{bar.Name}: " + string.Join(
            ", ", parts.Select((part, i) => $"{part} {Markup.Percent(bar.Shares[i], 0)}")))) + ".";
}
