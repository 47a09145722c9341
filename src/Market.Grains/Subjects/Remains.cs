using Market.Domain;
using Market.Domain.Settling;

namespace Market.Grains.Subjects;

/// <summary>
/// What is still available of every stock and every need, folded from the book's entries: credits less debits less
/// what is held. It knows the accounts of stocks and needs alone, and of deals and holds only their parts in these.
/// </summary>
internal sealed class Remains
{
    private readonly Dictionary<int, Asset> _accounts = [];
    private readonly Dictionary<Asset, long> _available = [];
    private readonly Dictionary<EntryNumber, HeldPostings> _held = [];
    private readonly Dictionary<Hash256, EntryNumber> _heldBy = [];
    private readonly List<Asset> _gone = [];

    /// <summary>Whether nothing is available of what was there once; false of what the book has never had.</summary>
    public bool IsGone(Asset subject) => _available.TryGetValue(subject, out var available) && available <= 0;

    /// <summary>What is available; null of what the book has never had.</summary>
    public long? AvailableOf(Asset subject) => _available.TryGetValue(subject, out var available) ? available : null;

    /// <summary>Folds an entry in.</summary>
    /// <param name="event">The entry.</param>
    /// <param name="entry">Its number.</param>
    /// <returns>What it left nothing of; valid until the next call.</returns>
    public IReadOnlyList<Asset> Apply(LedgerEvent @event, EntryNumber entry)
    {
        _gone.Clear();
        switch (@event)
        {
            case TransfersPosted posted:
                Open(posted.Opened);
                Move(posted.Postings.AsSpan());
                break;
            case AccountsOpened opened:
                Open(opened.Opened);
                break;
            case AccountsEvicted evicted:
                Move(evicted.Postings.AsSpan());
                Evict(evicted.Evicted);
                break;
            case TransferHeld held:
                Open(held.Opened);
                Hold(held.Command.Value, entry, [held.Posting]);
                break;
            case HoldPosted posted:
                Post(posted.Hold.Value, posted.Amount);
                break;
            case HoldVoided voided:
                Release(voided.Hold.Value);
                break;
            case HoldsExpired expired:
                foreach (var placedBy in expired.PlacedBy)
                {
                    Release(placedBy);
                }

                break;
            case DeliveryConfirmed confirmed:
                Post(confirmed.Deal.Value, amount: null);
                break;
            case DeliveryCancelled cancelled:
                Release(cancelled.Deal.Value);
                break;
            case DealReversed reversed:
                Move(reversed.Postings.AsSpan());
                break;
            case RefundClaimed claimed:
                _held[entry] = new HeldPostings(entry, default, claimed.Postings);
                break;
            case ClaimPaid paid when _held.Remove(paid.Claim, out var claim):
                Move(claim.Postings.AsSpan());
                break;
        }

        return _gone;
    }

    /// <summary>Folds a settled deal in, of which no more was read than this needs.</summary>
    public IReadOnlyList<Asset> Apply(in BookedDeal deal, EntryNumber entry)
    {
        _gone.Clear();
        Open(deal.Opened);
        if (deal.Mode == SettlementMode.OnDelivery)
        {
            Hold(deal.Deal.Value, entry, deal.Postings);
        }
        else
        {
            Move(deal.Postings.AsSpan());
        }

        return _gone;
    }

    /// <summary>All of it, to be saved.</summary>
    public SavedRemains Save() => new(
        _accounts.Select(static pair => new TrackedAccount(pair.Key, pair.Value)).ToValueArray(),
        _available.Select(static pair => new AvailableSubject(pair.Key, pair.Value)).ToValueArray(),
        _held.Values.ToValueArray());

    /// <summary>What was saved.</summary>
    public static Remains Load(SavedRemains saved)
    {
        var remains = new Remains();
        foreach (var account in saved.Accounts)
        {
            remains._accounts.Add(account.Number, account.Subject);
        }

        foreach (var subject in saved.Available)
        {
            remains._available.Add(subject.Subject, subject.Available);
        }

        foreach (var held in saved.Held)
        {
            remains.Keep(held);
        }

        return remains;
    }

    private void Open(ValueArray<OpenedAccount> opened)
    {
        foreach (var account in opened)
        {
            if (account.Name.Kind is AccountKind.Stock or AccountKind.Need)
            {
                _accounts.Add(account.Number.Value, account.Name.Asset);
            }
        }
    }

    /// <summary>
    /// The accounts of a closed subject are all zero: it stays known as gone, for whoever opens a negotiation late.
    /// </summary>
    private void Evict(ValueArray<OpenedAccount> evicted)
    {
        foreach (var account in evicted)
        {
            _accounts.Remove(account.Number.Value);
        }
    }

    private void Move(ReadOnlySpan<Posting> postings)
    {
        foreach (ref readonly var posting in postings)
        {
            Change(posting.Credit, posting.Amount);
            Change(posting.Debit, -posting.Amount);
        }
    }

    /// <summary>What is held leaves at once what is available; where it arrives, only once it is posted.</summary>
    private void Hold(Hash256 id, EntryNumber entry, ValueArray<Posting> postings)
    {
        var tracked = postings.AsSpan().ToArray().Where(IsTracked).ToValueArray();
        foreach (var posting in tracked)
        {
            Change(posting.Debit, -posting.Amount);
        }

        if (tracked.Count > 0)
        {
            Keep(new HeldPostings(entry, id, tracked));
        }
    }

    private void Keep(HeldPostings held)
    {
        _held.Add(held.Entry, held);
        if (held.Id != Hash256.Zero)
        {
            _heldBy.Add(held.Id, held.Entry);
        }
    }

    private void Post(Hash256 id, long? amount)
    {
        if (!_heldBy.TryGetValue(id, out var entry))
        {
            return; // nothing of a stock or a need
        }

        foreach (var posting in Forget(entry))
        {
            var posted = amount ?? posting.Amount;
            Change(posting.Debit, posting.Amount - posted);
            Change(posting.Credit, posted);
        }
    }

    private void Release(Hash256 id)
    {
        if (_heldBy.TryGetValue(id, out var entry))
        {
            Release(entry);
        }
    }

    private void Release(EntryNumber entry)
    {
        foreach (var posting in Forget(entry))
        {
            Change(posting.Debit, posting.Amount);
        }
    }

    private ValueArray<Posting> Forget(EntryNumber entry)
    {
        if (!_held.Remove(entry, out var held))
        {
            return default;
        }

        _heldBy.Remove(held.Id);
        return held.Postings;
    }

    private void Change(AccountNumber account, long by)
    {
        if (!_accounts.TryGetValue(account.Value, out var subject))
        {
            return;
        }

        var available = _available.GetValueOrDefault(subject) + by;
        _available[subject] = available;
        if (by < 0 && available == 0)
        {
            _gone.Add(subject);
        }
    }

    private bool IsTracked(Posting posting) =>
        _accounts.ContainsKey(posting.Debit.Value) || _accounts.ContainsKey(posting.Credit.Value);
}
