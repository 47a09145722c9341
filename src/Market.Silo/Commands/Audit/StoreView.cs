using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>An account's balance.</summary>
internal sealed record BalanceLine(string Account, long Posted, long Pending, long Available);

/// <summary>One amount into or out of an account.</summary>
internal sealed record PostingLine(
    long Entry, string At, string Event, string Movement, string Debit, string Credit, long Amount, string Balance);

/// <summary>One row of the journal.</summary>
internal sealed record RowLine(long Position, long Stream, long Version, string At, string Event, string Content);

/// <summary>
/// Reads what a store says: the balances, an account's postings, or the rows of a deal or
/// negotiation.
/// </summary>
internal static class StoreView
{
    /// <summary>Every account that is not empty, by name; the balances that the ledger's entries add up to.</summary>
    public static IReadOnlyList<BalanceLine> Balances(string dataFolder, AuditFindings findings)
    {
        var run = Run(dataFolder, findings, null, null);
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

    /// <summary>Every amount into or out of an account, with what was posted after it.</summary>
    public static IReadOnlyList<PostingLine> Postings(
        string dataFolder, string account, AuditFindings findings)
    {
        var lines = new List<PostingLine>();
        Int128 posted = 0;
        _ = Run(dataFolder, findings, null, movement =>
        {
            var isDebit = movement.Debit.ToString() == account;
            if (!isDebit && movement.Credit.ToString() != account)
            {
                return;
            }

            posted += movement.Kind != MovementKind.Posted ? 0 : isDebit ? -(Int128)movement.Amount : movement.Amount;
            lines.Add(new PostingLine(
                movement.Entry, movement.At.ToString(), movement.Event.GetType().Name, movement.Kind.ToString(),
                movement.Debit.ToString(), movement.Credit.ToString(), movement.Amount, posted.ToString()));
        });
        return lines;
    }

    /// <summary>The rows that name a deal, of negotiation and ledger.</summary>
    public static IReadOnlyList<RowLine> RowsOfDeal(string dataFolder, string deal, AuditFindings findings) =>
        Rows(dataFolder, findings, (_, @event) => DealOf(@event)?.ToString() == deal);

    /// <summary>The rows of a negotiation's stream, and the ledger's about its deal.</summary>
    public static IReadOnlyList<RowLine> RowsOfNegotiation(
        string dataFolder, string negotiation, AuditFindings findings) =>
        Rows(dataFolder, findings, (_, @event) => NegotiationOf(@event)?.ToString() == negotiation);

    private static List<RowLine> Rows(
        string dataFolder, AuditFindings findings, Func<StoredStream, object, bool> isWanted)
    {
        var lines = new List<RowLine>();
        _ = Run(
            dataFolder,
            findings,
            (stream, row, @event) =>
            {
                if (isWanted(stream, @event))
                {
                    lines.Add(new RowLine(
                        row.Position, row.Stream, row.Version, new Moment(stream.LastTicks).ToString(),
                        @event.GetType().Name, @event.ToString()!));
                }
            },
            null);
        return lines;
    }

    private static AuditRun Run(
        string dataFolder,
        AuditFindings findings,
        Action<StoredStream, StoredRow, object>? read,
        Action<LedgerMovement>? moved)
    {
        using var store = AuditStore.Open(dataFolder);
        var market = store.ReadMarket() ?? default;
        var context = new AuditContext(market, findings, AuditKeys.Load(dataFolder), signatures: null);
        var run = new AuditRun(context, new StreamsAudit(findings), moved) { Read = read };
        OfflineAudit.Scan(store, run, findings, progress: null, CancellationToken.None);
        return run;
    }

    private static DealId? DealOf(object @event) => @event switch
    {
        OfferAccepted e => e.Deal,
        PostedPriceTaken e => e.Deal,
        DealSettled e => e.Deal,
        DealNotSettled e => e.Deal,
        DealBooked e => e.Deal,
        DealRefused e => e.Deal,
        DeliveryConfirmed e => e.Deal,
        DeliveryCancelled e => e.Deal,
        _ => null,
    };

    private static NegotiationId? NegotiationOf(object @event) => @event switch
    {
        NegotiationFact e => e.Negotiation,
        DealBooked e => e.Negotiation,
        DealRefused e => e.Negotiation,
        _ => null,
    };
}
