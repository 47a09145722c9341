namespace Market.Simulations.Statistics;

/// <summary>What statistics rest on.</summary>
/// <param name="Negotiations">Number of negotiations.</param>
/// <param name="Scenarios">Number of scenarios: the number of independent observations.</param>
/// <param name="Strategies">Number of strategies.</param>
/// <param name="SelfPlay">Number of negotiations in which a strategy met itself.</param>
/// <param name="Failed">Number of negotiations that a strategy's failure ended.</param>
/// <param name="PairsOnce">Number of pairs of strategies without repetitions.</param>
/// <param name="PairsRepeated">Number of pairs with repetitions.</param>
/// <param name="WithoutScore">
/// Observations that do not define the ranking's measure, such as a disagreement with a reservation value of −∞.
/// </param>
internal sealed record Evidence(
    int Negotiations,
    int Scenarios,
    int Strategies,
    int SelfPlay,
    int Failed,
    int PairsOnce,
    int PairsRepeated,
    int WithoutScore);
