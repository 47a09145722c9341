using Market.Domain.Wire;

namespace Market.Domain.Enrolling;

/// <summary>Why a key is taken back.</summary>
public enum KeyRevocationReason : byte
{
    /// <summary>Not said.</summary>
    Unspecified = 0,

    /// <summary>Somebody else may have it.</summary>
    Compromised = 1,

    /// <summary>It is lost.</summary>
    Lost = 2,

    /// <summary>The agent is to act no more.</summary>
    AgentStopped = 3,
}

/// <summary>An agent has another key from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whose key.</param>
/// <param name="PublicKey">The new key's SubjectPublicKeyInfo, DER.</param>
/// <param name="Replaced">Thumbprint of the key that it replaces; null where it replaces none.</param>
/// <param name="ReplacedEndsAt">When that key's overlap is over; null where it replaces none.</param>
/// <param name="Document">The wire form of the <see cref="AgentKeyDocument"/>, as it was signed.</param>
/// <param name="Proof">The new key's signature over it.</param>
/// <param name="Authorization">The signature of the key that authorized it.</param>
/// <param name="AuthorizedBy">Thumbprint of that key: the one that is replaced, or the principal's.</param>
[WireType(730)]
public sealed record AgentKeyEnrolled(
    LedgerTime At,
    AgentNumber Agent,
    ReadOnlyMemory<byte> PublicKey,
    Hash256? Replaced,
    LedgerTime? ReplacedEndsAt,
    ReadOnlyMemory<byte> Document,
    ReadOnlyMemory<byte> Proof,
    ReadOnlyMemory<byte> Authorization,
    Hash256 AuthorizedBy);

/// <summary>The overlap of a key that was replaced is over.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whose key it was.</param>
/// <param name="Key">Its thumbprint.</param>
[WireType(731)]
public sealed record AgentKeyRetired(LedgerTime At, AgentNumber Agent, Hash256 Key);

/// <summary>
/// A key of an agent was taken back: its sessions end, nothing that it signs is taken, and the agent's session keys end
/// with it.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whose key it was.</param>
/// <param name="Key">Its thumbprint.</param>
/// <param name="Reason">Why.</param>
/// <param name="ByPrincipal">Whether its principal did it; else the agent itself.</param>
[WireType(732)]
public sealed record AgentKeyRevoked(
    LedgerTime At, AgentNumber Agent, Hash256 Key, KeyRevocationReason Reason, bool ByPrincipal);
