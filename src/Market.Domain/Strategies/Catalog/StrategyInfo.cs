namespace Market.Domain.Strategies;

/// <summary>What a person reads about a strategy of the catalogue.</summary>
/// <param name="Name">Its full name, or the pattern of one with a parameter.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="UsesChance">Whether its acts depend on a seed.</param>
public sealed record StrategyInfo(string Name, string Description, bool UsesChance = false);
