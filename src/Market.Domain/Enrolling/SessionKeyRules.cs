using Market.Domain.Hosting;
using Market.Domain.Negotiating;

namespace Market.Domain.Enrolling;

/// <summary>What the directory makes of a word about a session key.</summary>
/// <param name="Enrolled">The enrolment to journal, or null.</param>
/// <param name="Revoked">The revocation to journal, or null.</param>
/// <param name="Refusal">Why not, or null.</param>
/// <param name="At">When it was recorded, now or before.</param>
public readonly record struct SessionKeyDecision(
    SessionKeyEnrolled? Enrolled, SessionKeyRevoked? Revoked, HostingRefusal? Refusal, LedgerTime At);

/// <summary>Which session keys an agent may enrol and take back.</summary>
public static class SessionKeyRules
{
    /// <summary>Decides an enrolment.</summary>
    public static SessionKeyDecision Decide(SessionKeyBook book, EnrolSessionKeyCommand command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(command);
        var act = command.Act;
        if (book.Find(act.Key) is { } known)
        {
            return known.Key.Agent == command.Agent && known.Enrolled.Digest == command.Digest
                ? new(null, null, null, known.Enrolled.At)
                : Refuse(HostingRefusal.SessionKeyEnrolledDifferently);
        }

        var refusal =
            MessageIds.Refuse(act.Message, now) is not null ? HostingRefusal.MessageIdOutsideWindow
            : book.Of(command.Agent).Any(key => key.Enrolled.Message == act.Message) ? HostingRefusal.MessageIdReused
            : act.ExpiresAt <= now || act.ExpiresAt > now + HostingLimits.SessionKeyValidityMax
                ? HostingRefusal.SessionKeyExpiryOutOfRange
            : book.Of(command.Agent).Count(key => key.IsLiveAt(now)) >= HostingLimits.SessionKeysMax
                ? HostingRefusal.TooManySessionKeys
            : (HostingRefusal?)null;
        if (refusal is { } reason)
        {
            return Refuse(reason);
        }

        // From here on nothing may fail.
        var enrolled = new SessionKey(act.Key, command.Agent, act.PublicKey, act.Mandate, act.ExpiresAt, act.Actions);
        return new(
            new SessionKeyEnrolled(now, enrolled, act.Message, command.Digest, command.Evidence), null, null, now);
    }

    /// <summary>Decides a revocation; of one that was taken back before, the answer is the same.</summary>
    public static SessionKeyDecision Decide(SessionKeyBook book, RevokeSessionKeyCommand command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(command);
        return book.Find(command.Key) is not { } known || known.Key.Agent != command.Agent
                ? Refuse(HostingRefusal.SessionKeyUnknown)
            : known.RevokedAt is { } at ? new(null, null, null, at)
            : new(null, new SessionKeyRevoked(now, command.Agent, command.Key), null, now);
    }

    private static SessionKeyDecision Refuse(HostingRefusal refusal) => new(null, null, refusal, default);
}
