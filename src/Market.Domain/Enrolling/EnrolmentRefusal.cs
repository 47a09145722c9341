namespace Market.Domain.Enrolling;

/// <summary>Why the directory refuses an agent. Numbers 400x.</summary>
public enum EnrolmentRefusal : ushort
{
    /// <summary>The session's key is not registered; register first.</summary>
    AgentNotRegistered = 4001,

    /// <summary>The key is registered already, with another profile.</summary>
    KeyRegisteredWithAnotherProfile = 4002,

    /// <summary>The principal's handle belongs to another key.</summary>
    PrincipalBelongsToAnotherKey = 4003,

    /// <summary>A name is empty or too long, or the handle has characters other than a–z, 0–9, '-' and '_'.</summary>
    ProfileIsInvalid = 4004,

    /// <summary>An agent must declare that it is artificial, its operator and its model.</summary>
    DisclosureRequired = 4005,

    /// <summary>This act is for agents of the other role.</summary>
    WrongRole = 4006,

    /// <summary>The key is, or was, a principal's own: an agent needs a key of its own.</summary>
    KeyIsAPrincipals = 4007,
}
