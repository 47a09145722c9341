using System.Diagnostics;
using Market.Silo;

namespace Market.Benchmarks;

/// <summary>
/// Offers a second over WebSocket from another process, beside bare Kestrel that echoes the same frames to the same
/// load; and what a settled deal costs the server. Offers are durable in SQLite before they are answered.
/// </summary>
public sealed class WsBenchmark : IBenchmark
{
    private const int Connections = 256;

    /// <inheritdoc/>
    public string Name => "ws";

    /// <inheritdoc/>
    public string Description => "Offers a second over WebSocket beside a bare echo; processor time of a settled deal.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        using var folder = new JournalBenchmarkFolder();
        await using (var host = await DoorServer.StartMarketAsync(folder.Path, signed: false, cancellationToken))
        {
            await MeasureOffersAsync(host, quick, report, log, cancellationToken);
            await MeasureDealsAsync(host, signed: false, quick ? 300 : 10_000, report, cancellationToken);
        }

        using var signedFolder = new JournalBenchmarkFolder();
        await using (var host = await DoorServer.StartMarketAsync(
            signedFolder.Path, signed: true, cancellationToken))
        {
            await MeasureDealsAsync(host, signed: true, quick ? 300 : 10_000, report, cancellationToken);
        }
    }

    private static async Task MeasureOffersAsync(
        MarketHost host,
        bool quick,
        Action<FigureResult> report,
        Action<string> log,
        CancellationToken cancellationToken)
    {
        var (seconds, repeats) = quick ? (1.0, 1) : (5.0, 5);

        // The server's code reaches its final form only after some hundred thousand offers.
        await LoadProcess.RunAsync(
            "offers", host.AgentsUri, Connections, quick ? 1 : 12, () => { }, cancellationToken);
        var (echo, echoUri) = await EchoServer.StartAsync();
        await using var _ = echo;
        var watch = Stopwatch.StartNew();
        var pairs = new List<(LoadResult Offers, LoadResult Echo)>();
        for (var i = 0; i < repeats; i++)
        {
            // Turn and turn about: a shared machine has its moods, and both must meet the same ones.
            var echoed = await LoadAsync("echo", echoUri, seconds, log, cancellationToken);
            pairs.Add((await LoadAsync("offers", host.AgentsUri, seconds, log, cancellationToken), echoed));
        }

        var median = pairs.OrderBy(pair => pair.Offers.Rate / pair.Echo.Rate).ElementAt(pairs.Count / 2);
        var (ours, raw) = (median.Offers.Rate, median.Echo.Rate);
        report(FigureResult.Relative(
            "ws offers, median pair", ours, "offers/s", raw, 0.50, watch.Elapsed.TotalSeconds));
        report(FigureResult.Absolute("ws offer latency p50", median.Offers.P50Micros, "µs", null, seconds));
        report(FigureResult.Absolute("ws offer latency p99", median.Offers.P99Micros, "µs", null, seconds));
    }

    private static async Task<LoadResult> LoadAsync(
        string mode, Uri uri, double seconds, Action<string> log, CancellationToken cancellationToken)
    {
        var (processor, allocated) = (TimeSpan.Zero, 0L);
        var result = await LoadProcess.RunAsync(
            mode, uri, Connections, seconds,
            () => (processor, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes()),
            cancellationToken);
        var micros = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / result.Requests;
        var bytes = (GC.GetTotalAllocatedBytes() - allocated) / result.Requests;
        log($"{mode}: {result.Rate:N0}/s, p50 {result.P50Micros:N0} µs, "
            + $"p99 {result.P99Micros:N0} µs; server {micros:N1} µs of processor time and {bytes:N0} bytes each");
        return result;
    }

    private static async Task MeasureDealsAsync(
        MarketHost host, bool signed, int deals, Action<FigureResult> report, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var (millis, seconds) = await MeasureDealsAsync(host, signed, deals, cancellationToken);
        var kind = signed ? "signed" : "without signatures";
        report(FigureResult.Absolute(
            $"ws server time a settled deal, {kind}", millis, "ms", signed ? null : 0.25, watch.Elapsed.TotalSeconds,
            atMost: true));
        report(FigureResult.Absolute(
            $"ws settled deals, {kind}", deals / seconds, "deals/s", null, watch.Elapsed.TotalSeconds));
    }

    /// <summary>Lets agents make deals until they are settled.</summary>
    /// <returns>The server's processor time of a deal in milliseconds, and the seconds that all took.</returns>
    internal static async Task<(double Milliseconds, double Seconds)> MeasureDealsAsync(
        MarketHost host, bool signed, int deals, CancellationToken cancellationToken)
    {
        var mode = signed ? "signed-deals" : "deals";
        await LoadProcess.RunAsync(mode, host.AgentsUri, Connections, deals / 4.0, () => { }, cancellationToken);
        using var settled = new SettledCounter();
        host.Journal.Observe(settled);
        var processor = TimeSpan.Zero;
        var result = await LoadProcess.RunAsync(
            mode, host.AgentsUri, Connections, deals, () => processor = Environment.CpuUsage.TotalTime,
            cancellationToken);
        await settled.WaitAsync(deals, cancellationToken);
        return ((Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / deals, result.Seconds);
    }
}
