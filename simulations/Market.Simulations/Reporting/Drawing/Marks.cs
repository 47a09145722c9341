namespace Market.Simulations.Reporting.Drawing;

/// <summary>The outlines of points, as SVG path data.</summary>
internal static class Marks
{
    /// <summary>The outline of a shape around a place; all look about equally large.</summary>
    public static string PathOf(Mark mark, double x, double y, double radius) => mark switch
    {
        Mark.Circle => $"M{At(x - radius, y)}a{P(radius)} {P(radius)} 0 1 0 {P(2 * radius)} 0" +
            $"a{P(radius)} {P(radius)} 0 1 0 {P(-2 * radius)} 0z",
        Mark.Square => Polygon(x, y, radius * 1.2, 4, 45),
        Mark.Diamond => Polygon(x, y, radius * 1.3, 4, 0),
        Mark.Triangle => Polygon(x, y, radius * 1.35, 3, -90),
        Mark.Wedge => Polygon(x, y, radius * 1.35, 3, 90),
        Mark.Star => Star(x, y, radius * 1.45),
        Mark.Plus => $"M{At(x - radius, y)}H{P(x + radius)}M{At(x, y - radius)}V{P(y + radius)}",
        _ => $"M{At(x - radius, y - radius)}L{At(x + radius, y + radius)}" +
            $"M{At(x - radius, y + radius)}L{At(x + radius, y - radius)}",
    };

    private static string Polygon(double x, double y, double radius, int corners, double degrees) =>
        Closed(Enumerable.Range(0, corners).Select(i => Around(x, y, radius, degrees + (360.0 * i / corners))));

    private static string Star(double x, double y, double radius) =>
        Closed(Enumerable.Range(0, 10)
            .Select(i => Around(x, y, i % 2 == 0 ? radius : radius * 0.42, -90 + (36.0 * i))));

    private static string Closed(IEnumerable<string> corners) => $"M{string.Join('L', corners)}z";

    private static string Around(double x, double y, double radius, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        return At(x + (radius * cos), y + (radius * sin));
    }

    private static string At(double x, double y) => $"{P(x)} {P(y)}";

    private static string P(double value) => Markup.Place(value);
}
