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
                Remember(posted.Command, posted.PayloadHash, default);
                break;
            case DealRefused refused:
                _ = Deals.Add(new DealRow
                {
                    Id = refused.Deal,
                    TermsHash = refused.TermsHash,
                    Entry = LastEntry,
                    At = refused.At,
                    Causes = refused.Causes,
                    Status = DealStatus.Refused,
                });
                break;
            case MandateGranted granted:
                _ = Mandates.Add(new MandateRow { Mandate = granted.Mandate, GrantedBy = LastEntry });
                break;
            case MandateRevoked revoked:
                MandateOf(revoked.Mandate).RevokedBy = LastEntry;
                break;
            case CheckpointExported:
                break; // moves nothing; what it says of the chain is the grain's
            default:
                ApplyHold(@event);
                break;
        }
    }

    private void ApplySettled(DealBooked settled)
    {
        ApplyOpened(settled.Opened);
        var deal = Deals.Add(new DealRow
        {
            Id = settled.Deal,
            TermsHash = settled.TermsHash,
            Entry = LastEntry,
            At = settled.At,
            DeliveryDeadline = settled.DeliveryDeadline.GetValueOrDefault(),
            Status = settled.Mode == SettlementMode.Immediate ? DealStatus.Posted : DealStatus.Held,
        });
        var buyer = PlaceOf(settled.Buyer.Mandate);
        var seller = PlaceOf(settled.Seller.Mandate);
        var total = settled.Total.MinorUnits;
        if (settled.Mode == SettlementMode.Immediate)
        {
            Post(settled.Postings);
            Use(buyer, held: 0, posted: total);
            Use(seller, held: 0, posted: total);
            return;
        }

        LedgerAssert.That(settled.DeliveryDeadline.HasValue, "A deal on delivery has no deadline.");
        var deadline = settled.DeliveryDeadline.GetValueOrDefault();
        Reserve(new OpenHold(LastEntry, deadline, settled.Postings, deal, OpenHold.None, buyer, seller, total));
        Use(buyer, held: total, posted: 0);
        Use(seller, held: total, posted: 0);
    }

    private void ApplyOpened(ValueArray<OpenedAccount> opened)
    {
        foreach (ref readonly var account in opened.AsSpan())
        {
            LedgerAssert.That(account.Number.Value == Accounts.Count, "An entry opens an account out of order.");
            Open(account.Name);
        }
    }

    /// <summary>Opens an account under the next number.</summary>
    internal void Open(AccountName name)
    {
        var previous = OpenHold.None;
        if (name.Owner != PrincipalNumber.Market || name.Kind == AccountKind.Fees)
        {
            previous = NewestOfOwner(name.Owner, name.Asset.Kind);
            _newestOfOwner[(name.Owner, name.Asset.Kind)] = Accounts.Count;
        }

        _ = Accounts.Add(new Account { Name = name, PreviousOfOwner = previous });
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

        Holds.Add(hold);
    }

    private static void AssertNotOverdrawn(in Account account) =>
        LedgerAssert.That(account.Available >= 0 || !account.Name.IsLimited, "An entry overdraws an account.");

    private int Remember(LedgerCommandId id, Hash256 payload, HoldStatus hold) =>
        Commands.Add(new CommandRow { Id = id, PayloadHash = payload, Entry = LastEntry, Hold = hold });

    private int PlaceOf(MandateId? id)
    {
        if (id is not { } some)
        {
            return OpenHold.None;
        }

        LedgerAssert.That(Mandates.TryFind(some, out var place), "An entry names a mandate that was never granted.");
        return place;
    }

    private ref MandateRow MandateOf(MandateId id) => ref Mandates[PlaceOf(id)];

    private void Use(int place, long held, long posted)
    {
        if (place == OpenHold.None)
        {
            return;
        }

        ref var row = ref Mandates[place];
        row.Usage = new MandateUsage(row.Usage.HeldMinor + held, row.Usage.PostedMinor + posted);
        LedgerAssert.That(row.Usage.TotalMinor <= row.Mandate.BudgetMaxMinor, "An entry exceeds a mandate's budget.");
    }
}
