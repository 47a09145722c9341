using Market.Domain.Wire;

namespace Market.Domain.Hosting;

/// <summary>Something that the gateway or the hosted strategies ask of an agent's grain.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Hosting">Which hosting.</param>
public abstract record HostingCommand(AgentNumber Agent, HostingId Hosting);

/// <summary>Leaves a strategy with the market; its utility is in the private table already.</summary>
/// <param name="Plan">What is open of it.</param>
/// <param name="Commitment">The commitment to the utility.</param>
/// <inheritdoc cref="HostingCommand"/>
[WireType(864)]
public sealed record StartHosting(AgentNumber Agent, HostingId Hosting, HostingPlan Plan, Hash256 Commitment)
    : HostingCommand(Agent, Hosting);

/// <summary>Ends a hosting.</summary>
/// <param name="End">Why.</param>
/// <inheritdoc cref="HostingCommand"/>
[WireType(865)]
public sealed record EndHosting(AgentNumber Agent, HostingId Hosting, HostingEnd End)
    : HostingCommand(Agent, Hosting);

/// <summary>Lets the agent know that an act of its hosted strategy was refused.</summary>
/// <param name="Negotiation">Where.</param>
/// <param name="Seq">The version of the negotiation that the act named.</param>
/// <param name="Code">The refusal's number.</param>
/// <inheritdoc cref="HostingCommand"/>
[WireType(866)]
public sealed record ReportRefusedAct(
    AgentNumber Agent, HostingId Hosting, NegotiationId Negotiation, long Seq, int Code)
    : HostingCommand(Agent, Hosting);
