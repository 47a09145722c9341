namespace Market.Silo;

/// <summary>The market cannot start as it was told to; the message is one sentence for whoever started it.</summary>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="inner">The error behind it, if there is one.</param>
public sealed class MarketStartException(string message, Exception? inner = null) : Exception(message, inner);
