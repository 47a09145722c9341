using Market.Domain.Mandates;

namespace Market.Domain.Settling;

/// <summary>
/// Granting, stopping and revoking mandates: the book's order decides whether a deal came before or after.
/// </summary>
internal static class GrantRules
{
    public static LedgerDecision Grant(LedgerState state, GrantMandate command, LedgerTime now)
    {
        if (state.Mandates.TryFind(command.Mandate.Id, out var place))
        {
            ref readonly var known = ref state.Mandates[place];
            return known.Mandate == command.Mandate
                ? LedgerDecision.AlreadyDone(known.GrantedBy)
                : LedgerDecision.Refuses(LedgerRefusal.MandateExistsWithDifferentTerms, known.GrantedBy);
        }

        if (state.Mandates.CheckGrant(command.Mandate) is { } refused)
        {
            return LedgerDecision.Refuses(refused);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new MandateGranted(now, command.Mandate));
    }

    public static LedgerDecision Revoke(LedgerState state, RevokeMandate command, LedgerTime now)
    {
        if (!TryFindOwn(state, command.Mandate, command.Principal, out var place))
        {
            return LedgerDecision.Refuses(LedgerRefusal.MandateUnknown);
        }

        ref readonly var row = ref state.Mandates[place];
        if (row.Status == MandateStatus.Revoked)
        {
            return LedgerDecision.AlreadyDone(row.Changes[^1].Entry);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new MandateRevoked(now, command.Mandate));
    }

    public static LedgerDecision Suspend(LedgerState state, SuspendMandate command, LedgerTime now)
    {
        if (!TryFindOwn(state, command.Mandate, command.Principal, out var place))
        {
            return LedgerDecision.Refuses(LedgerRefusal.MandateUnknown);
        }

        ref readonly var row = ref state.Mandates[place];
        if (ChangeBefore(row, command.Revision, MandateStatus.Suspended) is { } earlier)
        {
            return earlier;
        }

        if (row.Status == MandateStatus.Suspended)
        {
            return LedgerDecision.Refuses(LedgerRefusal.MandateAlreadySuspended, row.Changes[^1].Entry);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new MandateSuspended(now, command.Mandate));
    }

    public static LedgerDecision Resume(LedgerState state, ResumeMandate command, LedgerTime now)
    {
        if (!TryFindOwn(state, command.Mandate, command.Principal, out var place))
        {
            return LedgerDecision.Refuses(LedgerRefusal.MandateUnknown);
        }

        ref readonly var row = ref state.Mandates[place];
        if (ChangeBefore(row, command.Revision, MandateStatus.Active) is { } earlier)
        {
            return earlier;
        }

        if (row.Status == MandateStatus.Active)
        {
            return LedgerDecision.Refuses(LedgerRefusal.MandateNotSuspended);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new MandateResumed(now, command.Mandate));
    }

    /// <summary>
    /// What a change of a revision comes to without looking at today's status: the entry that made it when it was told
    /// before, or why it cannot be made any more; null where it is to be decided now.
    /// </summary>
    private static LedgerDecision? ChangeBefore(in MandateRow row, int revision, MandateStatus wanted)
    {
        if (revision >= 1 && revision < row.Revision && row.Changes[revision - 1] is var made && made.Status == wanted)
        {
            return LedgerDecision.AlreadyDone(made.Entry);
        }

        if (row.Status == MandateStatus.Revoked)
        {
            return LedgerDecision.Refuses(LedgerRefusal.MandateRevoked, row.Changes[^1].Entry);
        }

        if (revision != row.Revision)
        {
            return LedgerDecision.Refuses(new LedgerRefused(
                LedgerRefusal.MandateRevisionIsStale, Asked: revision, Allowed: row.Revision));
        }

        // The last one is kept for the revocation, which nothing may prevent.
        return row.Revision >= MandateLimits.RevisionsMax - 1
            ? LedgerDecision.Refuses(LedgerRefusal.MandateRevisionsExhausted)
            : null;
    }

    private static bool TryFindOwn(LedgerState state, MandateId id, PrincipalNumber principal, out int place) =>
        state.Mandates.TryFind(id, out place) && state.Mandates[place].Mandate.Principal == principal;
}
