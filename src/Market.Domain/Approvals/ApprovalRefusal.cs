namespace Market.Domain.Approvals;

/// <summary>
/// Why something about a principal's key or its approvals is refused: 430x keys and sessions, 432x approvals.
/// </summary>
public enum ApprovalRefusal : ushort
{
    /// <summary>The principal has no key of its own yet: enrol one with EnrolPrincipalKey, then ask again.</summary>
    PrincipalHasNoKey = 4301,

    /// <summary>The key is no P-256 key in SubjectPublicKeyInfo form.</summary>
    PrincipalKeyIsInvalid = 4302,

    /// <summary>The new key's signature over market, principal, key and revision does not verify.</summary>
    ProofOfKeyIsWrong = 4303,

    /// <summary>The principal has a key, and only that key's signature changes it.</summary>
    KeyChangeNotAuthorized = 4304,

    /// <summary>The revision is not the next one after the key that is enrolled.</summary>
    KeyRevisionIsStale = 4305,

    /// <summary>The key is an agent's: an agent's key is never a principal's.</summary>
    KeyBelongsToAnAgent = 4306,

    /// <summary>The key is a principal's: a principal's key is never an agent's, nor another principal's.</summary>
    KeyBelongsToAPrincipal = 4307,

    /// <summary>Only the agent that brought the principal into the market may enrol its first key.</summary>
    NotThePrincipalsFirstAgent = 4308,

    /// <summary>A session of a principal's key may read, suspend and revoke mandates and answer approvals.</summary>
    NotForPrincipals = 4309,

    /// <summary>Only a session of a principal's own key may do this; agents ask, principals answer.</summary>
    OnlyForPrincipals = 4310,

    /// <summary>The principal has another key by now; connect with that one.</summary>
    PrincipalKeyReplaced = 4311,

    /// <summary>There is no such approval of yours.</summary>
    ApprovalUnknown = 4320,

    /// <summary>The mandate asks for no approval of this, or there is no mandate: act without one.</summary>
    ApprovalNotNeeded = 4321,

    /// <summary>An approval of the same terms waits or holds already.</summary>
    ApprovalAlreadyAsked = 4322,

    /// <summary>The approval has been answered.</summary>
    ApprovalAlreadyAnswered = 4323,

    /// <summary>The request's time is up.</summary>
    ApprovalHasExpired = 4324,

    /// <summary>The time is not positive, or longer than 24 hours.</summary>
    ApprovalValidityOutOfRange = 4325,

    /// <summary>The document is not one of exactly the terms that were asked for.</summary>
    ApprovalDocumentDiffers = 4326,

    /// <summary>The signature over the document is not by the principal's own key.</summary>
    ApprovalSignatureIsWrong = 4327,

    /// <summary>Too many requests wait, or were made in a week.</summary>
    TooManyApprovals = 4328,

    /// <summary>The offer would stand longer than its approval: offer it for less time, or ask for more.</summary>
    OfferOutlivesApproval = 4329,

    /// <summary>The message id belongs to another act of yours.</summary>
    ApprovalMessageIdReused = 4330,

    /// <summary>Under an approval an offer is taken whole: offer it without a smallest quantity.</summary>
    ApprovedOfferIsWhole = 4331,
}
