namespace Market.Domain.Settling;

/// <summary>
/// What becomes of a deal that is held until delivery: all legs are posted, or all are voided (INV-10).
/// </summary>
internal static class DeliveryRules
{
    public static LedgerDecision Confirm(LedgerState state, ConfirmDelivery command, LedgerTime now, ref Past past)
    {
        var refused = Check(state, command.Deal, now, DealStatus.Delivered, ref past, out var doneBy);
        if (refused is not null)
        {
            return LedgerDecision.Refuses(refused);
        }

        // The point of no return: everything below succeeds.
        return doneBy is { } entry
            ? LedgerDecision.AlreadyDone(entry)
            : LedgerDecision.Happens(new DeliveryConfirmed(now, command.Deal));
    }

    public static LedgerDecision Cancel(LedgerState state, CancelDelivery command, LedgerTime now, ref Past past)
    {
        var refused = Check(state, command.Deal, now, DealStatus.Cancelled, ref past, out var doneBy);
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
        LedgerState state, DealId id, LedgerTime now, DealStatus wanted, ref Past past, out EntryNumber? doneBy)
    {
        doneBy = null;
        if (state.Holds.Find(id) is { } hold)
        {
            return hold.ExpiresAt <= now ? new LedgerRefused(LedgerRefusal.DeliveryDeadlinePassed) : null;
        }

        if (past.TryFind(RememberedKind.DealEnd, id.Value, out var end))
        {
            var status = (DealStatus)end.Mark;
            if (status == wanted)
            {
                doneBy = end.Entry;
                return null;
            }

            return new LedgerRefused(status switch
            {
                DealStatus.Delivered => LedgerRefusal.DeliveryAlreadyConfirmed,
                DealStatus.Cancelled => LedgerRefusal.DeliveryAlreadyCancelled,
                _ => LedgerRefusal.DeliveryDeadlinePassed,
            }, Entry: end.Entry);
        }

        return past.TryFind(RememberedKind.Deal, id.Value, out var deal) && deal.Mark == (byte)DealStatus.Posted
            ? new LedgerRefused(LedgerRefusal.DealNotOnDelivery, Entry: deal.Entry)
            : new LedgerRefused(LedgerRefusal.DealUnknown);
    }
}
