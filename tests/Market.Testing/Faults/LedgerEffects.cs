using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing.Faults;

/// <summary>Which entries of a book are the effect of which command: how exactly-once is counted.</summary>
public static class LedgerEffects
{
    /// <summary>
    /// The numbers of the entries that are a command's effect: none, or one in a sound book. A mandate is suspended
    /// and resumed again and again, so its changes are told apart by their revisions.
    /// </summary>
    /// <exception cref="ArgumentException">The command is of a kind that this check does not know.</exception>
    public static IReadOnlyList<long> PlacesOf(IReadOnlyList<LedgerEvent> entries, LedgerCommand command)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var revision = command switch
        {
            SuspendMandate suspend => suspend.Revision,
            ResumeMandate resume => resume.Revision,
            _ => (int?)null,
        };
        return [.. entries.Index()
            .Where(entry => Does(entry.Item, command)
                && (revision is null || RevisionBefore(entries, entry.Index) == revision))
            .Select(entry => entry.Index + 1L)];
    }

    /// <summary>Whether an entry does what a command asks for; a refusal that is an entry does not.</summary>
    /// <exception cref="ArgumentException">The command is of a kind that this check does not know.</exception>
    public static bool Does(LedgerEvent entry, LedgerCommand command) => command switch
    {
        IdentifiedLedgerCommand identified => CommandOf(entry) == identified.Id,
        PostHold post => entry is HoldPosted posted && posted.Hold == post.Hold && posted.Amount == post.Amount,
        VoidHold release => entry is HoldVoided voided && voided.Hold == release.Hold,
        GrantMandate grant => entry is MandateGranted granted && granted.Mandate == grant.Mandate,
        SuspendMandate suspend => entry is MandateSuspended suspended && suspended.Mandate == suspend.Mandate,
        ResumeMandate resume => entry is MandateResumed resumed && resumed.Mandate == resume.Mandate,
        RevokeMandate revoke => entry is MandateRevoked revoked && revoked.Mandate == revoke.Mandate,
        Settle settle =>
            entry is DealBooked booked && booked.Deal == settle.Deal && booked.TermsHash == settle.TermsHash,
        ConfirmDelivery confirm => entry is DeliveryConfirmed confirmed && confirmed.Deal == confirm.Deal,
        CancelDelivery cancel => entry is DeliveryCancelled cancelled && cancelled.Deal == cancel.Deal,
        _ => throw new ArgumentException($"Nobody said what a {command?.GetType().Name} does.", nameof(command)),
    };

    /// <summary>Whether an entry is a command's refusal for good: of a settle, or of a reversal, as a claim.</summary>
    public static bool Refuses(LedgerEvent entry, LedgerCommand command) => command switch
    {
        Settle settle => entry is DealRefused refused && refused.Deal == settle.Deal,
        Reverse reverse => entry is RefundClaimed claimed && claimed.Command == reverse.Id,
        ReturnUnits units => entry is ReturnRefused refused && refused.Command == units.Id,
        _ => false,
    };

    /// <summary>The id of the command that an entry does; null where its command has none.</summary>
    private static LedgerCommandId? CommandOf(LedgerEvent entry) => entry switch
    {
        TransfersPosted posted => posted.Command,
        TransferHeld held => held.Command,
        AccountsOpened opened => opened.Command,
        AccountsEvicted evicted => evicted.Command,
        DealReversed reversed => reversed.Command,
        ClaimPaid paid => paid.Command,
        _ => null,
    };

    /// <summary>The revision that the mandate of a change had before it.</summary>
    private static int RevisionBefore(IReadOnlyList<LedgerEvent> entries, int place) =>
        1 + entries.Take(place).Count(entry => MandateOf(entry) == MandateOf(entries[place]));

    private static MandateId? MandateOf(LedgerEvent change) => change switch
    {
        MandateSuspended suspended => suspended.Mandate,
        MandateResumed resumed => resumed.Mandate,
        MandateRevoked revoked => revoked.Mandate,
        _ => null,
    };
}
