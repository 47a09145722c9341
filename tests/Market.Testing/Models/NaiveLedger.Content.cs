using Market.Domain;
using Market.Domain.Auditing;

namespace Market.Testing;

/// <content>The content of the book, in the form in which two ledgers have equal hashes.</content>
public sealed partial class NaiveLedger
{
    /// <summary>All that the book holds; <see cref="StateHash.Of(LedgerContent)"/> of it is the ledger's own.</summary>
    public LedgerContent Content() => new(
        LastEntry,
        LastTime,
        AccountNumbers,
        AccountContents(),
        _mandates.Values.Select(StandingOf).ToValueArray(),
        _holds.Where(hold => hold.IsOpen)
            .OrderBy(hold => hold.ExpiresAt)
            .ThenBy(hold => hold.Entry.Value)
            .Select(ContentOf)
            .ToValueArray(),
        _reversals.Where(reversal => reversal is { IsClaim: true, IsPaid: false }).Select(ContentOf).ToValueArray(),
        _deals.Values.Where(deal => _reversals.Exists(reversal => reversal.Deal == deal.Command.Deal))
            .OrderBy(deal => deal.Entry.Value)
            .Select(deal => new ReversedContent(
                deal.Entry, ReversedOf(deal.Command.Deal, deal.Postings.Count).ToValueArray()))
            .ToValueArray());

    private ValueArray<AccountContent> AccountContents()
    {
        var (debits, credits) = (new long[_accounts.Count], new long[_accounts.Count]);
        var (debitsPending, creditsPending) = (new long[_accounts.Count], new long[_accounts.Count]);
        foreach (var posting in _posted)
        {
            debits[posting.Debit.Value] += posting.Amount;
            credits[posting.Credit.Value] += posting.Amount;
        }

        foreach (var posting in Pending)
        {
            debitsPending[posting.Debit.Value] += posting.Amount;
            creditsPending[posting.Credit.Value] += posting.Amount;
        }

        return OpenAccounts.Select(account => new AccountContent(
            account.Number,
            account.Name,
            debits[account.Number.Value],
            credits[account.Number.Value],
            debitsPending[account.Number.Value],
            creditsPending[account.Number.Value])).ToValueArray();
    }

    private HoldContent ContentOf(NaiveHold hold)
    {
        var known = hold.Deal is { } id ? _deals[id] : null;
        var deal = known?.Command;
        return new HoldContent(
            hold.Entry,
            hold.ExpiresAt,
            hold.Deal,
            hold.Command,
            deal?.Buyer.Mandate,
            deal?.Seller.Mandate,
            deal?.Total.MinorUnits ?? 0,
            hold.Postings.ToValueArray(),
            known?.At ?? default);
    }

    private ClaimContent ContentOf(NaiveReversal claim)
    {
        var deal = _deals[claim.Deal].Command;
        return new ClaimContent(
            claim.Entry, claim.Deal, claim.Postings.ToValueArray(), PaidOf(claim), deal.Buyer.Mandate,
            deal.Seller.Mandate, _deals[claim.Deal].At);
    }
}
