using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting.Drawing;

/// <summary>A table of figures as shades: each strategy against each.</summary>
internal static class SvgHeatMap
{
    private const int TextMax = 14;

    /// <summary>Draws it.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="names">The rows from the top, and the columns from the left.</param>
    /// <param name="figureOf">A row's figure against a column; null where they have not met.</param>
    public static SvgDrawing Draw(string title, IReadOnlyList<string> names, Func<int, int, Estimate?> figureOf)
    {
        var (width, height) = names.Count <= TextMax ? (92.0, 44.0) : (26.0, 26.0);
        var left = Labels.Room(names);
        var top = 20 + (0.66 * Labels.Room(names));
        var scale = ScaleOf(names.Count, figureOf);
        var drawing = new SvgDrawing(
            left + (width * names.Count) + (0.66 * Labels.Room(names)) + 20,
            top + (height * names.Count) + 62,
            title,
            $"{names.Count} strategies as rows, and the same as columns: the row's figure against the column. " +
            $"From {Markup.Number(scale.Low)} (dark blue) to {Markup.Number(scale.High)} (yellow).");
        for (var i = 0; i < names.Count; i++)
        {
            drawing.Text(left - 10, top + (height * (i + 0.5)) + 4.5, Labels.Short(names[i]), "end");
            drawing.TextSlanted(left + (width * (i + 0.5)), top - 8, Labels.Short(names[i]));
            for (var j = 0; j < names.Count; j++)
            {
                if (figureOf(i, j) is { Value: { } value } figure && double.IsFinite(value))
                {
                    var place = new UtilityPoint(left + (width * j), top + (height * i));
                    DrawCell(drawing, place, width, height, scale[value], $"{names[i]} against {names[j]}", figure);
                }
            }
        }

        DrawLegend(drawing, left, top + (height * names.Count) + 22, scale);
        return drawing;
    }

    private static LinearScale ScaleOf(int count, Func<int, int, Estimate?> figureOf)
    {
        var values = Enumerable.Range(0, count)
            .SelectMany(i => Enumerable.Range(0, count).Select(j => figureOf(i, j)?.Value))
            .OfType<double>().Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        return new LinearScale(values.Min(), Math.Max(values.Max(), values.Min() + 1e-9), 0, 1);
    }

    private static void DrawCell(
        SvgDrawing drawing, UtilityPoint place, double width, double height, double share, string who, Estimate figure)
    {
        drawing.Tile(
            place.First, place.Second, width - 1, height - 1, Colours.Of(share), $"{who}: {FigureText.Of(figure)}");
        if (width < 60)
        {
            return;
        }

        var style = Colours.TextOn(share);
        var middle = place.First + (width / 2);
        drawing.Text(middle, place.Second + 19, Markup.Number(figure.Value), "middle", style);
        if (figure.Interval is { } interval)
        {
            drawing.Text(middle, place.Second + 34, FigureText.Of(interval, 2), "middle", style + " tiny");
        }
    }

    private static void DrawLegend(SvgDrawing drawing, double left, double top, LinearScale scale)
    {
        const int steps = 40;
        for (var i = 0; i < steps; i++)
        {
            var share = (i + 0.5) / steps;
            drawing.Tile(left + (i * 5), top, 5.5, 12, Colours.Of(share), Markup.Number(
                scale.Low + (share * (scale.High - scale.Low))));
        }

        drawing.Text(left, top + 28, Markup.Number(scale.Low), style: "note");
        drawing.Text(left + (steps * 5), top + 28, Markup.Number(scale.High), "end", "note");
    }
}
