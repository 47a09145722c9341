namespace Market.Domain.Hosting;

/// <summary>
/// Why the market refuses something about session keys (470x–471x) or hosted strategies (472x–473x).
/// </summary>
public enum HostingRefusal : ushort
{
    /// <summary>The message id belongs to another act of yours.</summary>
    MessageIdReused = 4701,

    /// <summary>The message id is outside the window in which the market remembers them.</summary>
    MessageIdOutsideWindow = 4702,

    /// <summary>There is no such session key of yours.</summary>
    SessionKeyUnknown = 4703,

    /// <summary>The enrolment of a session key must be signed by the agent's own key.</summary>
    EnrolmentNotSigned = 4704,

    /// <summary>The public key is not the one that the market made under this id.</summary>
    SessionKeyDiffers = 4705,

    /// <summary>The session key is enrolled already, with other bounds.</summary>
    SessionKeyEnrolledDifferently = 4706,

    /// <summary>A session key ends after now, and within the longest validity.</summary>
    SessionKeyExpiryOutOfRange = 4707,

    /// <summary>The agent has as many session keys as it may; take one back first.</summary>
    TooManySessionKeys = 4708,

    /// <summary>The session key has expired.</summary>
    SessionKeyHasExpired = 4709,

    /// <summary>The session key was taken back.</summary>
    SessionKeyIsRevoked = 4710,

    /// <summary>The session key is bound to another mandate than the one named.</summary>
    SessionKeyOfAnotherMandate = 4711,

    /// <summary>There is no strategy of that name.</summary>
    StrategyUnknown = 4720,

    /// <summary>The utility does not fit the issues, or holds a number that is not allowed.</summary>
    UtilityIsInvalid = 4721,

    /// <summary>A seller names listings; a buyer names negotiations, a request or both.</summary>
    SubjectsAreInvalid = 4722,

    /// <summary>A listing, request or negotiation that is named is not there, or not yours.</summary>
    SubjectNotFound = 4723,

    /// <summary>A listing or negotiation that is named is under another mandate, or none.</summary>
    SubjectUnderAnotherMandate = 4724,

    /// <summary>A listing, request or negotiation that is named has a hosted strategy already.</summary>
    SubjectHostedAlready = 4725,

    /// <summary>The agent has as many hosted strategies as it may; stop one first.</summary>
    TooManyHostings = 4726,

    /// <summary>There is no such hosted strategy of yours.</summary>
    HostingNotFound = 4727,
}
