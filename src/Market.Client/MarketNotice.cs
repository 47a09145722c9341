using Market.Domain;

namespace Market.Client;

/// <summary>An event that is no negotiation's: of an approval, a tender, a hosted agent.</summary>
/// <param name="Event">What happened, as this agent may know it.</param>
public sealed record MarketNotice(AgentEvent Event);
