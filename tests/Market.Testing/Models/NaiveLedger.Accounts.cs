using Market.Domain.Settling;

namespace Market.Testing;

/// <content>Accounts: numbered as entries first touch them, and gone when their listing or request is closed.</content>
public sealed partial class NaiveLedger
{
    private const int EvictedMax = 1_024;
    private readonly List<AccountName> _accounts = [];
    private readonly HashSet<AccountNumber> _evicted = [];

    /// <summary>The accounts that are open, by number.</summary>
    public IEnumerable<(AccountNumber Number, AccountName Name)> OpenAccounts => _accounts
        .Select((name, i) => (Number: new AccountNumber(i), Name: name))
        .Where(account => !_evicted.Contains(account.Number));

    /// <summary>How many account numbers were given, evicted accounts' among them.</summary>
    public int AccountNumbers => _accounts.Count;

    private AccountNumber? NumberOf(AccountName name)
    {
        for (var i = _accounts.Count - 1; i >= 0; i--)
        {
            if (_accounts[i] == name && !_evicted.Contains(new AccountNumber(i)))
            {
                return new AccountNumber(i);
            }
        }

        return null;
    }

    private AccountNumber Touch(AccountName name)
    {
        if (NumberOf(name) is { } number)
        {
            return number;
        }

        _accounts.Add(name);
        return new AccountNumber(_accounts.Count - 1);
    }

    private List<Posting> Touch(IReadOnlyList<Leg> legs) =>
        legs.Select(leg => new Posting(Touch(leg.Debit), Touch(leg.Credit), leg.Amount)).ToList();

    private LedgerVerdict TellOpen(OpenAccount command)
    {
        if (CheckName(command.Account) is { } wrong)
        {
            return LedgerVerdict.Refuses(wrong);
        }

        if (NumberOf(command.Account) is not null)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.AccountExists);
        }

        if (command.Account.Asset.Kind != AssetKind.Money)
        {
            _ = Touch(AccountName.Mint(command.Account.Asset));
        }

        _ = Touch(command.Account);
        return LedgerVerdict.Done;
    }

    private LedgerVerdict TellClose(CloseSubject command)
    {
        if (NumberOf(AccountName.Mint(command.Asset)) is not { } mint)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.SubjectUnknown);
        }

        // The mint first, then the newest.
        var own = OpenAccounts.Where(account => account.Name.Asset == command.Asset)
            .OrderByDescending(account => account.Number == mint ? int.MaxValue : account.Number.Value)
            .Select(account => (account.Number, Balance: BalanceOf(account.Number)))
            .ToList();
        foreach (var (place, account) in own.Index())
        {
            var balance = account.Balance;
            var refused = balance switch
            {
                _ when place == EvictedMax => new LedgerRefused(LedgerRefusal.SubjectTooLarge, Allowed: EvictedMax),
                { PendingIn: not 0 } or { PendingOut: not 0 } => new LedgerRefused(LedgerRefusal.SubjectHasHolds),
                { Account.Kind: AccountKind.Owned, Posted: not 0 } =>
                    new LedgerRefused(LedgerRefusal.SubjectStillOwned, balance.Posted),
                _ => null,
            };
            if (refused is not null)
            {
                return LedgerVerdict.Refuses(refused);
            }
        }

        var left = own.Where(account => account.Number != mint && account.Balance.Posted != 0);
        _posted.AddRange(left.Select(account => new Posting(account.Number, mint, account.Balance.Posted)));
        _evicted.UnionWith(own.Select(account => account.Number));
        return LedgerVerdict.Done;
    }
}
