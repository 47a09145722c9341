namespace Market.Testing.Xunit;

/// <summary>A property does not hold; the text has the counterexample.</summary>
public sealed class PropertyFailedException(string message, Exception? cause) : Exception(message, cause);
