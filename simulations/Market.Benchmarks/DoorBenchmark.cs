using System.Diagnostics;
using System.Security.Cryptography;
using Market.Silo;

namespace Market.Benchmarks;

/// <summary>
/// The market's door: handshakes, what signatures cost, offers over few and over many connections beside a bare echo,
/// the memory of a connection that does nothing, and latency at half load.
/// </summary>
public sealed class DoorBenchmark : IBenchmark
{
    private const int UsualConnections = 256;
    private const int Turns = 3;
    private const double ShareOfEcho = 0.60;
    private const double IdleBytesMax = 20 * 1024;

    /// <inheritdoc/>
    public string Name => "door";

    /// <inheritdoc/>
    public string Description => "Handshakes, signatures, offers over 10 to 10,000 connections, idle memory, latency.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        int[] many = quick ? [100] : [10, 1_000, 10_000];
        OpenFiles.Require(many[^1]);
        var seconds = quick ? 0.5 : 10;
        MeasureSignatures(report, quick ? 200 : 5_000);
        using (var folder = new JournalBenchmarkFolder())
        {
            await using var host = await DoorServer.StartMarketAsync(folder.Path, signed: false, cancellationToken);
            await LoadProcess.RunAsync( // the server's code reaches its final form
                "offers", host.AgentsUri, UsualConnections, quick ? 0.5 : 12, () => { }, cancellationToken);
            await MeasureHandshakesAsync(host, seconds, report, cancellationToken);
            await MeasureLatencyAsync(host, seconds, report, log, cancellationToken);
        }

        foreach (var connections in many)
        {
            await MeasureOffersAsync(connections, seconds / 2, report, log, cancellationToken);
        }

