namespace Market.Simulations.Reporting.Drawing;

/// <summary>
/// Draws the utilities of two parties against each other: all outcomes, the Pareto frontier, the bargaining solutions,
/// both parties' offers and what was agreed.
/// </summary>
internal static class SvgUtilityPlot
{
    private const double Width = 760;
    private const double Height = 500;
    private const double Left = 78;
    private const double Top = 40;
    private const double Side = 400;
    private const double LegendLeft = Left + Side + 30;

    private static readonly Mark[] SolutionMarks =
        [Mark.Triangle, Mark.Square, Mark.Diamond, Mark.Star, Mark.Wedge, Mark.Circle];

    /// <summary>The plot as a file of its own: SVG that any browser shows, in light and dark.</summary>
    public static string ToFile(UtilityPlot plot) => Draw(plot).ToFile();

    /// <summary>The plot as a drawing, for a page.</summary>
    public static SvgDrawing Draw(UtilityPlot plot)
    {
        ArgumentNullException.ThrowIfNull(plot);
        var outcomes = plot.Outcomes.Where(static point => point.IsFinite).ToList();
        var all = outcomes.Concat(plot.Frontier).Concat(plot.FirstOffers).Concat(plot.SecondOffers)
            .Concat(plot.Agreements).Where(static point => point.IsFinite).ToList();
        var x = LinearScale.Around(all.Select(static p => p.First), Left, Left + Side);
        var y = LinearScale.Around(all.Select(static p => p.Second), Top + Side, Top);
        var drawing = new SvgDrawing(Width, Height, plot.Title, Describe(plot, outcomes.Count));

        drawing.Text(Left, 22, plot.Title, style: "heading");
        Axes.Draw(drawing, x, y, $"Utility of {plot.FirstName}", $"Utility of {plot.SecondName}");
        DrawReservation(drawing, plot.Reservation, x, y);
        drawing.Dots(Raster.Thin(outcomes.Select(point => At(point, x, y))), "dots");
        DrawFrontier(drawing, plot, x, y);
        DrawOffers(drawing, plot.FirstOffers, Mark.Circle, 0, x, y);
        DrawOffers(drawing, plot.SecondOffers, Mark.Square, 1, x, y);
        DrawSolutions(drawing, plot.Solutions, x, y);
        DrawAgreements(drawing, plot.Agreements, x, y);
        DrawLegend(drawing, plot, outcomes.Count);
        return drawing;
    }

    private static UtilityPoint At(UtilityPoint point, LinearScale x, LinearScale y) =>
        new(x[point.First], y[point.Second]);

    private static void DrawReservation(SvgDrawing drawing, UtilityPoint? reservation, LinearScale x, LinearScale y)
    {
        if (reservation is not { } point)
        {
            return;
        }

        if (point.First >= x.Low && point.First <= x.High)
        {
            drawing.Line(x[point.First], Top, x[point.First], Top + Side, "limit");
        }

        if (point.Second >= y.Low && point.Second <= y.High)
        {
            drawing.Line(Left, y[point.Second], Left + Side, y[point.Second], "limit");
        }
    }

    private static void DrawFrontier(SvgDrawing drawing, UtilityPlot plot, LinearScale x, LinearScale y)
    {
        var frontier = plot.Frontier.Where(static p => p.IsFinite).OrderBy(static p => p.First)
            .ThenByDescending(static p => p.Second).Select(point => At(point, x, y)).ToList();
        drawing.Path(frontier, "frontier");
        foreach (var point in Raster.Thin(frontier))
        {
            drawing.Point(Mark.Circle, point.First, point.Second, 1.8, "frontier-dots");
        }
    }

    private static void DrawOffers(
        SvgDrawing drawing, IReadOnlyList<UtilityPoint> offers, Mark mark, int series, LinearScale x, LinearScale y)
    {
        var places = offers.Where(static p => p.IsFinite).Select(point => At(point, x, y)).ToList();
        drawing.Path(places, $"line thin solid s{series}");
        foreach (var place in Raster.Thin(places))
        {
            drawing.Point(mark, place.First, place.Second, 3, $"f{series}");
        }
    }

