using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting.Drawing;

/// <summary>Figures with their confidence intervals, one below the other.</summary>
internal static class SvgIntervalPlot
{
    private const double RowHeight = 26;
    private const double Top = 14;

    /// <summary>Draws them.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="axis">What the numbers are.</param>
    /// <param name="figures">Names and figures, the first on top; those without a value have an empty row.</param>
    public static SvgDrawing Draw(string title, string axis, IReadOnlyList<(string Name, Estimate Figure)> figures)
    {
        var left = Labels.Room(figures.Select(static figure => figure.Name));
        var bottom = Top + (RowHeight * figures.Count);
        var values = figures.SelectMany(static figure => Ends(figure.Figure)).ToList();
        var x = Tight(values, left, left + 440);
        var drawing = new SvgDrawing(left + 540, bottom + 48, title, Describe(figures));
        Axes.Below(drawing, x, new LinearScale(0, 1, bottom, Top), axis);
        for (var i = 0; i < figures.Count; i++)
        {
            var (name, figure) = figures[i];
            var y = Top + (RowHeight * (i + 0.5));
            drawing.Text(left - 12, y + 4.5, Labels.Short(name), "end");
            if (figure.Value is not { } value)
            {
                continue;
            }

            if (figure.Interval is { } interval)
            {
                drawing.Line(x[interval.Low], y, x[interval.High], y, "line solid s0");
                drawing.Line(x[interval.Low], y - 4, x[interval.Low], y + 4, "line solid s0");
                drawing.Line(x[interval.High], y - 4, x[interval.High], y + 4, "line solid s0");
            }

            drawing.Point(Mark.Circle, x[value], y, 4.5, "f0", $"{name}: {FigureText.Of(figure)}");
            drawing.Text(x.To + 14, y + 4.5, Markup.Number(value), style: "note");
        }

        return drawing;
    }

    private static IEnumerable<double> Ends(Estimate figure) =>
        new[] { figure.Value, figure.Interval?.Low, figure.Interval?.High }
            .OfType<double>().Where(double.IsFinite);

    // Differences between strategies show where the axis does not begin at zero; places, not lengths, tell the values.
    private static LinearScale Tight(List<double> values, double from, double to)
    {
        if (values.Count == 0)
        {
            return new LinearScale(0, 1, from, to);
        }

        var (low, high) = (values.Min(), values.Max());
        var room = Math.Max(0.06 * (high - low), 1e-3);
        return new LinearScale(low - room, high + room, from, to);
    }

    private static string Describe(IReadOnlyList<(string Name, Estimate Figure)> figures) =>
        string.Join("; ", figures.Select(static figure => $"{figure.Name}: {FigureText.Of(figure.Figure)}")) + ".";
}
