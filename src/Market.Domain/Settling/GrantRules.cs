using Market.Domain.Mandates;

namespace Market.Domain.Settling;

/// <summary>Granting and revoking mandates: the book's order decides whether a deal came before or after.</summary>
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

        if (MandateRules.CheckGrant(command.Mandate) is { } refusal)
        {
            return LedgerDecision.Refuses(refusal);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new MandateGranted(now, command.Mandate));
    }

    public static LedgerDecision Revoke(LedgerState state, RevokeMandate command, LedgerTime now)
    {
        if (!state.Mandates.TryFind(command.Mandate, out var place)
            || state.Mandates[place].Mandate.Principal != command.Principal)
        {
            return LedgerDecision.Refuses(LedgerRefusal.MandateUnknown);
        }

        if (state.Mandates[place].RevokedBy is { Value: not 0 } earlier)
        {
            return LedgerDecision.AlreadyDone(earlier);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new MandateRevoked(now, command.Mandate));
    }
}
