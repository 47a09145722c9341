using System.Runtime.CompilerServices;
using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>
/// What a journal says by itself, added up anew and without the ledger's state: postings by account number, deals and
/// what became of them, open holds, mandates. Finds what an entry alone can break.
/// </summary>
internal sealed partial class JournalFold
{
    private readonly List<AccountName> _accounts = [];
    private readonly List<Posting> _posted = [];
    private readonly Dictionary<EntryNumber, IReadOnlyList<Posting>> _open = [];
    private readonly Dictionary<LedgerCommandId, EntryNumber> _holds = [];
    private readonly LedgerTime _last;
    private readonly EntryNumber _entry;

    public JournalFold(IReadOnlyList<LedgerEvent> journal)
    {
        foreach (var @event in journal)
        {
            _entry = new EntryNumber(_entry.Value + 1);
            Require("INV-18", @event.At > _last, $"{_entry} is at {@event.At}, not after the entry before");
            _last = @event.At;
            Read(@event);
        }
    }

    public IReadOnlyList<AccountName> Accounts => _accounts;

    public IEnumerable<Posting> Posted => _posted;

    public IEnumerable<Posting> Pending => _open.Values.SelectMany(postings => postings);

    public int OpenHoldCount => _open.Count;

    public Dictionary<DealId, (DealBooked Booked, DealStatus Status, EntryNumber Entry)> Deals { get; } = [];

    public HashSet<DealId> Refused { get; } = [];

    public static void Require(
        string invariant, bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] BrokenText otherwise)
    {
        if (!holds)
        {
            throw new InvariantViolationException(invariant, otherwise.ToString() + ".");
        }
    }

    private void Read(LedgerEvent @event)
    {
        switch (@event)
        {
            case TransfersPosted posted:
                Open(posted.Opened);
                Post(posted.Postings);
                break;
            case TransferHeld held:
                Open(held.Opened);
                Hold(new[] { held.Posting });
                _holds[held.Command] = _entry;
                break;
            case HoldPosted posted:
                var whole = Release(_holds[posted.Hold])[0];
                Require("INV-4", posted.Amount >= 1 && posted.Amount <= whole.Amount,
                    $"{_entry} posts {posted.Amount} of a hold of {whole.Amount}");
                Post(new[] { whole with { Amount = posted.Amount } });
                break;
            case HoldVoided voided:
                _ = Release(_holds[voided.Hold]);
                break;
            case HoldsExpired expired:
                expired.PlacedBy.ToList().ForEach(Expire);
                break;
            default:
                ReadDealOrMandate(@event);
                break;
        }
    }

    private void ReadDealOrMandate(LedgerEvent @event)
    {
        switch (@event)
        {
            case DealBooked booked:
                Book(booked);
                break;
            case DealRefused refused:
                Require("INV-7", !Deals.ContainsKey(refused.Deal) && Refused.Add(refused.Deal),
                    $"{_entry} refuses {refused.Deal}, which was decided before");
                break;
            case DeliveryConfirmed confirmed:
                Post(Release(Deals[confirmed.Deal].Entry));
                SetStatus(confirmed.Deal, DealStatus.Delivered);
                break;
            case DeliveryCancelled cancelled:
                _ = Release(Deals[cancelled.Deal].Entry);
                SetStatus(cancelled.Deal, DealStatus.Cancelled);
                break;
            default:
                if (!ReadMandate(@event))
                {
                    ReadAccountsOrReversal(@event);
                }

                break;
        }
    }

    private void Book(DealBooked booked)
    {
        Open(booked.Opened);
        var isHeld = booked.Mode == SettlementMode.OnDelivery;
        Require("INV-7", !Refused.Contains(booked.Deal)
            && Deals.TryAdd(booked.Deal, (booked, isHeld ? DealStatus.Held : DealStatus.Posted, _entry)),
            $"{_entry} settles {booked.Deal}, which was decided before");
        CheckMandates(booked);
        var money = booked.Postings.Where(posting => _accounts[posting.Debit.Value].Kind == AccountKind.Funds)
            .Sum(posting => posting.Amount);
        Require("INV-5", money == booked.Total.MinorUnits,
            $"{_entry} moves {money} for a deal of {booked.Total.MinorUnits}");
        if (isHeld)
        {
            Hold(booked.Postings);
        }
        else
        {
            Post(booked.Postings);
        }
    }

    private void Open(ValueArray<OpenedAccount> opened)
    {
        foreach (var account in opened)
        {
            Require("INV-15", account.Number.Value == _accounts.Count && !IsOpen(account.Name),
                $"{_entry} opens {account.Name} as {account.Number}, where {_accounts.Count} is the next");
            _accounts.Add(account.Name);
        }
    }

    private void Post(IReadOnlyList<Posting> postings)
    {
        CheckBalanced(postings);
        _posted.AddRange(postings);
    }

    private void Hold(IReadOnlyList<Posting> postings)
    {
        CheckBalanced(postings);
        _open.Add(_entry, postings);
    }

    private IReadOnlyList<Posting> Release(EntryNumber placedBy)
    {
        Require("INV-4", _open.Remove(placedBy, out var postings), $"{_entry} closes {placedBy}, which is not open");
        return postings!;
    }

    private void Expire(EntryNumber placedBy)
    {
        _ = Release(placedBy);
        foreach (var deal in Deals.Where(deal => deal.Value.Entry == placedBy).ToList())
        {
            SetStatus(deal.Key, DealStatus.Expired);
        }
    }

    private void SetStatus(DealId deal, DealStatus status) => Deals[deal] = Deals[deal] with { Status = status };

    private void CheckBalanced(IReadOnlyList<Posting> postings)
    {
        foreach (var posting in postings)
        {
            var (debit, credit) = (_accounts[posting.Debit.Value], _accounts[posting.Credit.Value]);
            Require("INV-2", debit != credit && debit.Asset == credit.Asset && posting.Amount > 0,
                $"{_entry} moves {posting.Amount} from {debit} to {credit}");
        }
    }
}
