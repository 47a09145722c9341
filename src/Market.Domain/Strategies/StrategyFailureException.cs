namespace Market.Domain.Strategies;

/// <summary>
/// What a strategy did wrong, said by whoever plays it on its behalf: <see cref="AlternatingOffers"/> takes the message
/// as the failure, word for word. It carries no other information than its message.
/// </summary>
/// <param name="message">What was wrong, in a sentence.</param>
public sealed class StrategyFailureException(string message) : Exception(message);
