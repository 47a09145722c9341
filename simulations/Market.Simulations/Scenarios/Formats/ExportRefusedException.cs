namespace Market.Simulations.Scenarios.Formats;

/// <summary>A format cannot say a scenario; the message names what it cannot say.</summary>
/// <param name="format">The format.</param>
/// <param name="scenario">The scenario.</param>
/// <param name="reasons">What it cannot say, a phrase each.</param>
internal sealed class ExportRefusedException(string format, string scenario, IReadOnlyList<string> reasons)
    : Exception($"The format {format} cannot say the scenario {scenario}: {string.Join("; ", reasons)}.")
{
    /// <summary>What the format cannot say, a phrase each.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
