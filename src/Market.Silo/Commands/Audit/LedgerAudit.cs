using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>The book, followed entry by entry with rules of its own: postings, holds, mandates, deals.</summary>
internal sealed class LedgerAudit(AuditContext context)
{
    private readonly HashSet<CommandId> _commands = [];
    private readonly MandatesAudit _mandates = new(context.Findings);
    private readonly HoldsAudit _holds = new(context.Findings);

    public LedgerBook Book { get; } = new(context.Findings);

    public ReversalsAudit Reversals => field ??= new ReversalsAudit(context, Book);

    /// <summary>The time of the last entry.</summary>
    public Moment LastTime { get; private set; }

    public long OpenHolds => _holds.Count;

    /// <summary>Told of every amount that moves, is held or released; for showing them.</summary>
    public Action<LedgerMovement>? Moved { get; init; }

    public void Take(LedgerEntry @event, StoredRow row)
    {
        LastTime = @event.At;
        switch (@event)
        {
            case TransfersPosted posted:
                Book.Open(posted.Opened, row);
                RequireNewCommand(posted.Command, row);
                RequireReason(posted, row);
                Post(@event, posted.Postings, row);
                break;
            case DealBooked booked:
                BookDeal(booked, row);
                break;
            case DealRefused refused:
                context.Deals.Refuse(refused, row);
                break;
            case TransferHeld held:
                Book.Open(held.Opened, row);
                RequireNewCommand(held.Command, row);
                Hold(@event, new([held.Posting]), held.ExpiresAt, row, command: held.Command, deal: null);
                break;
            case HoldPosted posted when _holds.Take(posted.Hold, row) is { } hold:
                PostHold(posted, hold, row);
                break;
            case HoldVoided voided when _holds.Take(voided.Hold, row) is { } hold:
                Release(@event, hold, row);
                break;
            case HoldsExpired expired:
                Expire(expired, row);
                break;
            case DeliveryConfirmed confirmed when _holds.Take(confirmed.Deal, row) is { } hold:
                context.Findings.Require(
                    row, confirmed.At < hold.ExpiresAt, $"The delivery's deadline was {hold.ExpiresAt}.");
                Release(@event, hold, row);
                Post(@event, hold.Postings, row);
                _mandates.Post(hold.Deal!);
                context.Deals.Deliver(confirmed.Deal);
                break;
            case DeliveryCancelled cancelled when _holds.Take(cancelled.Deal, row) is { } hold:
                Release(@event, hold, row);
                break;
            case CheckpointExported:
                break; // moves nothing; what it says of the chain is compared where the chain is
            case HoldPosted or HoldVoided or DeliveryConfirmed or DeliveryCancelled:
                break; // the hold is not open, which is reported already
            default:
                TakeOther(@event, row);
                break;
        }
    }

    private void TakeOther(LedgerEntry @event, StoredRow row)
    {
        switch (@event)
        {
            case AccountsOpened opened:
                RequireNewCommand(opened.Command, row);
                Book.Open(opened.Opened, row);
                break;
            case AccountsEvicted evicted:
                RequireNewCommand(evicted.Command, row);
                RequireBackToMint(evicted, row);
                Post(@event, evicted.Postings, row);
                Book.Evict(evicted.Asset, evicted.Evicted, row);
                break;
            case Reversal reversal:
                Reverse(reversal, row);
                break;
            case MandateGranted granted:
                _mandates.Grant(granted.Mandate, row);
                break;
            case MandateRevoked revoked:
                _mandates.Revoke(revoked.Mandate, row);
                break;
            case MandateSuspended suspended:
                _mandates.Suspend(suspended.Mandate, isSuspended: true, row);
                break;
            case MandateResumed resumed:
                _mandates.Suspend(resumed.Mandate, isSuspended: false, row);
                break;
            case ReturnRefused refused:
                RequireNewCommand(refused.Command, row);
                context.Findings.Require(
                    row, refused.Available < refused.Quantity, "It refuses to return what was available.");
                break;
            case ClaimPaid paid:
                RequireNewCommand(paid.Command, row);
                if (Reversals.Pay(paid, row) is { } claim)
                {
                    Post(@event, claim.Postings, row);
                    _mandates.GiveBack(claim.Deal, claim.PaidMinor);
                }

                break;
            default:
                context.Findings.Add(row, $"No rule follows a {@event.GetType().Name}.");
                break;
        }
    }

    private void BookDeal(DealBooked booked, StoredRow row)
    {
        Book.Open(booked.Opened, row);
        context.Deals.Book(booked, NamesOf(booked.Postings, row), row);
        _mandates.Check(booked, row);
        if (booked.Mode == SettlementMode.Immediate)
        {
            context.Findings.Require(
                row, booked.DeliveryDeadline is null, "It is settled at once, and has a deadline.");
            Post(booked, booked.Postings, row);
        }
        else if (context.Findings.Require(row, booked.DeliveryDeadline is not null, "It is held, and has no deadline."))
        {
            Hold(booked, booked.Postings, booked.DeliveryDeadline!.Value, row, command: null, deal: booked);
        }

        _mandates.Take(booked, row);
    }

    private void Reverse(Reversal reversal, StoredRow row)
    {
        RequireNewCommand(reversal.Command, row);
        if (Reversals.Check(reversal, row) is not { } deal)
        {
            return;
        }

        if (reversal is RefundClaimed)
        {
            Reversals.Claim(reversal, deal, row);
            return;
        }

        Post(reversal, reversal.Postings, row);
        _mandates.GiveBack(deal, reversal.Paid.MinorUnits);
    }

