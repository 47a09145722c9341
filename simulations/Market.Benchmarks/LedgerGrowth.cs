using System.Diagnostics;

namespace Market.Benchmarks;

/// <summary>How the cost of a transfer grows with a book's entries, and with the accounts that it touches.</summary>
internal static class LedgerGrowth
{
    private const int FixedPrincipals = 1_000;
    private const int Window = 200_000;

    /// <summary>
    /// From 10³ entries on, at a fixed number of accounts. The book of 10³ entries is measured many times over, since
    /// it soon has more of them.
    /// </summary>
    public static void MeasureEntries(Action<FigureResult> report, Action<string> log, long entries)
    {
        const int Few = 1_000;
        var fresh = Enumerable.Range(0, 400).Select(_ => new LedgerRun(FixedPrincipals))
            .Select(book => book.Measure(Few, book.Workload.Transfers).Nanoseconds).Order().ToList();
        var small = fresh[fresh.Count / 2];

        log($"transfer at 10^3 entries: {small:N0} ns");
        var run = new LedgerRun(FixedPrincipals);
        var seconds = 0.0;
        var last = 0.0;
        for (var part = 1; part <= 10; part++)
        {
            // The last part of the way is what a transfer costs in a book of so many entries.
            var cost = run.Measure((entries * part / 10) - run.State.LastEntry.Value, run.Workload.Transfers);
            (seconds, last) = (seconds + cost.Seconds, cost.Nanoseconds);
            log($"transfer at {run.State.LastEntry.Value:N0} entries: {last:N0} ns");
        }

        report(FigureResult.Absolute("ledger transfer at 10^3 entries", small, "ns", null, seconds));
        report(FigureResult.Absolute($"ledger transfer at {entries:N0} entries", last, "ns", null, seconds));
        report(FigureResult.Absolute(
            $"ledger growth to {entries:N0} entries", last / small, "times", 1.3, seconds, atMost: true));
    }

    /// <summary>From 10³ accounts on, touched uniformly, beside a walk over a plain array of as many rows.</summary>
    public static void MeasureAccounts(Action<FigureResult> report, Action<string> log, int accounts)
    {
        var watch = Stopwatch.StartNew();
        var (small, smallRaw) = (Measure(1_000), Walk(1_000));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var large = new LedgerRun(accounts);
        // The ids that the book remembers are no part of its accounts.
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        _ = large.Measure(Window, large.Workload.Transfers);
        var (big, bigRaw) = (Best(large), Walk(accounts));
        log($"transfer over 10^3 accounts {small:N0} ns, over {accounts:N0} {big:N0} ns; " +
            $"an array's row {smallRaw:N1} and {bigRaw:N1} ns");
        report(FigureResult.Absolute(
            $"ledger growth to {accounts:N0} accounts, beside an array's",
            big / small / (bigRaw / smallRaw), "times", 2, watch.Elapsed.TotalSeconds, atMost: true));
        report(FigureResult.Absolute(
            $"ledger growth to {accounts:N0} accounts", big / small, "times", null, watch.Elapsed.TotalSeconds));
        report(FigureResult.Absolute(
            "ledger bytes an account, its id remembered", (double)memory / accounts, "B", null, 0));
    }

    private static double Measure(int principals)
    {
        var run = new LedgerRun(principals);
        _ = run.Measure(Window, run.Workload.Transfers);
        return Best(run);
    }

    private static double Best(LedgerRun run) =>
        Enumerable.Range(0, 5).Min(_ => run.Measure(Window, run.Workload.Transfers).Nanoseconds);

    /// <summary>Nanoseconds for adding to one random row of as many, as long as an account's sums.</summary>
    private static double Walk(int rows)
    {
        var array = new (long A, long B, long C, long D)[rows];
        var best = double.MaxValue;
        for (var repeat = 0; repeat < 5; repeat++)
        {
            var random = new Random(repeat);
            var places = Enumerable.Range(0, 1_000_000).Select(_ => random.Next(rows)).ToArray();
            var watch = Stopwatch.StartNew();
            foreach (var place in places)
            {
                array[place].A++;
            }

            best = Math.Min(best, watch.Elapsed.TotalNanoseconds / places.Length);
        }

        return best;
    }
}
