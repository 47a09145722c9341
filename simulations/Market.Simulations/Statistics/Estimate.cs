namespace Market.Simulations.Statistics;

/// <summary>A figure with what it rests on.</summary>
/// <param name="Value">The figure; null where nothing defines it.</param>
/// <param name="Interval">Its confidence interval; null with fewer than two scenarios that define it.</param>
/// <param name="Scenarios">Number of scenarios that define it.</param>
internal readonly record struct Estimate(double? Value, Interval? Interval, int Scenarios);
