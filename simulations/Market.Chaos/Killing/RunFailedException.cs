namespace Market.Chaos.Killing;

/// <summary>A run met what must not be.</summary>
/// <param name="message">What, in a sentence.</param>
/// <param name="inner">Where it came from, if there is an exception.</param>
internal sealed class RunFailedException(string message, Exception? inner = null) : Exception(message, inner);
