namespace Market.Domain;

/// <summary>
/// A fact for agents that belongs to no negotiation: of an approval, a tender, a hosted agent. It is journalled in the
/// stream of what it is about, and those in its audience get it, each as it may see it.
/// </summary>
/// <param name="At">When, by the market's clock.</param>
public abstract record AgentEvent(LedgerTime At)
{
    /// <summary>
    /// The event as an agent of its audience may see it. An event that not everyone may see as a whole overrides it.
    /// </summary>
    public virtual AgentEvent SeenBy(AgentNumber viewer) => this;
}
