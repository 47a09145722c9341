using Market.Domain.Negotiating;

namespace Market.Domain.Enrolling;

/// <summary>A session key: UUID version 7, derived by the server from the act that had it made.</summary>
/// <param name="Value">The UUID; big-endian on the wire.</param>
public readonly record struct SessionKeyId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"key_{Value:n}";
}

/// <summary>What a session key may sign.</summary>
[Flags]
public enum SessionKeyActions : byte
{
    /// <summary>Firm offers.</summary>
    Offer = 1,

    /// <summary>Accepts.</summary>
    Accept = 2,

    /// <summary>Both.</summary>
    OfferAndAccept = 3,
}

/// <summary>
/// A key that the market made and holds, and that an agent has let sign for it: for a strategy that the market hosts.
/// It signs only in negotiations in which the agent acts under the mandate, and only until it ends.
/// </summary>
/// <param name="Id">Names it for ever.</param>
/// <param name="Agent">For whom it signs.</param>
/// <param name="PublicKey">The SubjectPublicKeyInfo of the P-256 key, DER.</param>
/// <param name="Mandate">The mandate that it is bound to.</param>
/// <param name="ExpiresAt">First moment at which it signs no more.</param>
/// <param name="Actions">What it may sign.</param>
public sealed record SessionKey(
    SessionKeyId Id,
    AgentNumber Agent,
    ReadOnlyMemory<byte> PublicKey,
    MandateId Mandate,
    LedgerTime ExpiresAt,
    SessionKeyActions Actions)
{
    /// <summary>What bounds its signatures.</summary>
    public SessionKeyScope Scope() => new(Id, Mandate, ExpiresAt, Actions);
}

/// <summary>What bounds a session key's signatures: a negotiation judges each act that it signed by this.</summary>
/// <param name="Id">The key.</param>
/// <param name="Mandate">The mandate under which its agent must act.</param>
/// <param name="ExpiresAt">First moment at which it signs no more.</param>
/// <param name="Actions">What it may sign.</param>
public sealed record SessionKeyScope(
    SessionKeyId Id, MandateId Mandate, LedgerTime ExpiresAt, SessionKeyActions Actions)
{
    /// <summary>Whether it may sign an act at a moment for an agent that acts under a mandate.</summary>
    public bool Covers(NegotiationAct act, MandateId? mandate, LedgerTime at)
    {
        var due = act switch
        {
            MakeOffer => SessionKeyActions.Offer,
            AcceptOffer => SessionKeyActions.Accept,
            _ => default,
        };
        return due != default && (Actions & due) == due && mandate == Mandate && at < ExpiresAt;
    }
}
