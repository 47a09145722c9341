using Market.Domain.Approvals;

namespace Market.Domain.Enrolling;

/// <summary>What the directory makes of a principal's key.</summary>
/// <param name="Event">The enrolment, or null.</param>
/// <param name="Refusal">Why not, or null.</param>
/// <param name="Principal">The principal with its key, new or known; null with a refusal.</param>
public readonly record struct PrincipalKeyDecision(
    PrincipalKeyEnrolled? Event, ApprovalRefusal? Refusal, EnrolledPrincipal? Principal);

/// <summary>
/// Who may enrol a principal's own key: the first one its first agent, since nobody else stood for it before; a later
/// one whoever the key before has signed for.
/// </summary>
public static class PrincipalKeyRules
{
    /// <summary>Decides an enrolment. The same key again is the same enrolment.</summary>
    public static PrincipalKeyDecision Decide(DirectoryState state, EnrolKey command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        var thumbprint = Hash256.Of(command.PublicKey.Span);
        var current = state.FindKeyOf(command.Principal);
        if (current is not null && current.Revision == command.Revision
            && Hash256.Of(current.PublicKey.Span) == thumbprint)
        {
            return new PrincipalKeyDecision(null, null, current);
        }

        var founder = state.FindFounder(command.Principal);
        var isFirst = current is null;
        var refusal =
            founder is null || (isFirst && command.Agent != founder.Number)
                ? ApprovalRefusal.NotThePrincipalsFirstAgent
            : !isFirst && command.Authorization.IsEmpty ? ApprovalRefusal.KeyChangeNotAuthorized
            : command.Revision != (current?.Revision ?? 0) + 1 ? ApprovalRefusal.KeyRevisionIsStale
            : state.AgentKeys.OwnerOf(thumbprint) is not null ? ApprovalRefusal.KeyBelongsToAnAgent
            : state.IsPrincipalsKey(thumbprint) ? ApprovalRefusal.KeyBelongsToAPrincipal
            : (ApprovalRefusal?)null;
        if (refusal is not null)
        {
            return new PrincipalKeyDecision(null, refusal, null);
        }

        // From here on nothing may fail.
        return new PrincipalKeyDecision(
            new PrincipalKeyEnrolled(
                now, command.Principal, command.PublicKey, command.Revision, command.Proof, command.Authorization),
            null,
            new EnrolledPrincipal(
                command.Principal, founder!.Profile.Principal, command.PublicKey, command.Revision));
    }
}
