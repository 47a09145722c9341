namespace Market.Domain.Strategies;

/// <summary>Somebody asked for a strategy that does not exist; the message lists those that do.</summary>
/// <param name="name">The name that was asked for.</param>
public sealed class UnknownStrategyException(string name)
    : Exception($"There is no strategy '{name}'. There are: {string.Join(", ", StrategyCatalog.Names)}.")
{
    /// <summary>The name that was asked for.</summary>
    public string Name => name;
}
