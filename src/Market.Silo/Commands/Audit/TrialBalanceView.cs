namespace Market.Silo.Commands.Audit;

/// <summary>Whether a book adds up (INV-1).</summary>
/// <param name="AsOfEntry">The last entry that is in it.</param>
/// <param name="At">When that was.</param>
/// <param name="IsZero">Whether every asset adds up, posted and pending.</param>
/// <param name="Assets">A line for each asset, by name.</param>
internal sealed record TrialBalanceView(long AsOfEntry, string At, bool IsZero, IReadOnlyList<AssetSums> Assets);

/// <summary>Sums of one asset over all its accounts; what passes 64 bits is shown as the largest number.</summary>
internal sealed record AssetSums(
    string Asset, long Accounts, long Debits, long Credits, long Difference, long DebitsPending, long CreditsPending)
{
    public static AssetSums Of(string asset, IReadOnlyCollection<AuditedAccount> accounts)
    {
        var (debits, credits, debitsPending, creditsPending) = ((Int128)0, (Int128)0, (Int128)0, (Int128)0);
        foreach (var account in accounts)
        {
            debits += account.Debits;
            credits += account.Credits;
            debitsPending += account.DebitsPending;
            creditsPending += account.CreditsPending;
        }

        return new AssetSums(
            asset, accounts.Count, Fit(debits), Fit(credits), Fit(credits - debits), Fit(debitsPending),
            Fit(creditsPending));
    }

    private static long Fit(Int128 sum) => (long)Int128.Clamp(sum, long.MinValue, long.MaxValue);
}
