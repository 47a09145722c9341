using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>An account as the audit adds it up; sums are wide enough that no forged amount can overflow them.</summary>
internal sealed class AuditedAccount(AccountName name)
{
    public AccountName Name { get; } = name;

    public Int128 Debits { get; set; }

    public Int128 Credits { get; set; }

    public Int128 DebitsPending { get; set; }

    public Int128 CreditsPending { get; set; }

    public bool IsEvicted { get; set; }

    public Int128 Posted => Credits - Debits;

    public Int128 Available => Credits - Debits - DebitsPending;

    /// <summary>Whether it may never have less than nothing: every one but world and mint.</summary>
    public bool IsLimited => Name.IsLimited;
}

/// <summary>What an entry does with an amount.</summary>
internal enum MovementKind
{
    Posted,
    Held,
    Released,
}

/// <summary>One amount that an entry moves, holds or releases.</summary>
internal readonly record struct LedgerMovement(
    long Entry, Moment At, LedgerEntry Event, MovementKind Kind, AccountName Debit, AccountName Credit,
    long Amount, int DebitNumber, int CreditNumber);

/// <summary>The accounts of the book, added up by nothing but the postings (INV-1, INV-2, INV-3).</summary>
internal sealed class LedgerBook(AuditFindings findings)
{
    private readonly List<AuditedAccount> _accounts = [];
    private readonly HashSet<AccountName> _names = [];

    public IReadOnlyList<AuditedAccount> Accounts => _accounts;

    /// <summary>Times that a stock or a need fell below zero.</summary>
    public long Oversold { get; private set; }

    public void Open(Items<OpenedAccount> opened, StoredRow row)
    {
        foreach (var account in opened)
        {
            findings.Require(
                row, account.Number == _accounts.Count,
                $"It opens account {account.Number} where {_accounts.Count} is next.");
            findings.Require(row, _names.Add(account.Name), $"It opens {account.Name} a second time.");
            findings.Require(
                row, account.Name.IsWellFormed,
                $"There can be no account {account.Name}.");
            _accounts.Add(new AuditedAccount(account.Name));
        }
    }

    /// <summary>Accounts of a listing or a request that is over are gone; each is zero, and its number is not used
    /// again.</summary>
    public void Evict(Asset asset, Items<OpenedAccount> accounts, StoredRow row)
    {
        foreach (var account in accounts)
        {
            if (!IsOpen(account.Number) || _accounts[account.Number].Name != account.Name)
            {
                findings.Add(row, $"It evicts account {account.Number} as {account.Name}, which is not open.");
                continue;
            }

            var evicted = _accounts[account.Number];
            findings.Require(
                row,
                account.Name.Asset == asset && account.Name.Asset.Kind != AssetKind.Money && evicted.Posted == 0
                    && evicted.DebitsPending == 0 && evicted.CreditsPending == 0,
                $"It evicts {account.Name}, which is not zero or of another asset.");
            evicted.IsEvicted = true;
            _names.Remove(account.Name);
        }
    }

    /// <summary>Whether a posting can be added up; reported where it cannot (INV-2).</summary>
    public bool Check(in Posting posting, StoredRow row)
    {
        if (!IsOpen(posting.Debit) || !IsOpen(posting.Credit))
        {
            findings.Add(
                row, $"It moves between accounts {posting.Debit} and {posting.Credit}, which are not both open.");
            return false;
        }

        var debit = _accounts[posting.Debit].Name;
        var credit = _accounts[posting.Credit].Name;
        findings.Require(row, posting.Debit != posting.Credit, $"It moves from {debit} to itself.");
        findings.Require(
            row, debit.Asset == credit.Asset, $"It moves from {debit} to {credit}, which count different assets.");
        return findings.Require(row, posting.Amount > 0, $"It moves {posting.Amount}, which is not above zero.");
    }

    public void Post(in Posting posting)
    {
        _accounts[posting.Debit].Debits += posting.Amount;
        _accounts[posting.Credit].Credits += posting.Amount;
    }

    /// <summary>Holds an amount, or releases it where it is negative.</summary>
    public void Hold(in Posting posting, Int128 amount)
    {
        _accounts[posting.Debit].DebitsPending += amount;
        _accounts[posting.Credit].CreditsPending += amount;
    }

    /// <summary>After an entry: whether the account it took from still has a floor below it (INV-3).</summary>
    public void RequireFloor(in Posting posting, StoredRow row)
    {
        var account = _accounts[posting.Debit];
        if (account.IsLimited && account.Available < 0)
        {
            Oversold += account.Name.Kind is AccountKind.Stock or AccountKind.Need ? 1 : 0;
            findings.Add(
                row, FormattableString.Invariant($"It leaves {account.Name} with {account.Available} available."));
        }
    }

    /// <summary>Whether there is such an account and it was not evicted.</summary>
    public bool IsOpen(int number) => WasOpened(number) && !_accounts[number].IsEvicted;

    public bool WasOpened(int number) => number >= 0 && number < _accounts.Count;

    public AccountName NameOf(int number) => _accounts[number].Name;

    /// <summary>A line for each currency and for each asset that does not sum to zero; and whether all do.</summary>
    public IReadOnlyList<TrialBalanceLine> TrialBalance(out long assets, out bool isZero)
    {
        var sums = new Dictionary<Asset, (Int128 Posted, Int128 Pending)>();
        foreach (var account in _accounts)
        {
            var (posted, pending) = sums.GetValueOrDefault(account.Name.Asset);
            sums[account.Name.Asset] =
                (posted + account.Posted, pending + account.CreditsPending - account.DebitsPending);
        }

        assets = sums.Count;
        isZero = sums.Values.All(
            static sum => sum is { Posted: var posted, Pending: var pending } && posted == 0 && pending == 0);
        return
        [
            .. sums.Where(
                static sum => sum.Key.Kind == AssetKind.Money || sum.Value.Posted != 0 || sum.Value.Pending != 0)
                .OrderBy(static sum => sum.Key.ToString(), StringComparer.Ordinal)
                .Select(static sum => new TrialBalanceLine(
                    sum.Key.ToString(),
                    (long)Int128.Clamp(sum.Value.Posted, long.MinValue, long.MaxValue),
                    sum.Value.Posted == 0 && sum.Value.Pending == 0)),
        ];
    }
}