        await MeasureDealsAsync(report, quick ? 100 : 10_000, cancellationToken);
        await MeasureIdleAsync(many[^1], report, cancellationToken);
    }

    private static void MeasureSignatures(Action<FigureResult> report, int count)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var bytes = new byte[300];
        var signature = key.SignData(bytes, HashAlgorithmName.SHA256);
        for (var round = 0; round < 2; round++)
        {
            var verify = Time(count, () => key.VerifyData(bytes, signature, HashAlgorithmName.SHA256));
            var sign = Time(count, () => key.SignData(bytes, HashAlgorithmName.SHA256));
            if (round == 1)
            {
                report(FigureResult.Absolute("ES256 verify", verify.Micros, "µs", null, verify.Seconds));
                report(FigureResult.Absolute("ES256 sign", sign.Micros, "µs", null, sign.Seconds));
            }
        }

        static (double Micros, double Seconds) Time(int count, Action act)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < count; i++)
            {
                act();
            }

            return (watch.Elapsed.TotalMicroseconds / count, watch.Elapsed.TotalSeconds);
        }
    }

    private static async Task MeasureHandshakesAsync(
        MarketHost host, double seconds, Action<FigureResult> report, CancellationToken cancellationToken)
    {
        var processor = TimeSpan.Zero;
        var result = await LoadProcess.RunAsync(
            "handshakes", host.AgentsUri, 32, seconds, () => processor = Environment.CpuUsage.TotalTime,
            cancellationToken);
        var micros = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / result.Requests;
        report(FigureResult.Absolute("handshakes", result.Rate, "1/s", null, seconds));
        report(FigureResult.Absolute("server time of a handshake", micros, "µs", null, seconds));
    }

    /// <summary>
    /// Offers beside the echo, in turns, since the machine's speed drifts; of each the median. The market without a
    /// disk shows what the door itself costs; the other one flushes the disk before each answer, as `serve` does.
    /// </summary>
    private static async Task MeasureOffersAsync(
        int connections, double seconds, Action<FigureResult> report, Action<string> log,
        CancellationToken cancellationToken)
    {
        using var folder = new JournalBenchmarkFolder();
        using var echo = await DoorServer.StartAsync(DoorServer.Echo, cancellationToken);
        using var inMemory = await DoorServer.StartAsync(DoorServer.Memory, cancellationToken);
        using var durable = await DoorServer.StartAsync(folder.Path, cancellationToken);
        (string Mode, Uri Uri, string Name, double? Reach)[] loads =
        [
            ("echo", echo.Uri, "echo", null),
            ("offers", inMemory.Uri, "offers in memory", ShareOfEcho),
            ("offers", durable.Uri, "offers", ShareOfEcho),
            ("signed-offers", durable.Uri, "signed offers", null),
        ];
        foreach (var (mode, uri, _, _) in loads)
        {
            await LoadProcess.RunAsync( // as above
                mode, uri, UsualConnections, 2 * seconds, () => { }, cancellationToken);
        }

        var rates = loads.Select(static _ => new double[Turns]).ToArray();
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var i = 0; i < loads.Length; i++)
            {
                var result = await LoadProcess.RunAsync(
                    loads[i].Mode, loads[i].Uri, connections, seconds, () => { }, cancellationToken);
                rates[i][turn] = result.Rate;
                log($"{loads[i].Name} over {connections:N0}: {result.Rate:N0}/s, p50 {result.P50Micros:N0} µs, "
                    + $"p99 {result.P99Micros:N0} µs");
            }
        }

        for (var i = 1; i < loads.Length; i++)
        {
            report(FigureResult.Relative(
                $"{loads[i].Name} over {connections:N0} connections", Median(rates[i]), "offers/s",
                Median(rates[0]), loads[i].Reach, Turns * seconds));
        }

        static double Median(double[] values) => values.Order().ElementAt(Turns / 2);
    }

    private static async Task MeasureLatencyAsync(
        MarketHost host, double seconds, Action<FigureResult> report, Action<string> log,
        CancellationToken cancellationToken)
    {
        var full = await LoadProcess.RunAsync(
            "offers", host.AgentsUri, UsualConnections, seconds, () => { }, cancellationToken);
        var paced = await LoadProcess.RunAsync(
            DoorLoad.PacedAt(full.Rate / 2), host.AgentsUri, UsualConnections, seconds, () => { }, cancellationToken);
        log($"at half of {full.Rate:N0} offers/s: {paced.Rate:N0}/s");
        report(FigureResult.Absolute("offer latency at half load, p50", paced.P50Micros, "µs", null, seconds));
        report(FigureResult.Absolute("offer latency at half load, p99", paced.P99Micros, "µs", null, seconds));
        report(FigureResult.Absolute("offer latency at half load, p99.9", paced.P999Micros, "µs", null, seconds));
    }

    /// <summary>What of the server's time of a deal its signatures take: the difference to one without.</summary>
    private static async Task MeasureDealsAsync(
        Action<FigureResult> report, int deals, CancellationToken cancellationToken)
    {
        var millis = new double[2];
        var watch = Stopwatch.StartNew();
        foreach (var signed in (bool[])[false, true])
        {
            using var folder = new JournalBenchmarkFolder();
            await using var host = await DoorServer.StartMarketAsync(folder.Path, signed, cancellationToken);
            var figure = await WsBenchmark.MeasureDealsAsync(host, signed, deals, cancellationToken);
            millis[signed ? 1 : 0] = figure.Milliseconds;
        }

        report(FigureResult.Relative(
            "server time of a deal that signatures take", millis[1] - millis[0], "ms", millis[1], null,
            watch.Elapsed.TotalSeconds));
    }

    private static async Task MeasureIdleAsync(
        int connections, Action<FigureResult> report, CancellationToken cancellationToken)
    {
        await using var host = await DoorServer.StartMarketAsync(folder: null, signed: true, cancellationToken);
        // Once before, so that what the server needs only once is not counted; then the same again, and more.
        await LoadProcess.RunAsync("idle", host.AgentsUri, Math.Min(connections, 100), 0, () => { }, cancellationToken);
        var (heapBefore, memoryBefore) = Memory();
        var (heap, memory) = (0L, 0L);
        var watch = Stopwatch.StartNew();
        await LoadProcess.RunAsync(
            "idle", host.AgentsUri, connections, 0, () => (heap, memory) = Memory(), cancellationToken);
        report(FigureResult.Absolute(
            $"memory of an idle connection, of {connections:N0}", (memory - memoryBefore) / connections, "bytes",
            IdleBytesMax, watch.Elapsed.TotalSeconds, atMost: true));
        report(FigureResult.Absolute(
            "of that on the heap", (heap - heapBefore) / connections, "bytes", null, watch.Elapsed.TotalSeconds));
    }

    private static (long Heap, long Memory) Memory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: false), process.WorkingSet64);
    }
}
