using System.Globalization;

namespace Market.Silo.Commands.Audit;

/// <summary>An account's balance.</summary>
internal sealed record BalanceLine(string Account, long Posted, long Pending, long Available);

/// <summary>One amount into or out of an account.</summary>
internal sealed record PostingLine(
    long Entry, string At, string Event, string Movement, string Debit, string Credit, long Amount, string Balance,
    string Held);

/// <summary>
/// Reads what a store says of its accounts: the balances, one account's postings, the trial balance.
/// </summary>
internal static class StoreView
{
    /// <summary>Every account that is not empty, by name; the balances that the ledger's entries add up to.</summary>
    public static IReadOnlyList<BalanceLine> Balances(AuditPlace place, AuditFindings findings)
    {
        var run = Run(place, findings, null);
        return
        [
            .. run.Ledger.Book.Accounts
                .Where(static account => account.Posted != 0 || account.DebitsPending != 0)
                .Select(static account => new BalanceLine(
                    account.Name.ToString(), (long)account.Posted, (long)account.DebitsPending,
                    (long)account.Available))
                .OrderBy(static line => line.Account, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Every amount into or out of an account, with the account's balance and what is held of it after the entry.
    /// </summary>
    /// <param name="place">What is audited.</param>
    /// <param name="account">Its name, such as funds:1:USD, or its number in the book.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static IReadOnlyList<PostingLine> Postings(AuditPlace place, string account, AuditFindings findings)
    {
        var lines = new List<PostingLine>();
        var (posted, held) = ((Int128)0, (Int128)0);
        var isNumber = int.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        _ = Run(place, findings, movement =>
        {
            var isDebit = isNumber ? movement.DebitNumber == number : movement.Debit.ToString() == account;
            if (!isDebit && !(isNumber ? movement.CreditNumber == number : movement.Credit.ToString() == account))
            {
                return;
            }

            var amount = isDebit ? -(Int128)movement.Amount : movement.Amount;
            posted += movement.Kind == MovementKind.Posted ? amount : 0;
            held += (isDebit, movement.Kind) switch
            {
                (true, MovementKind.Held) => movement.Amount,
                (true, MovementKind.Released) => -(Int128)movement.Amount,
                _ => 0,
            };
            lines.Add(new PostingLine(
                movement.Entry, movement.At.ToString(), movement.Event.GetType().Name, movement.Kind.ToString(),
                movement.Debit.ToString(), movement.Credit.ToString(), movement.Amount, posted.ToString(),
                held.ToString()));
        });
        return lines;
    }

    /// <summary>The sums of every asset.</summary>
    public static TrialBalanceView TrialBalance(AuditPlace place, AuditFindings findings)
    {
        var run = Run(place, findings, null);
        _ = run.Ledger.Book.TrialBalance(out _, out var isZero);
        return new TrialBalanceView(
            run.Entries,
            run.Ledger.LastTime.ToString(),
            isZero,
            [
                .. run.Ledger.Book.Accounts.GroupBy(static account => account.Name.Asset.ToString())
                    .Select(static asset => AssetSums.Of(asset.Key, [.. asset]))
                    .OrderBy(static sums => sums.Asset, StringComparer.Ordinal),
            ]);
    }

    private static AuditRun Run(
        AuditPlace place,
        AuditFindings findings,
        Action<LedgerMovement>? moved)
    {
        using var store = AuditStore.Open(place);
        var market = store.ReadMarket() ?? default;
        var context = new AuditContext(market, findings, AuditKeys.Load(place.DataFolder), signatures: null);
        var run = new AuditRun(context, new StreamsAudit(findings), moved);
        OfflineAudit.Scan(store, run, findings, progress: null, CancellationToken.None);
        return run;
    }
}
