using System.Diagnostics;
using System.Globalization;
using Market.Domain;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Silo;

namespace Market.Benchmarks;

/// <summary>
/// What an open, loaded, idle negotiation costs in memory; and how soon a server is back after a kill -9 with many of
/// them: until their deadlines are armed and it serves, and until all are loaded again.
/// </summary>
public sealed class IdleBenchmark : IBenchmark
{
    private const int Callers = 256;

    /// <inheritdoc/>
    public string Name => "idle";

    /// <inheritdoc/>
    public string Description => "Heap of an idle negotiation; recovery after kill -9 with 100,000 open ones.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var count = quick ? 5_000 : 100_000;
        await MeasureHeapAsync(count, report);

        using var folder = new JournalBenchmarkFolder();
        await FillAndKillAsync(folder.Path, count, cancellationToken);
        log($"killed the process that had opened {count:N0} negotiations");
        var watch = Stopwatch.StartNew();
        await using var host = await MarketHost.StartAsync(
            new MarketSiloOptions { DataFolder = folder.Path, Endpoints = MarketSiloOptions.AnyLoopbackPort },
            cancellationToken);
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(host.Uri, "/health"), cancellationToken)).EnsureSuccessStatusCode();
        var served = watch.Elapsed.TotalSeconds;
        report(FigureResult.Absolute("recovery until armed and served", served, "s", 2, served, atMost: true));
        await LoadAllAsync(host, count);
        var loaded = watch.Elapsed.TotalSeconds;
        report(FigureResult.Absolute("recovery until all are loaded", loaded, "s", 10, loaded, atMost: true));
    }

    private static async Task MeasureHeapAsync(int count, Action<FigureResult> report)
    {
        using var folder = new JournalBenchmarkFolder();
        var watch = Stopwatch.StartNew();
        var journal = await SqliteJournal.OpenAsync(new() { DataFolder = folder.Path });
        await using var market = await BenchMarket.StartAsync(journal, TimeProvider.System, signsReceipts: false);
        await IdleFill.OpenAsync(market, 1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var grains = await IdleFill.OpenAsync(market, count);
        var own = grains.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<GrainId>();
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before - own) / count;
        report(FigureResult.Absolute(
            "heap of an idle negotiation", bytes, "bytes", 2_048, watch.Elapsed.TotalSeconds, atMost: true));
        GC.KeepAlive(grains);
    }

    private static async Task FillAndKillAsync(string folder, int count, CancellationToken cancellationToken)
    {
        using var process = OwnProcess.Start("fill", folder, count.ToString(CultureInfo.InvariantCulture));
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        if (line != IdleFill.Ready)
        {
            throw new InvalidOperationException($"The filling process said '{line}'.");
        }
    }

    private static async Task LoadAllAsync(MarketHost host, int count)
    {
        // As the catalogue's: the journal is the only list of what there is.
        var grains = new List<GrainId>(count);
        for (long stream = 1; grains.Count < count; stream++)
        {
            if (await host.Journal.FindStreamAsync(stream) is { Kind: GrainKind.Negotiation } grain)
            {
                grains.Add(grain);
            }
        }

        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            int place;
            while ((place = Interlocked.Increment(ref next)) < grains.Count)
            {
                await host.Cluster.AskAsync(grains[place], new GetStandingOffer(new AgentNumber(int.MaxValue)));
            }
        })));
    }
}
