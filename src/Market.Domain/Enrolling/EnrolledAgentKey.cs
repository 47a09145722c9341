namespace Market.Domain.Enrolling;

/// <summary>A key of an agent, and from when to when it was good.</summary>
/// <param name="Thumbprint">SHA-256 of <paramref name="PublicKey"/>.</param>
/// <param name="PublicKey">The SubjectPublicKeyInfo of the P-256 key, DER.</param>
/// <param name="From">Since when the agent has it.</param>
/// <param name="EndsAt">When its overlap is over; null where nothing replaces it.</param>
/// <param name="EndedAt">When it ended, by its overlap or by a revocation; null while it is good.</param>
/// <param name="Revoked">Why it was taken back; null where it was not.</param>
public sealed record EnrolledAgentKey(
    Hash256 Thumbprint,
    ReadOnlyMemory<byte> PublicKey,
    LedgerTime From,
    LedgerTime? EndsAt = null,
    LedgerTime? EndedAt = null,
    KeyRevocationReason? Revoked = null)
{
    /// <summary>Whether it opens sessions and signs.</summary>
    public bool IsLive => EndedAt is null;
}
