namespace Market.Domain.Settling;

/// <summary>What can be asked of a book without changing it. Every answer says as of which entry it is.</summary>
public static class LedgerQueries
{
    private static readonly AssetKind[] Kinds = [AssetKind.Money, AssetKind.Unit, AssetKind.Need];

    /// <summary>
    /// What a principal has: its money, then the newest of its units and needs, of which at most <see
    /// cref="LedgerLimits.AccountsShownMax"/> accounts of each kind are looked at. Accounts that are zero are left
    /// out.
    /// </summary>
    public static Balances GetBalances(LedgerState state, PrincipalNumber owner)
    {
        ArgumentNullException.ThrowIfNull(state);
        var rows = new List<Balance>();
        var hasMore = false;
        foreach (var kind in Kinds)
        {
            var place = state.NewestOfOwner(owner, kind);
            for (var seen = 0; place != Account.None && seen < LedgerLimits.AccountsShownMax; seen++)
            {
                ref readonly var account = ref state.Accounts[place];
                if (account.Posted != 0 || account.DebitsPending != 0 || account.CreditsPending != 0)
                {
                    rows.Add(ToBalance(account));
                }

                place = account.PreviousOfOwner;
            }

            hasMore |= place != Account.None;
        }

        return new Balances(state.LastEntry, owner, rows.ToValueArray(), hasMore);
    }

    /// <summary>One account; all zero where the book has not opened it.</summary>
    public static Balance GetBalance(LedgerState state, AccountName name)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Accounts.TryFind(name, out var place)
            ? ToBalance(state.Accounts[place])
            : new Balance(name, 0, 0, 0, 0);
    }

    /// <summary>
    /// The account of a number; null where the book has given no such number, or has evicted the account.
    /// </summary>
    public static AccountName? GetAccount(LedgerState state, AccountNumber number)
    {
        ArgumentNullException.ThrowIfNull(state);
        var place = number.Value;
        return place >= 0 && place < state.Accounts.Count && state.Accounts.HasPage(place)
            && state.Accounts[place].Name is { Kind: not 0 } name ? name : null;
    }

    /// <summary>
    /// Where a deal stands; null where the book does not know it. Of an old deal the book knows only which entries to
    /// read: a standing with <see cref="DealStanding.Recalls"/> is to be asked for again with those.
    /// </summary>
    /// <param name="state">The book.</param>
    /// <param name="deal">The deal.</param>
    /// <param name="recalled">Old entries that an earlier answer asked for; none at first.</param>
    public static DealStanding? GetDeal(
        LedgerState state, DealId deal, ValueArray<RecalledEntry> recalled = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        var past = new Past(state, recalled);
        var isKnown = past.TryFind(RememberedKind.Deal, deal.Value, out var row);
        var hasEnded = past.TryFind(RememberedKind.DealEnd, deal.Value, out var end);
        if (past.Complete(default).Recalls is { Count: > 0 } recalls)
        {
            return new DealStanding(
                state.LastEntry, deal, default, DealStatus.Posted, default, default, null, null, null, recalls);
        }

        return !isKnown
            ? null
            : new DealStanding(
                state.LastEntry,
                deal,
                row.TermsHash,
                hasEnded ? (DealStatus)end.Mark : (DealStatus)row.Mark,
                row.Entry,
                row.At,
                row.Deadline.Ticks == 0 ? null : row.Deadline,
                hasEnded ? end.Entry : null,
                (row.Detail as DealRefused)?.Causes);
    }

    /// <summary>A mandate and what is used of it; null where the book does not know it.</summary>
    public static MandateStanding? GetMandate(LedgerState state, MandateId mandate)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Mandates.TryFind(mandate, out var place)
            ? state.Mandates.StandingOf(place, state.LastEntry, state.LastTime)
            : null;
    }

    private static Balance ToBalance(in Account account) => new(
        account.Name, account.Posted, account.Available, account.DebitsPending, account.CreditsPending);
}
