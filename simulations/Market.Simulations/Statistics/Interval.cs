namespace Market.Simulations.Statistics;

/// <summary>A confidence interval.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal readonly record struct Interval(double Low, double High);
