namespace Market.Domain.Enrolling;

/// <summary>Why something about an agent's key is refused, or whoever uses it. Numbers 4021 to 4039.</summary>
public enum AgentKeyRefusal : ushort
{
    /// <summary>The key was revoked: it opens no session and signs nothing. The principal enrols another one.</summary>
    KeyRevoked = 4021,

    /// <summary>The key was replaced and its overlap is over; use the newer one.</summary>
    KeyHasEnded = 4022,

    /// <summary>There is no such agent, or it is neither you nor one of yours.</summary>
    AgentUnknown = 4023,

    /// <summary>The key is none of the agent's, or has ended already.</summary>
    AgentKeyUnknown = 4024,

    /// <summary>The new key is, or was, an agent's or a principal's already.</summary>
    AgentKeyIsTaken = 4025,

    /// <summary>The document is none of an agent's key in its one form, or the key in it is no P-256 key.</summary>
    AgentKeyDocumentIsInvalid = 4026,

    /// <summary>The new key's signature over the document does not verify.</summary>
    AgentKeyProofIsWrong = 4027,

    /// <summary>Neither the key that is replaced nor the principal's key has signed the document.</summary>
    AgentKeyNotAuthorized = 4028,

    /// <summary>The document's time is up, or ends later than it may.</summary>
    AgentKeyDocumentHasExpired = 4029,

    /// <summary>The overlap is negative, or longer than the market allows.</summary>
    OverlapOutOfRange = 4030,

    /// <summary>The agent has as many live keys, or has had as many keys, as it may.</summary>
    TooManyAgentKeys = 4031,

    /// <summary>Too many acts of the agent carried a wrong signature; the connection is closed.</summary>
    TooManyWrongSignatures = 4032,
}
