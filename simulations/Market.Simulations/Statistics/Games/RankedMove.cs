namespace Market.Simulations.Statistics.Games;

/// <summary>A strategy in the ranking by the meta-game.</summary>
/// <param name="Strategy">Its name.</param>
/// <param name="Share">Its share of the chosen equilibrium.</param>
/// <param name="Regret">What it gets less than the equilibrium's value, against the equilibrium.</param>
/// <param name="ReplicatorShare">Its share of where replicator dynamics come to, over all starts.</param>
/// <param name="Support">
/// The share of resampled games, scenarios drawn again, in which an equilibrium uses it; null where not computed.
/// </param>
internal sealed record RankedMove(
    string Strategy, double Share, double Regret, double ReplicatorShare, double? Support);
