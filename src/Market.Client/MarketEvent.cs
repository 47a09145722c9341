using Market.Domain.Negotiating;

namespace Market.Client;

/// <summary>An event of one of the agent's negotiations. Every one comes once, in order.</summary>
/// <param name="Negotiation">Where; its state may be ahead of this event by now.</param>
/// <param name="Seq">The version of the negotiation that the event made: 1, 2, 3 without a gap.</param>
/// <param name="Event">What happened, as this agent may know it.</param>
public sealed record MarketEvent(Negotiation Negotiation, long Seq, NegotiationEvent Event)
{
    /// <summary>The place in the agent's events.</summary>
    internal ReadOnlyMemory<byte> Cursor { get; init; }
}
