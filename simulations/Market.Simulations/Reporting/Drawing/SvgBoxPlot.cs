using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting.Drawing;

/// <summary>Distributions, one below the other: median, quartiles, the 5 % and 95 % points, and the mean.</summary>
internal static class SvgBoxPlot
{
    private const double RowHeight = 30;
    private const double Top = 14;

    /// <summary>Draws them.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="axis">What the numbers are.</param>
    /// <param name="samples">Names and values; a sample without finite values has an empty row.</param>
    public static SvgDrawing Draw(
        string title, string axis, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> samples)
    {
        var left = Labels.Room(samples.Select(static sample => sample.Name));
        var bottom = Top + (RowHeight * samples.Count);
        var x = LinearScale.Around(samples.SelectMany(static sample => sample.Values), left, left + 440);
        var sorted = samples.Select(static sample => sample.Values.Where(double.IsFinite).Order().ToArray()).ToList();
        var drawing = new SvgDrawing(left + 480, bottom + 48, title, Describe(samples, sorted));
        Axes.Below(drawing, x, new LinearScale(0, 1, bottom, Top), axis);
        for (var i = 0; i < samples.Count; i++)
        {
            var y = Top + (RowHeight * (i + 0.5));
            drawing.Text(left - 12, y + 4.5, Labels.Short(samples[i].Name), "end");
            if (sorted[i].Length > 0)
            {
                DrawBox(drawing, sorted[i], x, y, samples[i].Name);
            }
        }

        return drawing;
    }

    private static void DrawBox(SvgDrawing drawing, double[] sorted, LinearScale x, double y, string name)
    {
        double At(double share) => x[Quantiles.Of(sorted, share)];
        drawing.Line(At(0.05), y, At(0.95), y, "line solid s0");
        drawing.Box(At(0.25), y - 8, Math.Max(1, At(0.75) - At(0.25)), 16, "quartiles", $"{name}: {Text(sorted)}");
        drawing.Line(At(0.5), y - 8, At(0.5), y + 8, "line solid s1");
        drawing.Point(Mark.Diamond, x[sorted.Average()], y, 3.6, "f1");
    }

    private static string Text(double[] sorted) =>
        $"quartiles {Markup.Number(Quantiles.Of(sorted, 0.25))}, {Markup.Number(Quantiles.Of(sorted, 0.5))}, " +
        $"{Markup.Number(Quantiles.Of(sorted, 0.75))}; mean {Markup.Number(sorted.Average())}; n = {sorted.Length}";

    private static string Describe(
        IReadOnlyList<(string Name, IReadOnlyList<double> Values)> samples, List<double[]> sorted) =>
        string.Join(". ", samples.Select((sample, i) =>
            $"{sample.Name}: {(sorted[i].Length > 0 ? Text(sorted[i]) : "none")}")) + ".";
}
