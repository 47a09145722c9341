namespace Market.Domain.Settling;

/// <content>Folding entries that open or evict accounts.</content>
public sealed partial class LedgerState
{
    private void ApplyOpened(ValueArray<OpenedAccount> opened)
    {
        foreach (ref readonly var account in opened.AsSpan())
        {
            LedgerAssert.That(account.Number.Value == Accounts.Count, "An entry opens an account out of order.");
            Open(account.Name);
        }
    }

    /// <summary>Opens an account under the next number.</summary>
    internal void Open(AccountName name)
    {
        var (number, previous, next) = (Accounts.Count, Account.None, Account.None);
        if (IsListed(name))
        {
            previous = NewestOfOwner(name.Owner, name.Asset.Kind);
            _newestOfOwner[(name.Owner, name.Asset.Kind)] = number;
        }

        if (name.Asset.Kind != AssetKind.Money && name.Kind != AccountKind.Mint)
        {
            LedgerAssert.That(
                Accounts.TryFind(AccountName.Mint(name.Asset), out var mint),
                "An entry opens an account before its mint.");
            next = Accounts[mint].NextOfAsset;
            Accounts[mint].NextOfAsset = number;
        }

        _ = Accounts.Add(new Account
        {
            Name = name,
            PreviousOfOwner = previous,
            NextOfOwner = Account.None,
            NextOfAsset = next,
        });
        if (previous != Account.None)
        {
            Accounts[previous].NextOfOwner = number;
        }
    }

    /// <summary>Gives a number to nobody: that of an account which a saved state no longer has.</summary>
    internal void SkipAccount()
    {
        Accounts.Skip();
        EvictedCount++;
    }

    private void ApplyEvicted(AccountsEvicted evicted)
    {
        Post(evicted.Postings);
        foreach (ref readonly var account in evicted.Evicted.AsSpan())
        {
            Evict(account);
            Memory.Add(RememberedRow.Of(evicted, account.Number, LastEntry));
        }
    }

    private void Evict(in OpenedAccount evicted)
    {
        var account = Accounts[evicted.Number.Value];
        LedgerAssert.That(account.Name == evicted.Name, "An entry evicts an account of another name.");
        LedgerAssert.That(
            account.Posted == 0 && account.DebitsPending == 0 && account.CreditsPending == 0,
            "An entry evicts an account that is not zero.");
        if (account.NextOfOwner != Account.None)
        {
            Accounts[account.NextOfOwner].PreviousOfOwner = account.PreviousOfOwner;
        }
        else if (IsListed(account.Name))
        {
            _newestOfOwner[(account.Name.Owner, account.Name.Asset.Kind)] = account.PreviousOfOwner;
        }

        if (account.PreviousOfOwner != Account.None)
        {
            Accounts[account.PreviousOfOwner].NextOfOwner = account.NextOfOwner;
        }

        Accounts.Remove(evicted.Number.Value);
        EvictedCount++;
    }

    // What a question about a principal shows.
    private static bool IsListed(AccountName name) =>
        name.Owner != PrincipalNumber.Market || name.Kind == AccountKind.Fees;
}
