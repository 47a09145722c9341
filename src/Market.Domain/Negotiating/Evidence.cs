using Market.Domain.Enrolling;

namespace Market.Domain.Negotiating;

/// <summary>
/// Proof that an agent did a binding act: the exact bytes that it signed, and its signature over them.
/// </summary>
/// <param name="Signer">Whose act it is.</param>
/// <param name="SignedBytes">The act as it was received, never encoded again.</param>
/// <param name="Signature">ES256 over purpose, market and <paramref name="SignedBytes"/>; 64 bytes, r then s.</param>
/// <param name="SessionKey">
/// The session key of the signer that verifies it; null where the signer's own key does.
/// </param>
public sealed record Evidence(
    AgentNumber Signer,
    ReadOnlyMemory<byte> SignedBytes,
    ReadOnlyMemory<byte> Signature,
    SessionKeyId? SessionKey = null);

/// <summary>
/// The first 128 bits of the SHA-256 of an act's bytes: tells a retry from another act under the same message id.
/// </summary>
/// <param name="High">Bits 0 to 63.</param>
/// <param name="Low">Bits 64 to 127.</param>
public readonly record struct ActDigest(ulong High, ulong Low)
{
    /// <summary>The digest of an act's exact bytes.</summary>
    public static ActDigest Of(ReadOnlySpan<byte> act)
    {
        var hash = Hash256.Of(act);
        return new ActDigest(hash.A, hash.B);
    }
}
