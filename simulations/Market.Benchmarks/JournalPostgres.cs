using System.Diagnostics;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// The PostgreSQL journal under many writers beside the same rows inserted raw: one connection, multi-row statements of
/// as many rows as the journal's batches had, the same tables and indexes, no queue, no fencing, nobody told. Then two
/// journals on one database, as two silos have it, and how long a lone caller and two hundred wait.
/// </summary>
internal sealed class JournalPostgres(JournalPostgresDatabase database)
{
    private const int Streams = 1_000;
    private const int RowsInFlightPerStream = 16;
    private const int BodyLength = 160;
    private const int Repeats = 3;

    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var rows = quick ? 20_000 : 150_000;
        await MeasureOneAsync(rows / 2, 8, cancellationToken); // the compiler and the server's cache are warm after it
        foreach (var (name, rowsPerStream) in new[]
        {
            ("PostgreSQL journal, short streams", 8), ("PostgreSQL journal, long streams", rows / Streams),
        })
        {
            await CompareAsync(name, rows, rowsPerStream, quick ? 1 : Repeats, report, log, cancellationToken);
        }

        await MeasureTwoAsync(rows, report, log, cancellationToken);
        foreach (var callers in new[] { 1, 200 })
        {
            await MeasureWaitAsync(callers, quick ? 200 : 20_000, report, cancellationToken);
        }
    }

    private async Task CompareAsync(
        string name,
        int rows,
        int rowsPerStream,
        int repeats,
        Action<FigureResult> report,
        Action<string> log,
        CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        double ours = 0, raw = 0, copied = 0, batch = 0;

        // Turn and turn about, the best of each: a shared disk has its moods, and both must meet the same ones.
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var (rate, rowsPerBatch) = await MeasureOneAsync(rows, rowsPerStream, cancellationToken);
            batch = rate > ours ? rowsPerBatch : batch;
            ours = Math.Max(ours, rate);
            foreach (var isCopy in new[] { false, true })
            {
                await MakeTablesAsync(cancellationToken);
                var inserts = new JournalPostgresRaw(Streams, rowsPerStream, BodyLength, isCopy);
                var rawRate = await inserts.MeasureAsync(
                    database, rows, Math.Max(1, (int)Math.Round(rowsPerBatch)), cancellationToken);
                (raw, copied) = isCopy ? (raw, Math.Max(copied, rawRate)) : (Math.Max(raw, rawRate), copied);
            }

            log($"{name}: {rate:N0} rows/s in batches of {rowsPerBatch:N0}; raw {raw:N0}, by COPY {copied:N0}");
        }

        report(FigureResult.Relative(name, ours, "rows/s", raw, 0.60, watch.Elapsed.TotalSeconds));
        report(FigureResult.Relative(name + ", beside raw COPY", ours, "rows/s", copied, null, 0));
        report(FigureResult.Absolute(name + ", rows a batch", batch, "rows", null, 0));
    }

    private async Task<(double Rate, double RowsPerBatch)> MeasureOneAsync(
        int rows, int rowsPerStream, CancellationToken cancellationToken)
    {
        await database.ClearAsync(cancellationToken);
        await using var journal = await OpenAsync(cancellationToken);
        var batches = new JournalBatchCounter();
        journal.Observe(batches);
        var rate = await JournalLoad.RunAsync(
            journal, rows, Streams, RowsInFlightPerStream, rowsPerStream, BodyLength, cancellationToken);
        return (rate, batches.RowsPerBatch);
    }

    private async Task MeasureTwoAsync(
        int rows, Action<FigureResult> report, Action<string> log, CancellationToken cancellationToken)
    {
        await database.ClearAsync(cancellationToken);
        await using var one = await OpenAsync(cancellationToken);
        await using var other = await OpenAsync(cancellationToken);
        var seen = new[] { new JournalBatchCounter(), new JournalBatchCounter() };
        one.Observe(seen[0]);
        other.Observe(seen[1]);
        var watch = Stopwatch.StartNew();
        var rates = await Task.WhenAll(
            JournalLoad.RunAsync(
                one, rows / 2, Streams, RowsInFlightPerStream, 8, BodyLength, cancellationToken),
            JournalLoad.RunAsync(
                other, rows / 2, Streams, RowsInFlightPerStream, 8, BodyLength, cancellationToken, rows));
        var rate = rows / watch.Elapsed.TotalSeconds;
        log($"two writers: {rates[0]:N0} and {rates[1]:N0} rows/s, each also told of the other's");
        report(FigureResult.Absolute(
            "PostgreSQL journal, two on one database", rate, "rows/s", null, watch.Elapsed.TotalSeconds));
    }

    private async Task MeasureWaitAsync(
        int callers, int rows, Action<FigureResult> report, CancellationToken cancellationToken)
    {
        await database.ClearAsync(cancellationToken);
        await using var journal = await OpenAsync(cancellationToken);
        var watch = Stopwatch.StartNew();
        var waits = await JournalWaits.MeasureAsync(journal, callers, rows, BodyLength, cancellationToken);
        foreach (var (share, label) in new[] { (0.50, "p50"), (0.99, "p99") })
        {
            report(FigureResult.Absolute(
                $"PostgreSQL journal, {callers} callers, {label}",
                waits[(int)((waits.Length - 1) * share)].TotalMilliseconds,
                "ms",
                null,
                watch.Elapsed.TotalSeconds));
        }
    }

    private Task<PostgresJournal> OpenAsync(CancellationToken cancellationToken) =>
        PostgresJournal.OpenAsync(new PostgresJournalOptions { Address = database.Address }, cancellationToken);

    private async Task MakeTablesAsync(CancellationToken cancellationToken)
    {
        await database.ClearAsync(cancellationToken);
        await (await OpenAsync(cancellationToken)).DisposeAsync();
    }
}
