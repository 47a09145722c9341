namespace Market.Simulations.Reporting.Drawing;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Points">Its points from left to right.</param>
internal sealed record LineSeries(string Name, IReadOnlyList<UtilityPoint> Points);