    private void RequireBackToMint(AccountsEvicted evicted, StoredRow row)
    {
        foreach (var posting in evicted.Postings)
        {
            context.Findings.Require(
                row,
                Book.IsOpen(posting.Credit) && Book.NameOf(posting.Credit) is { Kind: AccountKind.Mint } mint
                    && mint.Asset == evicted.Asset,
                $"It moves {posting.Amount} of what is closed to account {posting.Credit}, which is not its mint.");
        }
    }

    private void PostHold(HoldPosted posted, AuditedHold hold, StoredRow row)
    {
        Release(posted, hold, row);
        context.Findings.Require(row, posted.At < hold.ExpiresAt, $"The hold had expired at {hold.ExpiresAt}.");
        foreach (var posting in hold.Postings)
        {
            context.Findings.Require(
                row, posted.Amount <= posting.Amount, $"It posts {posted.Amount} of a hold of {posting.Amount}.");
            Post(posted, new([posting with { Amount = posted.Amount }]), row);
        }
    }

    private void Expire(HoldsExpired expired, StoredRow row)
    {
        foreach (var entry in expired.PlacedBy)
        {
            if (_holds.Take(entry, row) is { } hold)
            {
                context.Findings.Require(
                    row, expired.At >= hold.ExpiresAt, $"The hold of entry {entry} ends at {hold.ExpiresAt}.");
                Release(expired, hold, row);
            }
        }
    }

    private void Post(LedgerEntry @event, Items<Posting> postings, StoredRow row)
    {
        foreach (var posting in postings)
        {
            if (Book.Check(posting, row))
            {
                Book.Post(posting);
                Tell(@event, MovementKind.Posted, posting, row);
            }
        }

        RequireFloors(postings, row);
    }

    private void Hold(
        LedgerEntry @event, Items<Posting> postings, Moment expiresAt, StoredRow row, CommandId? command,
        DealBooked? deal)
    {
        context.Findings.Require(row, expiresAt > @event.At, $"It holds until {expiresAt}, which was past.");
        var held = new List<Posting>();
        foreach (var posting in postings)
        {
            if (Book.Check(posting, row))
            {
                held.Add(posting);
                Book.Hold(posting, posting.Amount);
                Tell(@event, MovementKind.Held, posting, row);
            }
        }

        _holds.Add(new AuditedHold(row.Version, expiresAt, new Items<Posting>([.. held]), command, deal));
        RequireFloors(postings, row);
    }

    private void Release(LedgerEntry @event, AuditedHold hold, StoredRow row)
    {
        foreach (var posting in hold.Postings)
        {
            Book.Hold(posting, -(Int128)posting.Amount);
            Tell(@event, MovementKind.Released, posting, row);
        }

        if (hold.Deal is { } deal && @event is not DeliveryConfirmed)
        {
            _mandates.Release(deal);
        }
    }

    // After all of an entry's postings: they apply all or none, so what is between them is nobody's to see.
    private void RequireFloors(Items<Posting> postings, StoredRow row)
    {
        foreach (var posting in postings)
        {
            if (Book.IsOpen(posting.Debit))
            {
                Book.RequireFloor(posting, row);
            }
        }
    }

    private void RequireNewCommand(CommandId command, StoredRow row) =>
        context.Findings.Require(row, _commands.Add(command), $"It does the {command} a second time.");

    private void RequireReason(TransfersPosted posted, StoredRow row)
    {
        foreach (var movement in NamesOf(posted.Postings, row))
        {
            var fits = (posted.Reason, movement.Debit.Kind, movement.Credit.Kind) switch
            {
                (TransferReason.Deposited, AccountKind.World, AccountKind.Funds) => true,
                (TransferReason.Withdrawn, AccountKind.Funds, AccountKind.World) => true,
                (TransferReason.UnitsMinted, AccountKind.Mint, AccountKind.Stock) => true,
                (TransferReason.NeedMinted, AccountKind.Mint, AccountKind.Need) => true,
                (TransferReason.UnitsReturned or TransferReason.StockReturned, AccountKind.Stock, AccountKind.Mint) =>
                    true,
                (TransferReason.Transferred, not (AccountKind.World or AccountKind.Mint), var credit) =>
                    credit is not (AccountKind.World or AccountKind.Mint),
                _ => false,
            };
            context.Findings.Require(
                row, fits, $"It says {posted.Reason}, and moves from {movement.Debit} to {movement.Credit}.");
        }
    }

    private List<DealMovement> NamesOf(Items<Posting> postings, StoredRow row)
    {
        var movements = new List<DealMovement>(postings.Count);
        foreach (var posting in postings)
        {
            if (Book.IsOpen(posting.Debit) && Book.IsOpen(posting.Credit))
            {
                movements.Add(new(Book.NameOf(posting.Debit), Book.NameOf(posting.Credit), posting.Amount));
            }
        }

        context.Findings.Require(row, postings.Count > 0, "It moves nothing.");
        return movements;
    }

    private void Tell(LedgerEntry @event, MovementKind kind, in Posting posting, StoredRow row) =>
        Moved?.Invoke(new LedgerMovement(
            row.Version, @event.At, @event, kind, Book.NameOf(posting.Debit), Book.NameOf(posting.Credit),
            posting.Amount, posting.Debit, posting.Credit));
}
