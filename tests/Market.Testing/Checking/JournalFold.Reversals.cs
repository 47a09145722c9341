using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>Entries that open or evict accounts, and those that take deals back.</content>
internal sealed partial class JournalFold
{
    private readonly Dictionary<EntryNumber, RefundClaimed> _claims = [];
    private readonly Dictionary<(DealId Deal, int Leg), long> _reversed = [];

    /// <summary>The numbers of accounts that are gone.</summary>
    public HashSet<int> Evicted { get; } = [];

    /// <summary>The money of deals that went back.</summary>
    public Dictionary<DealId, long> PaidBack { get; } = [];

    private void ReadAccountsOrReversal(LedgerEvent @event)
    {
        switch (@event)
        {
            case AccountsOpened opened:
                Open(opened.Opened);
                break;
            case AccountsEvicted evicted:
                Post(evicted.Postings);
                Evicted.UnionWith(evicted.Evicted.Select(account => account.Number.Value));
                break;
            case DealReversed reversed:
                CountReversed(reversed.Deal, reversed.Amounts);
                Post(reversed.Postings);
                Count(reversed.Deal, reversed.Paid);
                break;
            case RefundClaimed claimed:
                CountReversed(claimed.Deal, claimed.Amounts);
                _claims.Add(_entry, claimed);
                break;
            case ClaimPaid paid:
                Require("INV-6", _claims.Remove(paid.Claim, out var claim),
                    $"{_entry} pays {paid.Claim}, which is no open claim");
                Post(claim!.Postings);
                Count(claim.Deal, claim.Paid);
                break;
            case ReturnRefused refused:
                Require("INV-3", refused.Available < refused.Quantity,
                    $"{_entry} refuses to return {refused.Quantity} units of {refused.Available}");
                break;
            case CheckpointExported exported:
                Require("INV-14", exported.Entry.Value == _entry.Value - 1,
                    $"{_entry} pins the book up to {exported.Entry}, not up to the entry before it");
                break;
            default:
                throw new ArgumentException($"The invariants know no {@event.GetType().Name}.", nameof(@event));
        }
    }

    /// <summary>INV-6: what is reversed or claimed of a leg adds up to at most the leg.</summary>
    private void CountReversed(DealId deal, ValueArray<long> amounts)
    {
        var postings = Deals[deal].Booked.Postings;
        for (var leg = 0; leg < amounts.Count; leg++)
        {
            var sum = _reversed[(deal, leg)] = _reversed.GetValueOrDefault((deal, leg)) + amounts[leg];
            Require("INV-6", amounts[leg] >= 0 && sum <= postings[leg].Amount,
                $"{_entry} takes back {sum} in all of a leg of {postings[leg].Amount}");
        }
    }

    private void Count(DealId deal, Money paid) =>
        PaidBack[deal] = PaidBack.GetValueOrDefault(deal) + paid.MinorUnits;

    private bool IsOpen(AccountName name) =>
        _accounts.Where((known, number) => known == name && !Evicted.Contains(number)).Any();
}
