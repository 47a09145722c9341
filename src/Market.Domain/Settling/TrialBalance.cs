namespace Market.Domain.Settling;

/// <summary>
/// Whether a book adds up: for every asset, over all its accounts, credits and debits are equal, posted and pending
/// (INV-1), and no account with a floor has less than nothing (INV-3).
/// </summary>
/// <param name="AsOf">The last entry that is in it.</param>
/// <param name="Assets">
/// A row for each asset that does not add up, and for each currency; the other assets are counted.
/// </param>
/// <param name="AssetCount">How many assets the book has.</param>
/// <param name="AccountCount">How many accounts the book has.</param>
/// <param name="OverdrawnCount">How many accounts with a floor are below it; 0 in a sound book.</param>
/// <param name="IsZero">Whether every asset adds up and nothing is overdrawn.</param>
[Wire.WireType(560)]
public sealed record TrialBalance(
    EntryNumber AsOf,
    ValueArray<TrialBalanceRow> Assets,
    int AssetCount,
    int AccountCount,
    int OverdrawnCount,
    bool IsZero)
{
    /// <summary>Adds up a book; a pass over all its accounts.</summary>
    public static TrialBalance Of(LedgerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var sums = new Dictionary<Asset, AssetSum>();
        var order = new List<Asset>();
        var overdrawn = 0;
        for (var i = 0; i < state.Accounts.Count; i++)
        {
            if (LedgerQueries.GetAccount(state, new AccountNumber(i)) is null)
            {
                continue;
            }

            ref readonly var account = ref state.Accounts[i];
            if (!sums.TryGetValue(account.Name.Asset, out var sum))
            {
                order.Add(account.Name.Asset);
            }

            sums[account.Name.Asset] = sum.With(account);
            overdrawn += account.Name.IsLimited && account.Available < 0 ? 1 : 0;
        }

        var rows = new List<TrialBalanceRow>();
        var isZero = overdrawn == 0;
        foreach (var asset in order)
        {
            var sum = sums[asset];
            isZero &= sum.IsZero;
            if (asset.Kind == AssetKind.Money || !sum.IsZero)
            {
                rows.Add(sum.ToRow(asset));
            }
        }

        return new TrialBalance(
            state.LastEntry, rows.ToValueArray(), order.Count, state.OpenAccountCount, overdrawn, isZero);
    }

    /// <summary>Sums of one asset. A sum of many accounts can pass 64 bits where each account fits.</summary>
    private readonly record struct AssetSum(
        Int128 DebitsPosted, Int128 CreditsPosted, Int128 DebitsPending, Int128 CreditsPending)
    {
        public bool IsZero => DebitsPosted == CreditsPosted && DebitsPending == CreditsPending;

        public AssetSum With(in Account account) => new(
            DebitsPosted + account.DebitsPosted,
            CreditsPosted + account.CreditsPosted,
            DebitsPending + account.DebitsPending,
            CreditsPending + account.CreditsPending);

        public TrialBalanceRow ToRow(Asset asset) => new(
            asset,
            Saturate(CreditsPosted),
            Saturate(CreditsPosted - DebitsPosted),
            Saturate(DebitsPending),
            Saturate(CreditsPending),
            IsZero);

        private static long Saturate(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);
    }
}

/// <summary>
/// The trial balance of one asset, over all its accounts. Sums that pass 64 bits are shown as the largest number.
/// </summary>
/// <param name="Asset">The asset.</param>
/// <param name="Turnover">All that was ever posted.</param>
/// <param name="Difference">Credits posted − debits posted; 0 in a sound book.</param>
/// <param name="DebitsPending">Held at the debit side.</param>
/// <param name="CreditsPending">Held at the credit side; equal to the debit side in a sound book.</param>
/// <param name="IsZero">Whether posted and pending add up, computed without any loss.</param>
public sealed record TrialBalanceRow(
    Asset Asset, long Turnover, long Difference, long DebitsPending, long CreditsPending, bool IsZero);
