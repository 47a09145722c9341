using System.Diagnostics;
using Market.Domain.Settling;
using Market.Domain.Wire;

namespace Market.Benchmarks;

/// <summary>
/// One hot book through its grain, durable: so many callers, each with one transfer under way, beside as many rows of
/// the same length appended straight to a journal, with as many under way.
/// </summary>
internal static class LedgerDurable
{
    private const int Principals = 1_000;

    public static async Task MeasureAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        foreach (var (callers, transfers) in new[] { (1, 5_000), (100, 500_000), (10_000, 2_000_000) })
        {
            var count = quick ? transfers / 20 : transfers;
            var watch = Stopwatch.StartNew();
            var (ours, raw) = (0.0, 0.0);
            double[] took = [];

            // Turn and turn about, the best of each: both must meet the same moods of the disk.
            for (var repeat = 0; repeat < (quick ? 1 : 3); repeat++)
            {
                var (rate, latencies, bodyLength) = await AskAsync(callers, count, cancellationToken);
                (ours, took) = rate > ours ? (rate, latencies) : (ours, took);
                using var folder = new JournalBenchmarkFolder();
                await using var journal = await LedgerStore.OpenAsync(folder, cancellationToken);
                raw = Math.Max(raw, await LedgerRawAppends.RunAsync(
                    journal, count, callers, bodyLength, cancellationToken));
                log($"{callers:N0} callers: {rate:N0} transfers/s");
            }

            var figure = $"ledger durable, {callers:N0} callers";
            report(FigureResult.Relative(figure, ours, "transfers/s", raw, 0.60, watch.Elapsed.TotalSeconds));
            report(FigureResult.Absolute($"{figure}, p50", took[took.Length / 2], "ms", null, 0));
            report(FigureResult.Absolute($"{figure}, p99", took[(int)(took.Length * 0.99)], "ms", null, 0));
        }
    }

    private static async Task<(double Rate, double[] Milliseconds, int BodyLength)> AskAsync(
        int callers, int count, CancellationToken cancellationToken)
    {
        using var folder = new JournalBenchmarkFolder();
        await using var journal = await LedgerStore.OpenAsync(folder, cancellationToken);
        await using var cluster = LedgerStore.Start(journal);
        var workload = new LedgerWorkload(Principals);
        await LedgerStore.AskAllAsync(cluster, [.. workload.Deposits()], callers: 100);
        var transfers = workload.Transfers(count);
        var latencies = new double[count];
        var watch = Stopwatch.StartNew();
        await LedgerStore.AskAllAsync(cluster, transfers, callers, (i, took) => latencies[i] = took.TotalMilliseconds);
        var rate = count / watch.Elapsed.TotalSeconds;
        Array.Sort(latencies);
        return (rate, latencies, BodyLengthOf(workload));
    }

    private static int BodyLengthOf(LedgerWorkload workload)
    {
        var transfer = (Transfer)workload.Transfers(1)[0];
        return WireCatalog.EncodeTagged(new TransfersPosted(
            workload.Next(), transfer.Id, TransferReason.Transferred, [],
            [new Posting(new AccountNumber(500), new AccountNumber(600), 1)])).Length;
    }
}