    private static void DrawSolutions(
        SvgDrawing drawing, IReadOnlyList<SolutionPoint> solutions, LinearScale x, LinearScale y)
    {
        var names = Names(solutions);
        foreach (var solution in solutions.Where(static solution => solution.Point.IsFinite))
        {
            var (place, named) = (At(solution.Point, x, y), names.IndexOf(solution.Name));
            var hint = $"{solution.Name}: {Text(solution.Point)}";
            drawing.Point(MarkOf(named), place.First, place.Second, 5.5 + (named * 0.9), "solution", hint);
        }
    }

    private static void DrawAgreements(
        SvgDrawing drawing, IReadOnlyList<UtilityPoint> agreements, LinearScale x, LinearScale y)
    {
        foreach (var group in agreements.Where(static p => p.IsFinite).GroupBy(static p => p))
        {
            var place = At(group.Key, x, y);
            if (agreements.Count == 1)
            {
                drawing.Point(Mark.Circle, place.First, place.Second, 9, "agreed", $"Agreement: {Text(group.Key)}");
                continue;
            }

            // The area of a disc goes with the number of negotiations that ended there.
            var radius = 2.5 + (11 * Math.Sqrt((double)group.Count() / agreements.Count));
            var hint = $"{group.Count()} agreements: {Text(group.Key)}";
            drawing.Point(Mark.Circle, place.First, place.Second, radius, "agreed-many", hint);
        }
    }

    private static void DrawLegend(SvgDrawing drawing, UtilityPlot plot, int outcomes)
    {
        var y = Top + 8.0;
        Entry(outcomes > 0, $"{Markup.Count(outcomes)} outcomes", place =>
            drawing.Dots([new(place.First - 5, place.Second), place, new(place.First + 5, place.Second)], "dots"));
        Entry(plot.Frontier.Count > 0, "Pareto frontier", place =>
            drawing.Line(place.First - 9, place.Second, place.First + 9, place.Second, "frontier"));
        Entry(plot.FirstOffers.Count > 0, $"Offers of {plot.FirstName}", place =>
            drawing.Point(Mark.Circle, place.First, place.Second, 4, "f0"));
        Entry(plot.SecondOffers.Count > 0, $"Offers of {plot.SecondName}", place =>
            drawing.Point(Mark.Square, place.First, place.Second, 4, "f1"));
        Entry(plot.Agreements.Count == 1, "Agreement", place =>
            drawing.Point(Mark.Circle, place.First, place.Second, 7, "agreed"));
        Entry(plot.Agreements.Count > 1, $"{Markup.Count(plot.Agreements.Count)} agreements", place =>
            drawing.Point(Mark.Circle, place.First, place.Second, 6, "agreed-many"));
        Entry(plot.Reservation is { } rv && (double.IsFinite(rv.First) || double.IsFinite(rv.Second)),
            "Reservation values", place =>
            drawing.Line(place.First - 9, place.Second, place.First + 9, place.Second, "limit"));
        y += 8;
        foreach (var (name, index) in Names(plot.Solutions).Select(static (name, index) => (name, index)))
        {
            Entry(true, name, place => drawing.Point(MarkOf(index), place.First, place.Second, 5.5, "solution"));
        }

        void Entry(bool isShown, string text, Action<UtilityPoint> mark)
        {
            if (isShown)
            {
                mark(new UtilityPoint(LegendLeft + 9, y));
                drawing.Text(LegendLeft + 28, y + 4.5, text);
                y += 24;
            }
        }
    }

    private static List<string> Names(IReadOnlyList<SolutionPoint> solutions) =>
        [.. solutions.Select(static solution => solution.Name).Distinct()];

    private static Mark MarkOf(int index) => SolutionMarks[index % SolutionMarks.Length];

    private static string Text(UtilityPoint point) =>
        $"{Markup.Number(point.First)} and {Markup.Number(point.Second)}";

    private static string Describe(UtilityPlot plot, int outcomes)
    {
        var parts = new List<string>
        {
            $"Utility of {plot.FirstName} to the right, of {plot.SecondName} upwards; {outcomes} outcomes, " +
            $"{plot.Frontier.Count} on the Pareto frontier.",
        };
        parts.AddRange(plot.Solutions.Select(static solution => $"{solution.Name} at {Text(solution.Point)}."));
        parts.Add(plot.Agreements switch
        {
            [] => "No agreement.",
            [var one] => $"Agreement at {Text(one)}.",
            var many => $"{many.Count} agreements.",
        });
        return string.Join(' ', parts);
    }
}
