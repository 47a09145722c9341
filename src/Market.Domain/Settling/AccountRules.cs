namespace Market.Domain.Settling;

/// <summary>Opening accounts by name, and evicting those of a listing or a request that is over.</summary>
internal static class AccountRules
{
    public static LedgerDecision Open(LedgerState state, OpenAccount command, LedgerTime now)
    {
        var name = command.Account;
        if (LegRules.CheckName(name) is { } wrong)
        {
            return LedgerDecision.Refuses(wrong);
        }

        if (state.Accounts.TryFind(name, out _))
        {
            return LedgerDecision.Refuses(LedgerRefusal.AccountExists);
        }

        // The point of no return: everything below succeeds.
        var next = state.Accounts.Count;
        var mint = AccountName.Mint(name.Asset);
        var needsMint = name.Asset.Kind != AssetKind.Money && name != mint && !state.Accounts.TryFind(mint, out _);
        return LedgerDecision.Happens(new AccountsOpened(now, command.Id, needsMint
            ? [new OpenedAccount(new AccountNumber(next), mint), new OpenedAccount(new AccountNumber(next + 1), name)]
            : [new OpenedAccount(new AccountNumber(next), name)]));
    }

    public static LedgerDecision Close(LedgerState state, CloseSubject command, LedgerTime now)
    {
        if (!state.Accounts.TryFind(AccountName.Mint(command.Asset), out var mint))
        {
            return LedgerDecision.Refuses(LedgerRefusal.SubjectUnknown);
        }

        var evicted = new List<OpenedAccount>();
        var postings = new List<Posting>();
        for (var place = mint; place != Account.None; place = state.Accounts[place].NextOfAsset)
        {
            ref readonly var account = ref state.Accounts[place];
            if (evicted.Count == LedgerLimits.AccountsEvictedMax)
            {
                return LedgerDecision.Refuses(
                    new LedgerRefused(LedgerRefusal.SubjectTooLarge, Allowed: LedgerLimits.AccountsEvictedMax));
            }

            if (account.DebitsPending != 0 || account.CreditsPending != 0)
            {
                return LedgerDecision.Refuses(LedgerRefusal.SubjectHasHolds);
            }

            if (account.Name.Kind == AccountKind.Owned && account.Posted != 0)
            {
                return LedgerDecision.Refuses(
                    new LedgerRefused(LedgerRefusal.SubjectStillOwned, Asked: account.Posted));
            }

            evicted.Add(new OpenedAccount(new AccountNumber(place), account.Name));
            if (place != mint && account.Posted != 0)
            {
                postings.Add(new Posting(new AccountNumber(place), new AccountNumber(mint), account.Posted));
            }
        }

        // The point of no return: everything below succeeds. What goes back came from the mint, so its lifetime sum
        // of credits stays at or below that of its debits, and fits.
        return LedgerDecision.Happens(new AccountsEvicted(
            now, command.Id, command.Asset, evicted.ToValueArray(), postings.ToValueArray()));
    }
}
