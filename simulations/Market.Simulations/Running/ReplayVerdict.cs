namespace Market.Simulations.Running;

/// <summary>What came of verifying a results folder.</summary>
/// <param name="Checked">Negotiations whose digests agree with their logged acts.</param>
/// <param name="PlayedAgain">How many of them were played again, and did the same.</param>
/// <param name="IsComplete">Whether the folder has the whole run.</param>
/// <param name="Difference">The first that differs, in a sentence; null where none does.</param>
/// <param name="WhyNot">Why some were not played again; null where all were.</param>
internal sealed record ReplayVerdict(
    long Checked, long PlayedAgain, bool IsComplete, string? Difference, string? WhyNot);
