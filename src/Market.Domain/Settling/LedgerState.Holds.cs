using System.Runtime.InteropServices;

namespace Market.Domain.Settling;

/// <content>Folding entries that place or resolve holds.</content>
public sealed partial class LedgerState
{
    private readonly Dictionary<PrincipalNumber, int> _holdsOfOwner = [];

    /// <summary>Open holds on one principal's money.</summary>
    internal int HoldCountOf(PrincipalNumber owner) => _holdsOfOwner.GetValueOrDefault(owner);

    /// <summary>A hold is open.</summary>
    internal void AddHold(OpenHold hold)
    {
        Holds.Add(hold);
        if (PayerOf(hold) is { } payer)
        {
            _holdsOfOwner[payer] = HoldCountOf(payer) + 1;
        }
    }

    /// <summary>Whose money a hold is on; null where it is on none.</summary>
    private PrincipalNumber? PayerOf(OpenHold hold)
    {
        foreach (ref readonly var posting in hold.Postings.AsSpan())
        {
            if (Accounts[posting.Debit.Value].Name is { Kind: AccountKind.Funds } name)
            {
                return name.Owner;
            }
        }

        return null;
    }

    private void ApplyHold(LedgerEvent @event)
    {
        switch (@event)
        {
            case TransferHeld held:
                ApplyOpened(held.Opened);
                Memory.Add(RememberedRow.Of(held, LastEntry));
                Reserve(OpenHold.OfCommand(LastEntry, held.ExpiresAt, held.Posting, held.Command));
                break;
            case HoldPosted posted:
                CloseHold(posted.Hold, HoldStatus.Posted, posted.Amount);
                break;
            case HoldVoided voided:
                CloseHold(voided.Hold, HoldStatus.Voided, amountPosted: 0);
                break;
            case DeliveryConfirmed confirmed:
                CloseDeal(HoldOf(confirmed.Deal), DealStatus.Delivered);
                break;
            case DeliveryCancelled cancelled:
                CloseDeal(HoldOf(cancelled.Deal), DealStatus.Cancelled);
                break;
            case HoldsExpired expired:
                foreach (var placedBy in expired.PlacedBy.AsSpan())
                {
                    Expire(Holds[placedBy]);
                }

                break;
            default:
                ApplyAccountsAndReversals(@event);
                break;
        }
    }

    private void ApplyAccountsAndReversals(LedgerEvent @event)
    {
        switch (@event)
        {
            case AccountsOpened opened:
                ApplyOpened(opened.Opened);
                break;
            case AccountsEvicted evicted:
                ApplyEvicted(evicted);
                break;
            case DealReversed reversed:
                AddReversed(reversed.Settled, reversed.Amounts);
                PayBack(reversed.Postings, reversed.Paid.MinorUnits, reversed.SettledAt,
                    Mandates.PlaceOf(reversed.BuyerMandate), Mandates.PlaceOf(reversed.SellerMandate));
                break;
            case RefundClaimed claimed:
                AddReversed(claimed.Settled, claimed.Amounts);
                Claims.Add(LastEntry, new OpenClaim(
                    claimed.Deal, claimed.Postings, claimed.Paid.MinorUnits,
                    Mandates.PlaceOf(claimed.BuyerMandate), Mandates.PlaceOf(claimed.SellerMandate),
                    claimed.SettledAt));
                break;
            case ReturnRefused:
                break; // moves nothing; its command is remembered
            case ClaimPaid paid:
                LedgerAssert.That(Claims.Remove(paid.Claim, out var claim), "An entry pays a claim that is not open.");
                PayBack(
                    claim!.Postings, claim.PaidMinor, claim.SettledAt, claim.BuyerMandate, claim.SellerMandate);
                break;
            default:
                LedgerAssert.Fail($"The book has an entry of the unknown kind {@event.GetType().Name}.");
                break;
        }
    }

    private void CloseHold(LedgerCommandId id, HoldStatus status, long amountPosted)
    {
        var open = Holds.Find(id);
        LedgerAssert.That(open is not null, "An entry resolves a hold that is not open.");
        var hold = Release(open.Entry);
        if (status == HoldStatus.Posted)
        {
            var posting = hold.Postings[0];
            LedgerAssert.That(amountPosted > 0 && amountPosted <= posting.Amount, "An entry posts more than was held.");
            Post(posting.Debit, posting.Credit, amountPosted);
        }

        Memory.Add(RememberedRow.EndOf(id, status, amountPosted, LastTime, LastEntry));
    }

    private OpenHold HoldOf(DealId id)
    {
        var hold = Holds.Find(id);
        LedgerAssert.That(hold is not null, "An entry resolves a deal that is not held.");
        return hold;
    }

    private void CloseDeal(OpenHold held, DealStatus status)
    {
        var hold = Release(held.Entry);
        if (status == DealStatus.Delivered)
        {
            Post(hold.Postings);
            Mandates.Post(hold.BuyerMandate, hold.TotalMinor);
            Mandates.Post(hold.SellerMandate, hold.TotalMinor);
        }
        else
        {
            Mandates.Release(hold.BuyerMandate, hold.TotalMinor, hold.SettledAt);
            Mandates.Release(hold.SellerMandate, hold.TotalMinor, hold.SettledAt);
        }

        Memory.Add(RememberedRow.EndOf(hold.Deal.GetValueOrDefault(), status, LastTime, LastEntry));
    }

    private void Expire(OpenHold hold)
    {
        if (hold.Deal is not null)
        {
            CloseDeal(hold, DealStatus.Expired);
            return;
        }

        _ = Release(hold.Entry);
        Memory.Add(RememberedRow.EndOf(
            hold.Command.GetValueOrDefault(), HoldStatus.Expired, 0, LastTime, LastEntry));
    }

    private void AddReversed(EntryNumber settled, ValueArray<long> amounts)
    {
        if (!Reversals.TryGetValue(settled, out var sums))
        {
            Reversals.Add(settled, sums = new long[amounts.Count]);
        }

        LedgerAssert.That(sums.Length == amounts.Count, "An entry reverses legs that a deal does not have.");
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += amounts[i];
        }
    }

    private void PayBack(
        ValueArray<Posting> postings, long paid, LedgerTime settledAt, int buyerMandate, int sellerMandate)
    {
        Post(postings);
        Mandates.GiveBack(buyerMandate, paid, settledAt);
        Mandates.GiveBack(sellerMandate, paid, settledAt);
    }

    private OpenHold Release(EntryNumber placedBy)
    {
        var hold = Holds.Remove(placedBy);
        if (PayerOf(hold) is { } payer && --CollectionsMarshal.GetValueRefOrAddDefault(_holdsOfOwner, payer, out _) == 0)
        {
            _holdsOfOwner.Remove(payer);
        }

        foreach (ref readonly var posting in hold.Postings.AsSpan())
        {
            Accounts[posting.Debit.Value].DebitsPending -= posting.Amount;
            Accounts[posting.Credit.Value].CreditsPending -= posting.Amount;
        }

        return hold;
    }
}
