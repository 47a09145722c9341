using Market.Domain.Wire;

namespace Market.Domain.Enrolling;

/// <summary>
/// What an agent's new key signs to prove that somebody has it, and what the key that it replaces, or the principal's
/// key, signs to let it in. Its wire form is signed under the purpose "market.agent-key.v1".
/// </summary>
/// <param name="Agent">Whose key.</param>
/// <param name="PublicKey">The new key's SubjectPublicKeyInfo, DER.</param>
/// <param name="Replaces">
/// Thumbprint of the key that ends; null where none does, which only a principal may say.
/// </param>
/// <param name="Overlap">For how long the key that ends still opens sessions and signs; zero for not at all.</param>
/// <param name="ExpiresAt">First moment at which the document counts no more.</param>
public sealed record AgentKeyDocument(
    AgentNumber Agent,
    ReadOnlyMemory<byte> PublicKey,
    Hash256? Replaces,
    TimeSpan Overlap,
    LedgerTime ExpiresAt)
{
    /// <summary>Most bytes of a document; the key is most of it.</summary>
    public const int DocumentBytesMax = 512;

    /// <summary>The overlap that the client library asks for: a day for all its programs to restart.</summary>
    public static readonly TimeSpan OverlapDefault = TimeSpan.FromHours(24);

    /// <summary>Longest overlap: two keys open the door, so not for long.</summary>
    public static readonly TimeSpan OverlapMax = TimeSpan.FromDays(7);

    /// <summary>Longest time for which a document may be kept before it is used.</summary>
    public static readonly TimeSpan ValidityMax = TimeSpan.FromDays(366);

    /// <summary>The document of these bytes, or null where they are none.</summary>
    public static AgentKeyDocument? Read(ReadOnlySpan<byte> document) =>
        document.Length <= DocumentBytesMax && WireDocument.TryRead<AgentKeyDocument>(document, out var read)
            ? read
            : null;
}
