namespace Market.Simulations.Statistics.Games;

/// <summary>Where replicator dynamics come to.</summary>
/// <param name="Shares">
/// The mean mixture of all starts that came to these moves; over time where they do not settle.
/// </param>
/// <param name="Basin">The share of starts that came here.</param>
/// <param name="IsSettled">Whether the mixture rests; else it goes in circles.</param>
internal sealed record Attractor(IReadOnlyList<double> Shares, double Basin, bool IsSettled);
