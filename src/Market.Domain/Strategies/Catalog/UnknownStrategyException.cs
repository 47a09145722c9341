namespace Market.Domain.Strategies;

/// <summary>
/// Somebody asked for a strategy that does not exist; the message says what is wrong with the name, and lists those
/// that do exist.
/// </summary>
/// <param name="name">The name that was asked for.</param>
/// <param name="reason">What is wrong with it, in a sentence; null where nothing is known but that there is
/// none.</param>
public sealed class UnknownStrategyException(string name, string? reason = null) : Exception(
    $"There is no strategy '{name}'. {(reason is null ? "" : reason + " ")}"
    + $"There are: {string.Join(", ", StrategyCatalog.Names)}. {StrategyCatalog.Grammar}")
{
    /// <summary>The name that was asked for.</summary>
    public string Name => name;

    /// <summary>What is wrong with it, in a sentence; null where nothing is known but that there is none.</summary>
    public string? Reason => reason;
}
