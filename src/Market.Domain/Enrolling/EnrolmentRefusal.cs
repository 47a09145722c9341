namespace Market.Domain.Enrolling;

/// <summary>Why the directory refuses an agent. Numbers 400x, and 4010 to 4020 for enrolments.</summary>
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

    /// <summary>
    /// Registration carries an enrolment, signed by the principal's key, or by the agent's own key where the agent is
    /// its own principal.
    /// </summary>
    EnrolmentRequired = 4010,

    /// <summary>The document is no enrolment in its one form, or is too long.</summary>
    EnrolmentIsInvalid = 4011,

    /// <summary>The enrolment's key is no P-256 key in SubjectPublicKeyInfo form.</summary>
    EnrolmentKeyIsInvalid = 4012,

    /// <summary>The signature over the enrolment does not verify, for this market, with the key given.</summary>
    EnrolmentSignatureIsWrong = 4013,

    /// <summary>The enrolment is for another agent's key than the session's.</summary>
    EnrolmentIsForAnotherKey = 4014,

    /// <summary>The profile is not the one that the principal signed.</summary>
    EnrolmentProfileDiffers = 4015,

    /// <summary>The enrolment begins later.</summary>
    EnrolmentNotYetValid = 4016,

    /// <summary>The enrolment's time is up.</summary>
    EnrolmentHasExpired = 4017,

    /// <summary>The enrolment ends later than an enrolment may.</summary>
    EnrolmentValidityOutOfRange = 4018,

    /// <summary>The key that signed is another agent's, or another principal's: it brings no new handle.</summary>
    EnrolmentKeyIsTaken = 4019,

    /// <summary>The principal has as many agents as it may.</summary>
    TooManyAgents = 4020,
}
