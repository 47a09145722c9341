namespace Market.Simulations.Scenarios.Formats;

/// <summary>A format for people.</summary>
/// <param name="Name">Its name in commands.</param>
/// <param name="About">A sentence about it.</param>
/// <param name="IsWritten">Whether scenarios can be exported to it; all are imported.</param>
internal sealed record FormatDescription(string Name, string About, bool IsWritten);
