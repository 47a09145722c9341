using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>Deals taken back, and claims where nobody can pay that.</content>
public sealed partial class NaiveLedger
{
    private readonly List<NaiveReversal> _reversals = [];

    private LedgerVerdict TellReverse(Reverse command)
    {
        if (!_deals.TryGetValue(command.Deal, out var deal) || deal.Status == DealStatus.Refused)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.DealUnknown);
        }

        if (deal.Status is not (DealStatus.Posted or DealStatus.Delivered))
        {
            return LedgerVerdict.Refuses(
                LedgerRefusal.DealNotPosted, deal.Status == DealStatus.Held ? deal.Entry : deal.Hold!.ClosedBy);
        }

        if ((CheckAmounts(deal, command.Amounts) ?? CheckOpen(Turned(deal.Postings, command.Amounts))) is { } wrong)
        {
            return LedgerVerdict.Refuses(wrong);
        }

        var back = Turned(deal.Postings, command.Amounts);
        var legs = LegsOf(back);
        if ((CheckLegs(legs)
            ?? CheckAvailable(legs, LedgerRefusal.GoodsNotReturnable, posts: true, AccountKind.Owned)
            ?? CheckAvailable(legs, LedgerRefusal.GoodsNotReturnable, posts: true, AccountKind.Filled)) is { } refused)
        {
            return LedgerVerdict.Refuses(refused);
        }

        var shortOf = CheckAvailable(legs, LedgerRefusal.SellerCannotRefund, posts: true);
        _reversals.Add(new NaiveReversal(command.Deal, Next, command.Amounts, back, shortOf is not null));
        if (shortOf is not null)
        {
            return new LedgerVerdict(LedgerOutcome.RefusedForGood, shortOf with { Entry = Next });
        }

        _posted.AddRange(back);
        return LedgerVerdict.Done;
    }

    private LedgerVerdict TellPay(PayClaim command)
    {
        if (_reversals.Find(reversal => reversal.Entry == command.Claim && reversal.IsClaim) is not { } claim)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.ClaimUnknown);
        }

        if (claim.IsPaid)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.ClaimAlreadyPaid);
        }

        if (CheckOpen(claim.Postings) is { } evicted)
        {
            return LedgerVerdict.Refuses(evicted);
        }

        var legs = LegsOf(claim.Postings);
        if ((CheckLegs(legs) ?? CheckAvailable(legs, LedgerRefusal.ClaimNotCovered, posts: true)) is { } refused)
        {
            return LedgerVerdict.Refuses(refused);
        }

        _posted.AddRange(claim.Postings);
        claim.IsPaid = true;
        return LedgerVerdict.Done;
    }

    private LedgerRefused? CheckAmounts(NaiveDeal deal, ValueArray<long> amounts)
    {
        var legs = deal.Postings.Count;
        if (amounts.Count != legs)
        {
            return new LedgerRefused(LedgerRefusal.ReversalAmountsMissing, amounts.Count, legs);
        }

        if (amounts.All(amount => amount == 0))
        {
            return new LedgerRefused(LedgerRefusal.ReversalEmpty);
        }

        var before = ReversedOf(deal.Command.Deal, legs);
        for (var i = 0; i < legs; i++)
        {
            var left = deal.Postings[i].Amount - before[i];
            if (amounts[i] < 0)
            {
                return new LedgerRefused(LedgerRefusal.AmountNotPositive, amounts[i]);
            }

            if (amounts[i] > left)
            {
                return new LedgerRefused(LedgerRefusal.ReversalExceedsLeg, amounts[i], left);
            }
        }

        return null;
    }

    /// <summary>What was reversed or claimed of each leg.</summary>
    private long[] ReversedOf(DealId deal, int legs)
    {
        var sums = new long[legs];
        foreach (var reversal in _reversals.Where(reversal => reversal.Deal == deal))
        {
            for (var i = 0; i < legs; i++)
            {
                sums[i] += reversal.Amounts[i];
            }
        }

        return sums;
    }

    /// <summary>What went back to a deal's buyer, or to the mandates: claims count when they are paid.</summary>
    private long PaidBackOf(DealId deal) => _reversals
        .Where(reversal => reversal.Deal == deal && (!reversal.IsClaim || reversal.IsPaid))
        .Sum(PaidOf);

    private long PaidOf(NaiveReversal reversal) => reversal.Postings
        .Where(posting => _accounts[posting.Credit.Value].Kind == AccountKind.Funds)
        .Sum(posting => posting.Amount);

    private LedgerRefused? CheckOpen(IReadOnlyList<Posting> postings) =>
        postings.Any(posting => _evicted.Contains(posting.Debit) || _evicted.Contains(posting.Credit))
            ? new LedgerRefused(LedgerRefusal.AccountEvicted)
            : null;

    private static List<Posting> Turned(IReadOnlyList<Posting> postings, ValueArray<long> amounts) => postings
        .Zip(amounts, (posting, amount) => new Posting(posting.Credit, posting.Debit, amount))
        .Where(posting => posting.Amount != 0)
        .ToList();

    private List<Leg> LegsOf(IEnumerable<Posting> postings) => postings
        .Select(posting =>
            new Leg(_accounts[posting.Debit.Value], _accounts[posting.Credit.Value], posting.Amount))
        .ToList();
}

/// <summary>What the obvious ledger knows of a reversal, or of the claim that it became.</summary>
internal sealed record NaiveReversal(
    DealId Deal, EntryNumber Entry, ValueArray<long> Amounts, IReadOnlyList<Posting> Postings, bool IsClaim)
{
    public bool IsPaid { get; set; }
}
