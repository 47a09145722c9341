namespace Market.Domain.Settling;

/// <summary>
/// What becomes of a deal that is held until delivery: all legs are posted, or all are voided (INV-10).
/// </summary>
internal static class DeliveryRules
{
    public static LedgerDecision Confirm(LedgerState state, ConfirmDelivery command, LedgerTime now)
    {
        var refused = Check(state, command.Deal, now, DealStatus.Delivered, out var doneBy);
        if (refused is not null)
        {
            return LedgerDecision.Refuses(refused);
        }

        // The point of no return: everything below succeeds.
        return doneBy is { } entry
            ? LedgerDecision.AlreadyDone(entry)
            : LedgerDecision.Happens(new DeliveryConfirmed(now, command.Deal));
    }

    public static LedgerDecision Cancel(LedgerState state, CancelDelivery command, LedgerTime now)
    {
        var refused = Check(state, command.Deal, now, DealStatus.Cancelled, out var doneBy);
        if (refused is not null)
        {
            return LedgerDecision.Refuses(refused);
        }

        // The point of no return: everything below succeeds.
        return doneBy is { } entry
            ? LedgerDecision.AlreadyDone(entry)
            : LedgerDecision.Happens(new DeliveryCancelled(now, command.Deal));
    }

    private static LedgerRefused? Check(
        LedgerState state, DealId id, LedgerTime now, DealStatus wanted, out EntryNumber? doneBy)
    {
        doneBy = null;
        if (!state.Deals.TryFind(id, out var place))
        {
            return new LedgerRefused(LedgerRefusal.DealUnknown);
        }

        ref readonly var deal = ref state.Deals[place];
        if (deal.Status == wanted)
        {
            doneBy = deal.ClosedBy;
            return null;
        }

        return deal.Status switch
        {
            DealStatus.Posted => new LedgerRefused(LedgerRefusal.DealNotOnDelivery, Entry: deal.Entry),
            DealStatus.Delivered => new LedgerRefused(LedgerRefusal.DeliveryAlreadyConfirmed, Entry: deal.ClosedBy),
            DealStatus.Cancelled => new LedgerRefused(LedgerRefusal.DeliveryAlreadyCancelled, Entry: deal.ClosedBy),
            DealStatus.Expired => new LedgerRefused(LedgerRefusal.DeliveryDeadlinePassed, Entry: deal.ClosedBy),
            DealStatus.Refused => new LedgerRefused(LedgerRefusal.DealUnknown),
            _ => deal.DeliveryDeadline <= now ? new LedgerRefused(LedgerRefusal.DeliveryDeadlinePassed) : null,
        };
    }
}
