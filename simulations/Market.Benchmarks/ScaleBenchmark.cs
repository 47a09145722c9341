using System.CommandLine;
using System.Diagnostics;
using Market.Domain;
using Market.Grains.Journaling;
using Market.Silo;

namespace Market.Benchmarks;

/// <summary>
/// What a negotiated deal costs, measured; and what 231 deals a second and 580,000 would need, by arithmetic from that.
/// docs/scale.md says what follows.
/// </summary>
internal sealed class ScaleBenchmark : IBenchmark
{
    private const int BookCallers = 512;
    private const int Streams = 1_000;
    private const int RowsInFlight = 16;
    private const int RowsOfANegotiation = 8;
    private const int BodyLength = 160;
    private const int Principals = 1_000;

    private static readonly Option<double?> JournalRows = new("--journal-rows")
    {
        Description = "Durable rows a second of one journal, where another one than SQLite on this disk counts: as the "
            + "journal benchmark measures it.",
    };

    // The second is the highest peak that a shopping festival is known to have had.
    private static readonly (string Name, double DealsPerSecond)[] Aims =
    [
        ("120 million orders in six days", 120e6 / (6 * 86_400)),
        ("the largest known festival's peak", 580_000),
    ];

    private double? _journalRows;

    /// <inheritdoc/>
    public string Name => "scale";

    /// <inheritdoc/>
    public string Description => "What a deal costs, measured, and what 231 and 580,000 deals a second would need.";

    /// <inheritdoc/>
    public void AddTo(Command command) => command.Options.Add(JournalRows);

    /// <inheritdoc/>
    public void Configure(ParseResult arguments) =>
        _journalRows = arguments.CommandResult.Command.Options.Contains(JournalRows)
            ? arguments.GetValue(JournalRows)
            : null;

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var (messages, rows, bytes, millis) = await MeasureDealAsync(quick ? 300 : 10_000, cancellationToken);
        var book = await MeasureBookAsync(quick ? 20_000 : 300_000);
        var journal = _journalRows ?? await MeasureJournalAsync(quick ? 20_000 : 300_000, cancellationToken);
        var costs = new ScaleCosts(messages, rows, bytes, millis, book, journal);
        Report("scale messages a deal", costs.Messages, "messages");
        Report("scale rows a deal", costs.Rows, "rows");
        Report("scale stored a deal", costs.StoredBytes, "B");
        Report("scale processor time a deal, signed", costs.ProcessorMilliseconds, "ms");
        Report("scale one book", costs.BookSettlements, "settlements/s");
        Report($"scale one journal{(_journalRows is null ? " in SQLite" : ", as given")}", costs.JournalRows, "rows/s");
        foreach (var (name, dealsPerSecond) in Aims)
        {
            var needs = new ScaleNeeds(dealsPerSecond, costs);
            log($"{name}: {dealsPerSecond:N0} deals/s, each part at most {ScaleNeeds.Fullness:P0} full");
            var aim = $"scale at {dealsPerSecond:N0} deals/s:";
            Report($"{aim} messages", needs.Messages, "messages/s");
            Report($"{aim} rows", needs.Rows, "rows/s");
            Report($"{aim} stored", needs.GigabytesADay, "GB/day");
            Report($"{aim} serving", needs.Cores, "cores");
            Report($"{aim} ledgers", needs.Books, "books");
            Report($"{aim} databases", needs.Journals, "journals");
        }

        void Report(string figure, double value, string unit) =>
            report(FigureResult.Absolute(figure, value, unit, null, watch.Elapsed.TotalSeconds));
    }

    /// <summary>Signed deals of agents in another process, over sockets, durable: what each costs the server.</summary>
    private static async Task<(double Messages, double Rows, double Bytes, double Milliseconds)> MeasureDealAsync(
        int deals, CancellationToken cancellationToken)
    {
        using var folder = new JournalBenchmarkFolder();
        using var counter = new ScaleCounter();
        double millis, messages;
        await using (var host = await StartAsync(folder.Path, cancellationToken))
        {
            host.Journal.Observe(counter);
            await WsBenchmark.MeasureDealsAsync(host, signed: true, deals / 4, cancellationToken);
            var (before, dealsBefore) = (counter.ReadMessages(), counter.Deals);
            (millis, _) = await WsBenchmark.MeasureDealsAsync(host, signed: true, deals, cancellationToken);
            messages = (counter.ReadMessages() - before) / (double)(counter.Deals - dealsBefore);
        }

        // Closed in good order, so the file is whole and has no log beside it. Registrations are some of its rows.
        await using var journal = await SqliteJournal.OpenAsync(new() { DataFolder = folder.Path }, cancellationToken);
        var fileBytes = Directory.EnumerateFiles(folder.Path, SqliteJournalOptions.FileName + "*")
            .Sum(static file => new FileInfo(file).Length);
        var rows = counter.Rows / (double)counter.Deals;
        return (messages, rows, rows * fileBytes / journal.Head, millis);
    }

    private static Task<MarketHost> StartAsync(string folder, CancellationToken cancellationToken) =>
        MarketHost.StartAsync(
            new MarketSiloOptions
            {
                DataFolder = folder,
                Endpoints = MarketSiloOptions.AnyLoopbackPort,
                Limits = OperatorLimits.ForMeasuring,
                StartingBalance = new Money(MarketLimits.AmountMax / 1000, Currency.Usd),
            },
            cancellationToken);

    /// <summary>
    /// The ledger's grain at its limit: settlements of five legs, chained, into a journal that is free.
    /// </summary>
    private static async Task<double> MeasureBookAsync(int settlements)
    {
        await using var cluster = LedgerStore.Start(new ClusterNullJournal());
        var workload = new LedgerWorkload(Principals);
        await LedgerStore.AskAllAsync(cluster, [.. workload.Deposits(), .. workload.Mints()], BookCallers);
        await LedgerStore.AskAllAsync(cluster, workload.Settlements(settlements / 4), BookCallers);
        var commands = workload.Settlements(settlements);
        var watch = Stopwatch.StartNew();
        await LedgerStore.AskAllAsync(cluster, commands, BookCallers);
        return settlements / watch.Elapsed.TotalSeconds;
    }

    /// <summary>
    /// Rows of short streams, as negotiations are; the better of two runs, of which the first warms up.
    /// </summary>
    private static async Task<double> MeasureJournalAsync(int rows, CancellationToken cancellationToken)
    {
        var best = 0.0;
        for (var run = 0; run < 2; run++)
        {
            using var folder = new JournalBenchmarkFolder();
            await using var journal = await SqliteJournal.OpenAsync(
                new() { DataFolder = folder.Path }, cancellationToken);
            best = Math.Max(best, await JournalLoad.RunAsync(
                journal, rows, Streams, RowsInFlight, RowsOfANegotiation, BodyLength, cancellationToken));
        }

        return best;
    }
}
