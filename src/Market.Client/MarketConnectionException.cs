namespace Market.Client;

/// <summary>
/// The market cannot be reached, does not speak this protocol, or is another market than before. While a client is
/// connected it deals with lost connections itself; this exception comes from ConnectAsync, or is the client's end.
/// </summary>
public sealed class MarketConnectionException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">What was found, and what would be right.</param>
    /// <param name="innerException">What the platform said, or null.</param>
    public MarketConnectionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether trying again cannot help.</summary>
    public bool IsFinal { get; init; }
}
