using Market.Domain.Wire;

namespace Market.Domain.Enrolling;

/// <summary>A principal with a key of its own, which answers approvals and which no agent has.</summary>
/// <param name="Number">The principal's number in the market.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="PublicKey">The SubjectPublicKeyInfo of its P-256 key, DER.</param>
/// <param name="Revision">1 for its first key, one more with each change.</param>
public sealed record EnrolledPrincipal(
    PrincipalNumber Number, string Handle, ReadOnlyMemory<byte> PublicKey, int Revision);

/// <summary>
/// What a principal's new key signs to prove that somebody has it, and what the key before signs to let it follow. Its
/// wire form is signed under the purpose "market.principal-key.v1".
/// </summary>
/// <param name="Principal">Whose key.</param>
/// <param name="PublicKey">The key.</param>
/// <param name="Revision">Which key of the principal's: 1, 2, 3.</param>
public sealed record PrincipalKeyDocument(PrincipalNumber Principal, ReadOnlyMemory<byte> PublicKey, int Revision);

/// <summary>Enrols a principal's own key. Its signatures have been verified by the gateway.</summary>
/// <param name="Principal">Whose.</param>
/// <param name="Agent">The agent whose session asks; none for a session of the principal's own key.</param>
/// <param name="PublicKey">The key.</param>
/// <param name="Revision">1 for the first key; else one more than the key that authorizes it.</param>
/// <param name="Proof">The new key's signature.</param>
/// <param name="Authorization">The signature of the key before; empty for the first one.</param>
[WireType(848)]
public sealed record EnrolKey(
    PrincipalNumber Principal,
    AgentNumber Agent,
    ReadOnlyMemory<byte> PublicKey,
    int Revision,
    ReadOnlyMemory<byte> Proof,
    ReadOnlyMemory<byte> Authorization);

/// <summary>A principal has a key of its own from now on, or another one.</summary>
/// <param name="At">When.</param>
/// <param name="Principal">Whose.</param>
/// <param name="PublicKey">The key's SubjectPublicKeyInfo, DER.</param>
/// <param name="Revision">1 for the first key.</param>
/// <param name="Proof">The new key's signature over the <see cref="PrincipalKeyDocument"/>.</param>
/// <param name="Authorization">The signature of the key before over the same; empty for the first key.</param>
[WireType(721)]
public sealed record PrincipalKeyEnrolled(
    LedgerTime At,
    PrincipalNumber Principal,
    ReadOnlyMemory<byte> PublicKey,
    int Revision,
    ReadOnlyMemory<byte> Proof,
    ReadOnlyMemory<byte> Authorization);

/// <summary>Principals' own keys. A key that was ever a principal's stays taken.</summary>
internal sealed class PrincipalKeys
{
    private readonly Dictionary<PrincipalNumber, EnrolledPrincipal> _current = [];
    private readonly Dictionary<Hash256, PrincipalNumber> _owners = [];

    /// <summary>A principal with its key as it is now; null where it has none.</summary>
    public EnrolledPrincipal? Find(PrincipalNumber principal) => _current.GetValueOrDefault(principal);

    /// <summary>The principal whose key this is now; null where it is nobody's, or nobody's any more.</summary>
    public EnrolledPrincipal? FindByKey(Hash256 thumbprint) =>
        _owners.TryGetValue(thumbprint, out var owner) && _current[owner] is { } principal
            && Hash256.Of(principal.PublicKey.Span) == thumbprint
                ? principal
                : null;

    /// <summary>Whether a key is, or was, a principal's.</summary>
    public bool IsTaken(Hash256 thumbprint) => _owners.ContainsKey(thumbprint);

    /// <summary>A principal has this key from now on.</summary>
    public void Set(EnrolledPrincipal principal)
    {
        _current[principal.Number] = principal;
        _owners[Hash256.Of(principal.PublicKey.Span)] = principal.Number;
    }
}
