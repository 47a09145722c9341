using Market.Domain.Mandates;

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
            for (var seen = 0; place != OpenHold.None && seen < LedgerLimits.AccountsShownMax; seen++)
            {
                ref readonly var account = ref state.Accounts[place];
                if (account.Posted != 0 || account.DebitsPending != 0 || account.CreditsPending != 0)
                {
                    rows.Add(ToBalance(account));
                }

                place = account.PreviousOfOwner;
            }

            hasMore |= place != OpenHold.None;
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

    /// <summary>The account of a number; null where the book has given no such number.</summary>
    public static AccountName? GetAccount(LedgerState state, AccountNumber number)
    {
        ArgumentNullException.ThrowIfNull(state);
        return number.Value >= 0 && number.Value < state.Accounts.Count ? state.Accounts[number.Value].Name : null;
    }

    /// <summary>Where a deal stands; null where the book does not know it.</summary>
    public static DealStanding? GetDeal(LedgerState state, DealId deal)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.Deals.TryFind(deal, out var place))
        {
            return null;
        }

        ref readonly var row = ref state.Deals[place];
        return new DealStanding(
            state.LastEntry,
            deal,
            row.TermsHash,
            row.Status,
            row.Entry,
            row.At,
            row.DeliveryDeadline.Ticks == 0 ? null : row.DeliveryDeadline,
            row.ClosedBy.Value == 0 ? null : row.ClosedBy,
            row.Causes);
    }

    /// <summary>A mandate and what is used of it; null where the book does not know it.</summary>
    public static MandateStanding? GetMandate(LedgerState state, MandateId mandate)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.Mandates.TryFind(mandate, out var place))
        {
            return null;
        }

        ref readonly var row = ref state.Mandates[place];
        return new MandateStanding(
            state.LastEntry,
            row.Mandate,
            row.Usage,
            row.GrantedBy,
            row.Status == MandateStatus.Revoked ? row.Changes[^1].Entry : null,
            row.Changes,
            row.UsedIn(state.LastTime),
            row.OpenHolds,
            row.Deals);
    }

    private static Balance ToBalance(in Account account) => new(
        account.Name, account.Posted, account.Available, account.DebitsPending, account.CreditsPending);
}
