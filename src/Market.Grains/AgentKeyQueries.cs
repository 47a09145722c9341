using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire;

namespace Market.Grains;

/// <summary>Asks the directory for an agent's keys, ended ones too. Answer: <see cref="AgentKeysFound"/>.</summary>
/// <param name="Agent">Whose.</param>
[WireType(873)]
public sealed record FindAgentKeys(AgentNumber Agent);

/// <summary>An agent's keys, and those that speak for its principal now.</summary>
/// <param name="Keys">The agent's, in the order in which it got them; none where there is no such agent.</param>
/// <param name="Principal">The keys whose word is the principal's: SubjectPublicKeyInfo, DER.</param>
[WireType(874)]
public sealed record AgentKeysFound(
    ValueArray<EnrolledAgentKey> Keys, ValueArray<ReadOnlyMemory<byte>> Principal);

/// <summary>
/// Asks the directory for agents with their keys, on behalf of a session. Answer:
/// <see cref="Domain.Wire.Messages.AgentsListed"/>.
/// </summary>
/// <param name="Asker">Whose session asks.</param>
/// <param name="After">The last agent of the page before; none for the first page.</param>
[WireType(875)]
public sealed record FindAgentsOf(KeyAsker Asker, AgentNumber After);

/// <summary>
/// Asks the directory for an agent's policy. Answer: <see cref="Domain.Wire.Messages.AdmissionState"/>.
/// </summary>
/// <param name="Agent">Whose.</param>
[WireType(876)]
public sealed record FindAdmission(AgentNumber Agent);
