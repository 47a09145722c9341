namespace Market.Domain.Strategies;

/// <summary>
/// Opponent models by name, as they follow <c>+model:</c> in a strategy's name. Case does not matter.
/// </summary>
public static class OpponentModelCatalog
{
    internal const string Prefix = "model:";

    private static readonly OpponentModelRecipe[] All =
    [
        new("frequency", "Counts offered values, and how seldom an issue changes (HardHeaded).",
            space => new FrequencyModel(space)),
        new("windowed-frequency", "Compares windows of offers by a chi-squared test.",
            space => new WindowedFrequencyModel(space)),
        new("bayesian", "Weighs whole profiles by how well they explain the offers; for few issues.",
            space => new BayesianModel(space)),
        new("scalable-bayesian", "Weighs each issue's weight and shape by itself; for any number of issues.",
            space => new ScalableBayesianModel(space)),
    ];

    /// <summary>All of them: name and a sentence.</summary>
    public static ValueArray<StrategyInfo> Infos { get; } =
        [.. All.Select(model => new StrategyInfo(model.Name, model.Description))];

    /// <summary>A model of one counterparty.</summary>
    /// <exception cref="UnknownStrategyException">There is none of that name.</exception>
    /// <exception cref="ArgumentException">It does not fit the agenda; the message says which would.</exception>
    public static OpponentModel Create(string name, OutcomeSpace space)
    {
        ArgumentNullException.ThrowIfNull(name);
        return (FindOrNull(name) ?? throw new UnknownStrategyException(name, UnknownModel)).Make(space);
    }

    internal static string UnknownModel => $"Opponent models are {string.Join(", ", All.Select(model => model.Name))}.";

    internal static OpponentModelRecipe? FindOrNull(string name) =>
        Array.Find(All, model => model.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
