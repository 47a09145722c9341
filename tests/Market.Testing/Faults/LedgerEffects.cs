using Market.Domain.Settling;

namespace Market.Testing.Faults;

/// <summary>Which entries of a book are the effect of which command: how exactly-once is counted.</summary>
public static class LedgerEffects
{
    /// <summary>Whether an entry does what a command asks for; a refusal that is an entry does not.</summary>
    /// <exception cref="ArgumentException">The command is of a kind that this check does not know.</exception>
    public static bool Does(LedgerEvent entry, LedgerCommand command) => command switch
    {
        IdentifiedLedgerCommand identified =>
            (entry is TransfersPosted posted && posted.Command == identified.Id) ||
            (entry is TransferHeld held && held.Command == identified.Id),
        PostHold post => entry is HoldPosted posted && posted.Hold == post.Hold && posted.Amount == post.Amount,
        VoidHold release => entry is HoldVoided voided && voided.Hold == release.Hold,
        GrantMandate grant => entry is MandateGranted granted && granted.Mandate == grant.Mandate,
        RevokeMandate revoke => entry is MandateRevoked revoked && revoked.Mandate == revoke.Mandate,
        Settle settle =>
            entry is DealBooked booked && booked.Deal == settle.Deal && booked.TermsHash == settle.TermsHash,
        ConfirmDelivery confirm => entry is DeliveryConfirmed confirmed && confirmed.Deal == confirm.Deal,
        CancelDelivery cancel => entry is DeliveryCancelled cancelled && cancelled.Deal == cancel.Deal,
        _ => throw new ArgumentException($"Nobody said what a {command?.GetType().Name} does.", nameof(command)),
    };

    /// <summary>Whether an entry is a command's refusal for good: only a settle has such.</summary>
    public static bool Refuses(LedgerEvent entry, LedgerCommand command) =>
        command is Settle settle && entry is DealRefused refused && refused.Deal == settle.Deal;
}
