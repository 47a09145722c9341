using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// Verifies a market from its stored form alone, by code that shares nothing with the code that wrote it: places,
/// hashes, signatures, balances and deals are all computed again. It changes nothing.
/// </summary>
public static partial class OfflineAudit
{
    private const int ProgressEvery = 16_384;

    /// <summary>Verifies a store; one that a server has open is verified as of one moment.</summary>
    /// <param name="place">The data folder of a market, and the database if that has the store.</param>
    /// <param name="progress">Told now and then how many rows are read.</param>
    /// <param name="verifySignatures">Whether signatures are verified, which takes most of the time of a large
    /// store.</param>
    /// <param name="checkpoints">A file of what was published of the book; null for the one beside the folder's keys,
    /// if it is there.</param>
    /// <param name="cancellationToken">Ends the audit.</param>
    /// <exception cref="NotAuditableException">There is no store, or none that this program reads.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static AuditReport Verify(
        AuditPlace place,
        IProgress<AuditProgress>? progress = null,
        bool verifySignatures = true,
        string? checkpoints = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(place);
        var (file, lines) = CheckpointsAudit.Read(place.DataFolder, checkpoints);
        using var store = AuditStore.Open(place);
        var findings = new AuditFindings();
        using var signatures = verifySignatures ? new SignatureAudit(findings) : null;
        var integrity = Task.Run(store.CheckIntegrity, CancellationToken.None);
        var market = ReadMarket(store, findings);
        var context = new AuditContext(market, findings, AuditKeys.Load(place.DataFolder), signatures);
        context.Checkpoints.Load(file, lines);
        var run = new AuditRun(context, new StreamsAudit(findings));
        try
        {
            Scan(store, run, findings, progress, cancellationToken);
            context.Checkpoints.Complete(run.Entries);
        }
        finally
        {
            signatures?.Complete();
            NameDamage(store, integrity.GetAwaiter().GetResult(), findings);
        }

        return ReportOf(context, run);
    }

    /// <summary>
    /// Reads all rows; where the store cannot be read on, the row after the last one that could be is named.
    /// </summary>
    internal static void Scan(
        AuditStore store, AuditRun run, AuditFindings findings, IProgress<AuditProgress>? progress,
        CancellationToken cancellationToken)
    {
        var position = 0L;
        try
        {
            run.Streams.Load(store);
            run.RecallFrom(store);
            var rows = store.ReadLastPosition();
            foreach (var row in store.ReadRows())
            {
                run.Take(row);
                position = row.Position;
                if (run.Rows % ProgressEvery == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(new AuditProgress(run.Rows, rows));
                }
            }

            progress?.Report(new AuditProgress(run.Rows, run.Rows));
            run.Streams.Complete(store);
        }
        catch (Exception error) when (
            error is DbException or InvalidCastException or InvalidOperationException or FormatException)
        {
            findings.AddStore(position + 1, 0, 0, $"The store cannot be read from here on: {error.Message}");
        }
    }

    private static MarketId ReadMarket(AuditStore store, AuditFindings findings)
    {
        try
        {
            if (store.ReadMarket() is { } market)
            {
                return market;
            }

            findings.AddStore(0, 0, 0, "The store does not name its market.");
        }
        catch (DbException error)
        {
            findings.AddStore(0, 0, 0, $"The market's name cannot be read: {error.Message}");
        }

        return default;
    }

    /// <summary>What the storage found; where it speaks of a row, that row is named.</summary>
    private static void NameDamage(AuditStore store, IReadOnlyList<string> damage, AuditFindings findings)
    {
        foreach (var what in damage)
        {
            var row = RowOfEventIndex().Match(what);
            var position = row.Success ? long.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            var (stream, version) = position == 0 ? default : Find(store, position);
            findings.AddStore(position, stream, version, $"{store.Keeper} damaged: {what}");
        }
    }

    private static (long Stream, long Version) Find(AuditStore store, long position)
    {
        try
        {
            return store.ReadPosition(position).Select(static row => (row.Stream, row.Version)).FirstOrDefault();
        }
        catch (DbException)
        {
            return default; // the row is named by its position alone
        }
    }

    private static AuditReport ReportOf(AuditContext context, AuditRun run)
    {
        var book = run.Ledger.Book;
        var trialBalance = book.TrialBalance(out var assets, out var isZero);
        if (!isZero)
        {
            context.Findings.AddStore(0, 0, 0, "The trial balance is not zero.");
        }

        var signatures = context.Signatures;
        var deals = context.Deals;
        return new AuditReport(
            context.Market.ToString(),
            run.Rows,
            run.Streams.Count,
            run.Entries,
            deals.Agreed,
            deals.Settled,
            deals.Failed,
            deals.InProgress,
            book.Accounts.Count,
            assets,
            run.Ledger.OpenHolds,
            isZero,
            trialBalance,
            run.IsChainVerified,
            signatures?.AgentsVerified ?? 0,
            signatures?.ReceiptsVerified ?? 0,
            signatures is null ? deals.Settled : signatures.ReceiptsUnchecked + deals.ReceiptsUnchecked,
            context.Checkpoints.Contained,
            context.Checkpoints.CoversUpTo,
            book.Oversold,
            deals.SettledTwice,
            context.Findings.Count,
            context.Findings.ToList());
    }

    [GeneratedRegex(@"row (\d+) missing from index event_by_stream")]
    private static partial Regex RowOfEventIndex();
}
