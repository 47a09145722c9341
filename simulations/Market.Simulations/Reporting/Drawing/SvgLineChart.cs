namespace Market.Simulations.Reporting.Drawing;

/// <summary>Lines over the course of negotiations, with different colours, dashes and shapes.</summary>
internal static class SvgLineChart
{
    private const double Left = 78;
    private const double Top = 16;
    private const double PlotWidth = 460;
    private const double PlotHeight = 300;

    /// <summary>Draws at most <see cref="DrawingStyle.SeriesMax"/> lines.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="xName">The lower axis, which goes from 0 to 1.</param>
    /// <param name="yName">The axis on the left.</param>
    /// <param name="series">The lines.</param>
    public static SvgDrawing Draw(string title, string xName, string yName, IReadOnlyList<LineSeries> series)
    {
        var drawn = series.Take(DrawingStyle.SeriesMax).ToList();
        var x = new LinearScale(0, 1, Left, Left + PlotWidth);
        var y = LinearScale.Around(
            drawn.SelectMany(static line => line.Points).Select(static point => point.Second), Top + PlotHeight, Top);
        var legendLeft = Left + PlotWidth + 24;
        var drawing = new SvgDrawing(
            legendLeft + 32 + Labels.Room(drawn.Select(static line => line.Name)),
            Top + Math.Max(PlotHeight, 24 * drawn.Count) + 48,
            title,
            Describe(drawn));
        Axes.Draw(drawing, x, y, xName, yName);
        for (var i = 0; i < drawn.Count; i++)
        {
            var places = drawn[i].Points.Where(static point => point.IsFinite)
                .Select(point => new UtilityPoint(x[point.First], y[point.Second])).ToList();
            drawing.Path(places, $"line s{i}");
            var every = Math.Max(1, places.Count / 6);
            foreach (var place in places.Where((_, at) => (at + (i * every / 8)) % every == 0))
            {
                drawing.Point((Mark)(i % 6), place.First, place.Second, 3.4, $"f{i}");
            }

            var legend = Top + 10 + (24 * i);
            drawing.Line(legendLeft, legend, legendLeft + 26, legend, $"line s{i}");
            drawing.Point((Mark)(i % 6), legendLeft + 13, legend, 3.8, $"f{i}");
            drawing.Text(legendLeft + 34, legend + 4.5, Labels.Short(drawn[i].Name));
        }

        return drawing;
    }

    private static string Describe(List<LineSeries> series) => string.Join(' ', series
        .Where(static line => line.Points.Count > 0)
        .Select(static line => $"{line.Name}: from {Markup.Number(line.Points[0].Second)} " +
            $"to {Markup.Number(line.Points[^1].Second)}."));
}
