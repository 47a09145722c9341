using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Market.Domain;
using Market.Grains.Journaling;
using Market.Silo;
using Market.Silo.Clustering;
using Market.TestSupport;

namespace Market.Benchmarks.Orleans;

/// <summary>
/// Deals a second on one silo of the Orleans engine and on three, all in this process on one PostgreSQL database,
/// beside what the engine's calls of that size and number would allow alone, and beside the embedded engine. Every act
/// is durable before it is answered; no sockets to agents, no signatures.
/// </summary>
public sealed class SilosBenchmark : IBenchmark
{
    private const int Callers = 2_048;
    private const int UnsettledMax = 4 * Callers;

    // An opening, three counteroffers, an accept; the ledger is told and answers.
    private const int Asks = 5;
    private const int Tells = 2;

    /// <inheritdoc/>
    public string Name => "silos";

    /// <inheritdoc/>
    public string Description => "Deals a second on one Orleans silo and on three, beside bare calls and one process.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        if (PostgresBinaries.MissingReason is { } missing)
        {
            log($"Not measured: {missing}");
            return;
        }

        var deals = quick ? 500 : 60_000;
        var (embedded, embeddedSeconds) = await MeasureAsync(silos: 0, deals, cancellationToken);
        report(FigureResult.Absolute("silos: the embedded engine", embedded, "deals/s", null, embeddedSeconds));
        foreach (var silos in new[] { 1, 3 })
        {
            double bare;
            var ports = Enumerable.Range(0, silos).Select(static _ => FreePort()).ToList();
            await using (var calls = await BareSilos.StartAsync(ports))
            {
                var time = TimeSpan.FromSeconds(quick ? 0.5 : 10);
                await calls.MeasureAsync(Asks, Tells, Callers, time);
                bare = await calls.MeasureAsync(Asks, Tells, Callers, time);
            }

            var (rate, seconds) = await MeasureAsync(silos, deals, cancellationToken);
            report(FigureResult.Relative(
                $"silos: {silos} of Orleans, beside bare calls", rate, "deals/s", bare, 0.60, seconds));
        }
    }

    /// <summary>Deals a second on so many silos; 0 for the embedded engine.</summary>
    private static async Task<(double Rate, double Seconds)> MeasureAsync(
        int silos, int deals, CancellationToken cancellationToken)
    {
        using var folder = new JournalBenchmarkFolder();
        using var database = PostgresServer.Shared.CreateDatabase();
        var time = new FrozenTime(DateTimeOffset.UtcNow);
        var hosts = new List<MarketHost>();
        try
        {
            for (var i = 0; i < Math.Max(1, silos); i++)
            {
                hosts.Add(await MarketHost.StartAsync(
                    OptionsOf(folder.Path, database.Address, silos > 0, time), cancellationToken));
            }

            using var settled = new SettledCounter(UnsettledMax);
            hosts[0].Journal.Observe(settled);
            await using var market = await BenchMarket.JoinAsync(
                [.. hosts.Select(static host => host.Cluster)], hosts[0].MarketId, time);
            var warmUp = deals / 2;
            var frames = new DealFrames(new DealScripts(market, signed: false), warmUp + deals);
            await DealRun.PlayAsync(market, frames, settled, 0, warmUp, verifier: null, Callers);
            await settled.WaitAsync(warmUp, cancellationToken);
            var watch = Stopwatch.StartNew();
            await DealRun.PlayAsync(market, frames, settled, warmUp, deals, verifier: null, Callers);
            await settled.WaitAsync(warmUp + deals, cancellationToken);
            return (deals / watch.Elapsed.TotalSeconds, watch.Elapsed.TotalSeconds);
        }
        finally
        {
            foreach (var host in Enumerable.Reverse(hosts))
            {
                await host.DisposeAsync();
            }
        }
    }

    private static MarketSiloOptions OptionsOf(string folder, string address, bool isSilo, TimeProvider time)
    {
        var store = StoreAddress.Parse(address);
        return new MarketSiloOptions
        {
            DataFolder = folder,
            Store = store,
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            Limits = OperatorLimits.ForMeasuring,
            SignaturesRequired = false,
            StartingBalance = new Money(MarketLimits.AmountMax / 1000, Currency.Usd),
            TimeProvider = time,
            Cluster = !isSilo ? null : new ClusterMember("bench", store.ConnectionString)
            {
                Silo = new IPEndPoint(IPAddress.Loopback, FreePort()),
                GatewayPort = 0,
            },
        };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
