namespace Market.Silo.Keys;

/// <summary>
/// The market's keys cannot be used; the message is one sentence for the person who started the program.
/// </summary>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="inner">The error behind it, if there is one.</param>
public sealed class MarketKeysException(string message, Exception? inner = null) : Exception(message, inner);
