using Market.Domain.Mandates;

namespace Market.Domain.Settling;

/// <content>Folding entries into the state.</content>
public sealed partial class LedgerState
{
    /// <summary>Folds one entry into the state. Never refuses: what the decision checked is asserted here.</summary>
    /// <exception cref="InvalidOperationException">
    /// The entry cannot follow this state: a bug, or a journal that is not this book's. The state must not be used
    /// any more.
    /// </exception>
    public void Apply(LedgerEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LedgerAssert.That(@event.At > LastTime, "An entry's time is not after the time of the entry before.");
        LastEntry = NextEntry;
        LastTime = @event.At;
        switch (@event)
        {
            case DealBooked settled:
                ApplySettled(settled);
                break;
            case TransfersPosted posted:
                ApplyOpened(posted.Opened);
                Post(posted.Postings);
                Memory.Add(RememberedRow.Of(posted, LastEntry));
                break;
            case DealRefused refused:
                Memory.Add(RememberedRow.Of(refused, LastEntry));
                break;
            case MandateGranted granted:
                Mandates.Grant(granted.Mandate, LastEntry);
                break;
            case MandateRevoked revoked:
                Mandates.Change(revoked.Mandate, MandateStatus.Revoked, LastEntry);
                break;
            case MandateSuspended suspended:
                Mandates.Change(suspended.Mandate, MandateStatus.Suspended, LastEntry);
                break;
            case MandateResumed resumed:
                Mandates.Change(resumed.Mandate, MandateStatus.Active, LastEntry);
                break;
            case CheckpointExported:
                break; // moves nothing; what it says of the chain is the grain's
            default:
                ApplyHold(@event);
                break;
        }

        if (@event is IIdentifiedEntry identified)
        {
            Memory.Add(RememberedRow.Of(identified.Command, @event, LastEntry));
        }
    }

    private void ApplySettled(DealBooked settled)
    {
        ApplyOpened(settled.Opened);
        Memory.Add(RememberedRow.Of(settled, LastEntry));
        var buyer = Mandates.PlaceOf(settled.Buyer.Mandate);
        var seller = Mandates.PlaceOf(settled.Seller.Mandate);
        var total = settled.Total.MinorUnits;
        TakeOfMandates(settled, buyer, seller);
        if (settled.Mode == SettlementMode.Immediate)
        {
            Post(settled.Postings);
            return;
        }

        LedgerAssert.That(settled.DeliveryDeadline.HasValue, "A deal on delivery has no deadline.");
        var deadline = settled.DeliveryDeadline.GetValueOrDefault();
        Reserve(new OpenHold(
            LastEntry, deadline, settled.Postings, settled.Deal, null, buyer, seller, total, settled.At));
    }

    private void Post(ValueArray<Posting> postings)
    {
        foreach (ref readonly var posting in postings.AsSpan())
        {
            Post(posting.Debit, posting.Credit, posting.Amount);
        }
    }

    private void Post(AccountNumber debit, AccountNumber credit, long amount)
    {
        ref var from = ref Accounts[debit.Value];
        from.DebitsPosted += amount;
        Accounts[credit.Value].CreditsPosted += amount;
        AssertNotOverdrawn(from);
    }

    private void Reserve(OpenHold hold)
    {
        foreach (ref readonly var posting in hold.Postings.AsSpan())
        {
            ref var from = ref Accounts[posting.Debit.Value];
            from.DebitsPending += posting.Amount;
            Accounts[posting.Credit.Value].CreditsPending += posting.Amount;
            AssertNotOverdrawn(from);
        }

        AddHold(hold);
    }

    private static void AssertNotOverdrawn(in Account account) =>
        LedgerAssert.That(account.Available >= 0 || !account.Name.IsLimited, "An entry overdraws an account.");

    private void TakeOfMandates(DealBooked settled, int buyer, int seller)
    {
        var isHeld = settled.Mode == SettlementMode.OnDelivery;
        Mandates.Take(buyer, settled.Total.MinorUnits, isHeld, settled.At);
        Mandates.Take(seller, settled.Total.MinorUnits, isHeld, settled.At);
        Mandates.AssertWithinBudget(buyer);
        Mandates.AssertWithinBudget(seller);
    }
}
