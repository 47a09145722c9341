using Market.Domain.Wire;

namespace Market.Domain.Enrolling;

/// <summary>
/// What a principal signs so that an agent may act for it: the agent's key, and what the agent declares. Its wire form
/// is signed under the purpose "market.enrolment.v1", so that it serves one market only.
/// </summary>
/// <param name="AgentKey">SHA-256 of the SubjectPublicKeyInfo of the agent's key.</param>
/// <param name="Profile">What the agent declares; it registers with exactly this.</param>
/// <param name="NotBefore">First moment at which the agent may register with it.</param>
/// <param name="ExpiresAt">First moment at which it may not any more.</param>
public sealed record Enrolment(Hash256 AgentKey, AgentProfile Profile, LedgerTime NotBefore, LedgerTime ExpiresAt)
{
    /// <summary>Most bytes of a document: a profile's texts at their longest leave half of it.</summary>
    public const int DocumentBytesMax = 2_048;

    /// <summary>Longest time in which an enrolment may be used: a forgotten one is not good for ever.</summary>
    public static readonly TimeSpan ValidityMax = TimeSpan.FromDays(366);

    /// <summary>The enrolment whose wire form these bytes are, or null where they are none.</summary>
    public static Enrolment? Read(ReadOnlySpan<byte> document) =>
        document.Length <= DocumentBytesMax && WireDocument.TryRead<Enrolment>(document, out var enrolment)
            ? enrolment
            : null;
}

/// <summary>An enrolment as its principal signed it.</summary>
/// <param name="Document">The wire form of the <see cref="Enrolment"/>, never encoded again.</param>
/// <param name="PublicKey">
/// The key that signed: the SubjectPublicKeyInfo of the principal's P-256 key, DER; the agent's own where the agent
/// registers as its own principal.
/// </param>
/// <param name="Signature">ES256 over purpose, market and the document; 64 bytes, r then s.</param>
public sealed record SignedEnrolment(
    ReadOnlyMemory<byte> Document, ReadOnlyMemory<byte> PublicKey, ReadOnlyMemory<byte> Signature);
