using System.Diagnostics;
using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// What a start and an activation read: one short stream, found by its key; and the armed deadlines of many open
/// streams.
/// </summary>
public sealed class JournalReadBenchmark : IBenchmark
{
    private const int RowsPerStream = 8;
    private const int BodyLength = 160;

    /// <inheritdoc/>
    public string Name => "journal-reads";

    /// <inheritdoc/>
    public string Description => "Loading a short stream; arming the deadlines of 100,000 open streams at a start.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var streams = quick ? 5_000 : 100_000;
        using var folder = new JournalBenchmarkFolder();
        var options = new SqliteJournalOptions { DataFolder = folder.Path };
        await using (var journal = await SqliteJournal.OpenAsync(options, cancellationToken))
        {
            await JournalLoad.RunAsync(
                journal, streams * RowsPerStream, 1_000, RowsPerStream, RowsPerStream, BodyLength, cancellationToken);
        }

        var watch = Stopwatch.StartNew();
        await using var opened = await SqliteJournal.OpenAsync(options, cancellationToken);
        report(FigureResult.Absolute(
            "journal opens", watch.Elapsed.TotalMilliseconds, "ms", 500, watch.Elapsed.TotalSeconds, atMost: true));
        await MeasureLoadsAsync(opened, streams, quick, report, cancellationToken);
        await MeasureDeadlinesAsync(opened, "rebuilt from all rows", null, report, cancellationToken);
        await MeasureDeadlinesAsync(opened, "from what was saved", 1_000, report, cancellationToken);
    }

    private static async Task MeasureLoadsAsync(
        SqliteJournal journal,
        int streams,
        bool quick,
        Action<FigureResult> report,
        CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var loads = quick ? 2_000 : 50_000;
        var identities = new GrainId[loads];
        for (var i = 0; i < loads; i++)
        {
            identities[i] = (await journal.FindStreamAsync(random.Next(1, streams), cancellationToken))!.Value;
        }

        var watch = Stopwatch.StartNew();
        foreach (var grain in identities)
        {
            var head = await journal.OpenAsync(grain, cancellationToken);
            var rows = await journal.ReadStreamAsync(head.Number, 0, int.MaxValue, cancellationToken);
            if (rows.Count != RowsPerStream)
            {
                throw new InvalidOperationException($"A stream of {RowsPerStream} rows came back with {rows.Count}.");
            }
        }

        report(FigureResult.Absolute(
            $"load a stream of {RowsPerStream} rows",
            watch.Elapsed.TotalMicroseconds / loads,
            "µs",
            60,
            watch.Elapsed.TotalSeconds,
            atMost: true));
    }

    private static async Task MeasureDeadlinesAsync(
        SqliteJournal journal,
        string how,
        double? boundMilliseconds,
        Action<FigureResult> report,
        CancellationToken cancellationToken)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        await using var deadlines = new ArmedDeadlines(journal);
        await deadlines.StartAsync(cancellationToken);
        watch.Stop();
        report(FigureResult.Absolute(
            $"arm {deadlines.Count:N0} deadlines, {how}",
            watch.Elapsed.TotalMilliseconds,
            "ms",
            boundMilliseconds,
            watch.Elapsed.TotalSeconds,
            atMost: true));
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        report(FigureResult.Absolute(
            $"bytes an armed deadline, {how}", (double)bytes / deadlines.Count, "bytes", null, 0));
        if (deadlines.Earliest == default(LedgerTime))
        {
            throw new InvalidOperationException("No deadline was armed.");
        }
    }
}
