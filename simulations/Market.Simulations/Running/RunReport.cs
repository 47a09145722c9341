using System.Diagnostics;

namespace Market.Simulations.Running;

/// <summary>How a session of a run went.</summary>
/// <param name="Setup">What ran.</param>
/// <param name="Totals">What all negotiations came to, those of earlier sessions included.</param>
/// <param name="IsComplete">Whether all negotiations are finished.</param>
/// <param name="Folder">Where the results are; null for nowhere.</param>
/// <param name="Elapsed">How long the session took, loading left out.</param>
/// <param name="Negotiations">Negotiations of this session.</param>
/// <param name="Offers">Offers of this session.</param>
internal sealed record RunReport(
    RunSetup Setup,
    RunTotals Totals,
    bool IsComplete,
    string? Folder,
    TimeSpan Elapsed,
    long Negotiations,
    long Offers)
{
    /// <summary>How many negotiations ran at once.</summary>
    public int Parallel { get; init; }

    /// <summary>From the start of the program to the first result; null where there was none.</summary>
    public TimeSpan? FirstResult { get; init; }

    /// <summary>The most memory that the program has had, in bytes.</summary>
    public long PeakMemoryBytes { get; } = Process.GetCurrentProcess().PeakWorkingSet64;

    /// <summary>Negotiations a second.</summary>
    public double NegotiationsPerSecond => Negotiations / Elapsed.TotalSeconds;

    /// <summary>Offers a second.</summary>
    public double OffersPerSecond => Offers / Elapsed.TotalSeconds;
}
