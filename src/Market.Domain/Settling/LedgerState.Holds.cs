namespace Market.Domain.Settling;

/// <content>Folding entries that place or resolve holds.</content>
public sealed partial class LedgerState
{
    private void ApplyHold(LedgerEvent @event)
    {
        switch (@event)
        {
            case TransferHeld held:
                ApplyOpened(held.Opened);
                var command = Remember(held.Command, held.PayloadHash, HoldStatus.Open);
                Reserve(OpenHold.OfCommand(LastEntry, held.ExpiresAt, held.Posting, command));
                break;
            case HoldPosted posted:
                CloseHold(posted.Hold, HoldStatus.Posted, posted.Amount);
                break;
            case HoldVoided voided:
                CloseHold(voided.Hold, HoldStatus.Voided, amountPosted: 0);
                break;
            case DeliveryConfirmed confirmed:
                CloseDeal(confirmed.Deal, DealStatus.Delivered);
                break;
            case DeliveryCancelled cancelled:
                CloseDeal(cancelled.Deal, DealStatus.Cancelled);
                break;
            case HoldsExpired expired:
                foreach (var placedBy in expired.PlacedBy.AsSpan())
                {
                    Expire(Holds[placedBy]);
                }

                break;
            default:
                LedgerAssert.Fail($"The book has an entry of the unknown kind {@event.GetType().Name}.");
                break;
        }
    }

    private void CloseHold(LedgerCommandId id, HoldStatus status, long amountPosted)
    {
        LedgerAssert.That(Commands.TryFind(id, out var place), "An entry resolves a hold that was never placed.");
        ref var command = ref Commands[place];
        var hold = Release(command.Entry);
        if (status == HoldStatus.Posted)
        {
            var posting = hold.Postings[0];
            LedgerAssert.That(amountPosted > 0 && amountPosted <= posting.Amount, "An entry posts more than was held.");
            Post(posting.Debit, posting.Credit, amountPosted);
        }

        command.Hold = status;
        command.HoldClosedBy = LastEntry;
        command.HoldPosted = amountPosted;
    }

    private void CloseDeal(DealId id, DealStatus status)
    {
        LedgerAssert.That(Deals.TryFind(id, out var place), "An entry resolves a deal that was never settled.");
        CloseDeal(place, status);
    }

    private void CloseDeal(int place, DealStatus status)
    {
        ref var deal = ref Deals[place];
        var hold = Release(deal.Entry);
        if (status == DealStatus.Delivered)
        {
            Post(hold.Postings);
            Mandates.Post(hold.BuyerMandate, hold.TotalMinor);
            Mandates.Post(hold.SellerMandate, hold.TotalMinor);
        }
        else
        {
            Mandates.Release(hold.BuyerMandate, hold.TotalMinor, deal.At);
            Mandates.Release(hold.SellerMandate, hold.TotalMinor, deal.At);
        }

        deal.Status = status;
        deal.ClosedBy = LastEntry;
    }

    private void Expire(OpenHold hold)
    {
        if (hold.DealPlace != OpenHold.None)
        {
            CloseDeal(hold.DealPlace, DealStatus.Expired);
            return;
        }

        _ = Release(hold.Entry);
        ref var command = ref Commands[hold.CommandPlace];
        command.Hold = HoldStatus.Expired;
        command.HoldClosedBy = LastEntry;
    }

    private OpenHold Release(EntryNumber placedBy)
    {
        var hold = Holds.Remove(placedBy);
        foreach (ref readonly var posting in hold.Postings.AsSpan())
        {
            Accounts[posting.Debit.Value].DebitsPending -= posting.Amount;
            Accounts[posting.Credit.Value].CreditsPending -= posting.Amount;
        }

        return hold;
    }
}
