namespace Market.Simulations.Reporting.Drawing;

/// <summary>Leaves out points that lie on others, so that a million outcomes make a small drawing.</summary>
internal static class Raster
{
    /// <summary>Most points that are left; what is more than this no eye tells apart.</summary>
    public const int PointsMax = 4_000;

    /// <summary>
    /// The first point in each cell of a grid, in their order. Cells have 2 pixels a side, and more where that leaves
    /// too many. The same points give the same drawing.
    /// </summary>
    public static IReadOnlyList<UtilityPoint> Thin(IEnumerable<UtilityPoint> places)
    {
        var left = places.ToList();
        for (var side = 2.0; ; side *= 1.5)
        {
            var cells = new HashSet<(long, long)>();
            left = [.. left.Where(place => cells.Add((Cell(place.First), Cell(place.Second))))];
            if (left.Count <= PointsMax)
            {
                return left;
            }

            long Cell(double place) => (long)Math.Floor(place / side);
        }
    }
}
