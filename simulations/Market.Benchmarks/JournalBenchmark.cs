using System.CommandLine;
using System.Diagnostics;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// Durable rows a second of the SQLite journal under many writers, beside the same rows inserted raw: one connection,
/// one plain prepared statement, the same tables, pragmas and batch size, no queue, no fencing, nobody told. With a
/// database, or where PostgreSQL's programs are installed, the same of the PostgreSQL journal.
/// </summary>
public sealed class JournalBenchmark : IBenchmark
{
    private const int Streams = 1_000;
    private const int RowsInFlightPerStream = 16;
    private const int BodyLength = 160;
    private const int Repeats = 3;

    private readonly Option<string?> _store = new("--store")
    {
        Description = "Measure PostgreSQL alone, in this database, which must be empty: postgres://user@host/database.",
    };

    private StoreAddress? _address;

    /// <inheritdoc/>
    public string Name => "journal";

    /// <inheritdoc/>
    public string Description => "Durable events a second: SQLite and PostgreSQL beside raw inserts; memory.";

    /// <inheritdoc/>
    public void AddTo(Command command) => command.Options.Add(_store);

    /// <inheritdoc/>
    public void Configure(ParseResult arguments) =>
        _address = arguments.GetResult(_store) is { Implicit: false } && arguments.GetValue(_store) is { } text
            ? StoreAddress.Parse(text)
            : null;

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        if (_address is null)
        {
            await MeasureFilesAsync(report, log, quick, cancellationToken);
        }

        await using var database = await JournalPostgresDatabase.StartAsync(_address, log, cancellationToken);
        if (database is not null)
        {
            await new JournalPostgres(database).RunAsync(report, log, quick, cancellationToken);
        }
    }

    private static async Task MeasureFilesAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var rows = quick ? 50_000 : 600_000;
        foreach (var (name, rowsPerStream) in
            new[] { ("journal short streams", 8), ("journal long streams", rows / Streams) })
        {
            var watch = Stopwatch.StartNew();
            double ours = 0, raw = 0, batch = 0;

            // Turn and turn about, the best of each: a shared disk has its moods, and both must meet the same ones.
            for (var repeat = 0; repeat < (quick ? 1 : Repeats); repeat++)
            {
                var (rate, rowsPerBatch) = await MeasureJournal(rows, rowsPerStream, cancellationToken);
                batch = rate > ours ? rowsPerBatch : batch;
                ours = Math.Max(ours, rate);
                raw = Math.Max(raw, await JournalRawInserts.MeasureAsync(
                    rows, (int)Math.Round(rowsPerBatch), Streams, rowsPerStream, BodyLength, cancellationToken));
                log($"{name}: {rate:N0} rows/s in batches of {rowsPerBatch:N0}");
            }

            report(FigureResult.Relative(name, ours, "rows/s", raw, 0.60, watch.Elapsed.TotalSeconds));
            report(FigureResult.Absolute(name + ", rows a batch", batch, "rows", null, 0));
        }

        var memoryWatch = Stopwatch.StartNew();
        double inMemory = 0;
        for (var repeat = 0; repeat < (quick ? 1 : Repeats); repeat++)
        {
            await using var memory = new MemoryJournal();
            inMemory = Math.Max(inMemory, await JournalLoad.RunAsync(
                memory, rows, Streams, RowsInFlightPerStream, 8, BodyLength, cancellationToken));
        }

        report(FigureResult.Absolute(
            "journal in memory", inMemory, "rows/s", 500_000, memoryWatch.Elapsed.TotalSeconds));
    }

    private static async Task<(double Rate, double RowsPerBatch)> MeasureJournal(
        int rows, int rowsPerStream, CancellationToken cancellationToken)
    {
        using var folder = new JournalBenchmarkFolder();
        await using var journal = await SqliteJournal.OpenAsync(
            new SqliteJournalOptions { DataFolder = folder.Path }, cancellationToken);
        var batches = new JournalBatchCounter();
        journal.Observe(batches);
        var rate = await JournalLoad.RunAsync(
            journal, rows, Streams, RowsInFlightPerStream, rowsPerStream, BodyLength, cancellationToken);
        return (rate, batches.RowsPerBatch);
    }
}
