using Market.Domain.Wire;

namespace Market.Domain.Enrolling;

/// <summary>Lets an agent's new key in. The gateway has verified both signatures.</summary>
/// <param name="Document">The wire form of the <see cref="AgentKeyDocument"/>.</param>
/// <param name="Proof">The new key's signature over it.</param>
/// <param name="Authorization">The signature of the key that authorizes it.</param>
/// <param name="AuthorizedBy">Thumbprint of the key that the authorization verifies with.</param>
[WireType(870)]
public sealed record EnrolAgentKey(
    ReadOnlyMemory<byte> Document,
    ReadOnlyMemory<byte> Proof,
    ReadOnlyMemory<byte> Authorization,
    Hash256 AuthorizedBy);

/// <summary>Takes a key of an agent back.</summary>
/// <param name="Asker">Whose session asks.</param>
/// <param name="Agent">Whose key.</param>
/// <param name="Key">Its thumbprint.</param>
/// <param name="Reason">Why.</param>
[WireType(871)]
public sealed record RevokeAgentKey(KeyAsker Asker, AgentNumber Agent, Hash256 Key, KeyRevocationReason Reason);

/// <summary>Whose session asks about agents' keys.</summary>
/// <param name="Principal">The session's principal.</param>
/// <param name="Agent">The session's agent; none for a session of the principal's own key.</param>
public readonly record struct KeyAsker(PrincipalNumber Principal, AgentNumber Agent);
