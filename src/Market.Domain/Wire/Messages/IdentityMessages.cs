using Market.Domain.Admitting;
using Market.Domain.Enrolling;

namespace Market.Domain.Wire.Messages;

/// <summary>
/// Gives an agent another key; from a session of the agent or of its principal. Answer: <see cref="AgentKeyRecorded"/>;
/// the same key again gets the same one.
/// </summary>
/// <param name="Document">The wire form of an <see cref="AgentKeyDocument"/>.</param>
/// <param name="Proof">The new key's ES256 over <see cref="SignedPayload.ForAgentKey"/> of it.</param>
/// <param name="Authorization">The same by the key that is replaced, or by the principal's key.</param>
[WireType(170)]
public sealed record RotateKey(
    ReadOnlyMemory<byte> Document, ReadOnlyMemory<byte> Proof, ReadOnlyMemory<byte> Authorization);

/// <summary>
/// Takes a key of an agent back; from a session of the agent or of its principal. Sessions of the key end at once, and
/// so do the agent's session keys. Answer: <see cref="AgentKeyRecorded"/>.
/// </summary>
/// <param name="Key">SHA-256 of the key's SubjectPublicKeyInfo.</param>
/// <param name="Reason">Why; on record.</param>
/// <param name="Agent">Whose key; null for the session's own agent.</param>
[WireType(171)]
public sealed record RevokeKey(Hash256 Key, KeyRevocationReason Reason, AgentNumber? Agent = null);

/// <summary>
/// Says whom the agent deals with: who may open a negotiation over its listings, or bid in its tenders. Answer:
/// <see cref="AdmissionRecorded"/>.
/// </summary>
/// <param name="Revision">1 for the first policy, one more with each change.</param>
/// <param name="Policy">The policy; null for everybody.</param>
[WireType(172)]
public sealed record SetAdmission(int Revision, AdmissionPolicy? Policy);

/// <summary>Asks for the agent's own policy. Answer: <see cref="AdmissionState"/>.</summary>
[WireType(173)]
public sealed record GetAdmission;

/// <summary>
/// Asks what the other side of a negotiation has declared about itself. Answer: <see cref="CounterpartyShown"/>.
/// </summary>
/// <param name="Negotiation">A negotiation of the agent's.</param>
[WireType(174)]
public sealed record GetCounterparty(NegotiationId Negotiation);

/// <summary>
/// Asks for agents and their keys: a principal for all of its own, an agent for itself. Answer:
/// <see cref="AgentsListed"/>.
/// </summary>
/// <param name="After">The last agent of the page before; none for the first page.</param>
[WireType(175)]
public sealed record ListAgents(AgentNumber? After = null);

/// <summary>What became of an agent's key.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Key">SHA-256 of its SubjectPublicKeyInfo.</param>
/// <param name="At">When the agent got it, or when it ended.</param>
/// <param name="IsLive">Whether it opens sessions and signs.</param>
[WireType(270)]
public sealed record AgentKeyRecorded(AgentNumber Agent, Hash256 Key, LedgerTime At, bool IsLive);

/// <summary>The agent's policy is set.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="At">When it was set.</param>
[WireType(271)]
public sealed record AdmissionRecorded(int Revision, LedgerTime At);

/// <summary>The agent's own policy.</summary>
/// <param name="Revision">0 where none was ever set.</param>
/// <param name="Policy">The policy; null for everybody.</param>
[WireType(272)]
public sealed record AdmissionState(int Revision, AdmissionPolicy? Policy);

/// <summary>What a counterparty sees of an agent, and nothing more.</summary>
/// <param name="Name">What people call the agent; its own words.</param>
/// <param name="Operator">Who runs it, as it says.</param>
/// <param name="Model">The model or strategy that decides, as it says.</param>
/// <param name="Version">The model's version, as it says; may be empty.</param>
/// <param name="DeclaredAi">Whether it has declared itself artificial.</param>
/// <param name="Principal">The handle of whom it acts for.</param>
[WireType(273)]
public sealed record CounterpartyShown(
    string Name, string Operator, string Model, string Version, bool DeclaredAi, string Principal);

/// <summary>Agents with their keys.</summary>
/// <param name="Agents">One each, by their numbers.</param>
/// <param name="HasMore">Whether there are more after the last one.</param>
[WireType(274)]
public sealed record AgentsListed(ValueArray<AgentListed> Agents, bool HasMore);

/// <summary>An agent, as its principal sees it.</summary>
/// <param name="Number">Its number in the market.</param>
/// <param name="Profile">What it declared.</param>
/// <param name="Keys">Its good keys; none where it is out.</param>
public sealed record AgentListed(AgentNumber Number, AgentProfile Profile, ValueArray<AgentKeyListed> Keys);

/// <summary>A good key of an agent.</summary>
/// <param name="Thumbprint">SHA-256 of its SubjectPublicKeyInfo.</param>
/// <param name="From">Since when the agent has it.</param>
/// <param name="EndsAt">When its overlap is over; null where nothing replaces it.</param>
public sealed record AgentKeyListed(Hash256 Thumbprint, LedgerTime From, LedgerTime? EndsAt);
