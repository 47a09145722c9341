using Market.Domain;

namespace Market.Client;

/// <summary>
/// The market names another deal, or other terms, than those that this client has followed: do not trust it.
/// </summary>
/// <param name="negotiation">Where.</param>
public sealed class DealMismatchException(NegotiationId negotiation)
    : Exception(
        $"The market's deal of {negotiation} is not the one that was negotiated: its id or its terms' hash differ.")
{
    /// <summary>Where.</summary>
    public NegotiationId Negotiation { get; } = negotiation;
}
