using System.Diagnostics;
using Market.Domain;
using Market.Domain.Auditing;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// How soon a book is there again: replay of its rows from SQLite (read, chain checked, decoded, applied), and the
/// restore of a state of ten million entries with the longest tail that a snapshot leaves.
/// </summary>
internal static class LedgerRestart
{
    private const int Principals = 1_000;
    private const int TailMax = 100_000;
    private const long Stream = 77;

    public static async Task MeasureAsync(
        Action<FigureResult> report, Action<string> log, int entries, CancellationToken cancellationToken)
    {
        using var folder = new JournalBenchmarkFolder();
        var rows = Math.Min(1_000_000, entries / 2);
        await FillAsync(folder, rows, cancellationToken);
        var (replayed, seconds) = await ReplayAsync(folder, cancellationToken);
        var perSecond = replayed / seconds;
        report(FigureResult.Absolute("ledger replay from SQLite", perSecond, "entries/s", 500_000, seconds));
        await MeasureRestoreAsync(report, log, folder, entries, TailMax / perSecond, cancellationToken);
    }

    private static async Task FillAsync(JournalBenchmarkFolder folder, int rows, CancellationToken cancellationToken)
    {
        await using var journal = await LedgerStore.OpenAsync(folder, cancellationToken);
        await using var cluster = LedgerStore.Start(journal);
        var workload = new LedgerWorkload(Principals);
        await LedgerStore.AskAllAsync(cluster, [.. workload.Deposits()], callers: 1_000);
        await LedgerStore.AskAllAsync(cluster, workload.Transfers(rows), callers: 5_000);
    }

    private static async Task<(long Rows, double Seconds)> ReplayAsync(
        JournalBenchmarkFolder folder, CancellationToken cancellationToken)
    {
        var best = double.MaxValue;
        var rows = 0L;
        for (var repeat = 0; repeat < 3; repeat++)
        {
            await using var journal = await LedgerStore.OpenAsync(folder, cancellationToken);
            await using var cluster = LedgerStore.Start(journal, snapshotFormat: 99 + repeat);
            var watch = Stopwatch.StartNew();
            await cluster.AskAsync(GrainId.Ledger, new GetBalancesOf(new PrincipalNumber(1)), cancellationToken);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
            rows = journal.Head;
        }

        return (rows, best);
    }

    private static async Task MeasureRestoreAsync(
        Action<FigureResult> report,
        Action<string> log,
        JournalBenchmarkFolder folder,
        int entries,
        double tailSeconds,
        CancellationToken cancellationToken)
    {
        await using var journal = await LedgerStore.OpenAsync(folder, cancellationToken);
        var bytes = await SaveAsync(report, journal, entries);
        var best = double.MaxValue;
        for (var repeat = 0; repeat < 3; repeat++)
        {
            var watch = Stopwatch.StartNew();
            var loaded = (await journal.LoadSnapshotAsync(Stream, cancellationToken))!;
            var state = LedgerSnapshot.Load(loaded.State.Span, [.. loaded.Parts.Select(part => part.Bytes)]);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
            log($"restored {state.LastEntry} in {watch.Elapsed.TotalMilliseconds:N0} ms, {bytes:N0} bytes");
        }

        report(FigureResult.Absolute($"ledger restore of {entries:N0} entries", best, "s", null, best));
        report(FigureResult.Absolute(
            $"ledger ready with {entries:N0} entries and a tail of {TailMax:N0}",
            best + tailSeconds, "s", 2, best, atMost: true));
    }

    /// <summary>Runs a book, saving it every so many entries, as its grain does; the bytes in all.</summary>
    private static async Task<long> SaveAsync(Action<FigureResult> report, SqliteJournal journal, int entries)
    {
        var run = new LedgerRun(Principals);
        var (total, early, late) = (0L, 0L, 0L);
        var stall = TimeSpan.Zero;
        for (var done = TailMax; done <= entries; done += TailMax)
        {
            run.Measure(done - run.State.LastEntry.Value, run.Workload.Transfers);
            var watch = Stopwatch.StartNew();
            var capture = LedgerSnapshot.Capture(run.State);
            stall = watch.Elapsed > stall && done > TailMax ? watch.Elapsed : stall;
            var state = capture.EncodeState();
            var parts = Enumerable.Range(capture.FirstPart, capture.PartCount - capture.FirstPart)
                .Select(number => (Number: number, Bytes: capture.EncodePart(number)))
                .Select(part => new SnapshotPart(part.Number, Hash256.Of(part.Bytes), part.Bytes)).ToList();
            await journal.SaveSnapshotAsync(
                new Snapshot(Stream, done, 1, Hash256.Of(state), state, [.. parts]));
            run.State.PartsSaved(capture.PartCount);
            late = state.Length + parts.Sum(part => (long)part.Bytes.Length);
            early = early == 0 ? late : early;
            total += late;
        }

        report(FigureResult.Absolute($"ledger snapshot at {TailMax:N0} entries", early, "B", null, 0));
        report(FigureResult.Absolute($"ledger snapshot at {entries:N0} entries", late, "B", null, 0));
        report(FigureResult.Absolute(
            "ledger snapshot stalls the book", stall.TotalMilliseconds, "ms", null, stall.TotalSeconds));
        return total;
    }
}
