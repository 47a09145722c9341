namespace Market.Simulations.Reporting.Drawing;

/// <summary>What an outcome is worth to two parties; in a drawing, a place in pixels.</summary>
/// <param name="First">The first party's utility, to the right.</param>
/// <param name="Second">The second party's, upwards.</param>
internal readonly record struct UtilityPoint(double First, double Second)
{
    /// <summary>Whether it can be drawn: a utility of −∞ cannot.</summary>
    public bool IsFinite => double.IsFinite(First) && double.IsFinite(Second);
}

/// <summary>A bargaining solution in a utility plot.</summary>
/// <param name="Name">What it is called: "Nash", "Kalai".</param>
/// <param name="Point">Where it is.</param>
internal readonly record struct SolutionPoint(string Name, UtilityPoint Point);
