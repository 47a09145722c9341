using Market.Domain.Wire;

namespace Market.Domain.Hosting;

/// <summary>Something about a strategy that an agent has left with the market; for that agent alone.</summary>
/// <param name="At">When, by the market's clock.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Hosting">Which hosting.</param>
public abstract record HostingEvent(LedgerTime At, AgentNumber Agent, HostingId Hosting) : AgentEvent(At);

/// <summary>An agent has left a strategy with the market.</summary>
/// <param name="Plan">What is open of it.</param>
/// <param name="Commitment">
/// SHA-256 of a random salt and the wire form of the utility: all that the journal has of it.
/// </param>
/// <inheritdoc cref="HostingEvent"/>
[WireType(450)]
public sealed record HostingStarted(
    LedgerTime At, AgentNumber Agent, HostingId Hosting, HostingPlan Plan, Hash256 Commitment)
    : HostingEvent(At, Agent, Hosting);

/// <summary>A hosted strategy acts no more; what it had offered stands until it ends.</summary>
/// <param name="End">Why.</param>
/// <inheritdoc cref="HostingEvent"/>
[WireType(451)]
public sealed record HostingStopped(LedgerTime At, AgentNumber Agent, HostingId Hosting, HostingEnd End)
    : HostingEvent(At, Agent, Hosting);

/// <summary>
/// The market has refused an act of a hosted strategy, not because the counterparty was quicker. The strategy waits
/// until the negotiation moves on.
/// </summary>
/// <param name="Negotiation">Where.</param>
/// <param name="Seq">The version of the negotiation that the act named.</param>
/// <param name="Code">The refusal's number.</param>
/// <inheritdoc cref="HostingEvent"/>
[WireType(452)]
public sealed record HostedActRefused(
    LedgerTime At, AgentNumber Agent, HostingId Hosting, NegotiationId Negotiation, long Seq, int Code)
    : HostingEvent(At, Agent, Hosting);
