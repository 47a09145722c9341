using System.Diagnostics;
using Market.Domain;
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
        var seconds = quick ? 1.0 : 8.0;
        var (echo, uri) = await EchoServer.StartAsync();
        LoadResult raw;
        await using (echo)
        {
            raw = await LoadAsync("echo", uri, seconds, log, cancellationToken);
        }

        foreach (var signed in new[] { false, true })
        {
            using var folder = new JournalBenchmarkFolder();
            await using var host = await StartAsync(folder.Path, signed, cancellationToken);
            if (!signed)
            {
                var offers = await LoadAsync("offers", host.AgentsUri, seconds, log, cancellationToken);
                var (ours, echoed) = (offers.Count / offers.Seconds, raw.Count / raw.Seconds);
                report(FigureResult.Relative("ws offers", ours, "offers/s", echoed, 0.50, offers.Seconds));
                report(FigureResult.Absolute("ws offer latency p50", offers.P50Micros, "µs", null, offers.Seconds));
                report(FigureResult.Absolute("ws offer latency p99", offers.P99Micros, "µs", null, offers.Seconds));
            }

            await MeasureDealsAsync(host, signed, quick ? 300 : 10_000, report, cancellationToken);
        }
    }

    private static async Task<LoadResult> LoadAsync(
        string mode, Uri uri, double seconds, Action<string> log, CancellationToken cancellationToken)
    {
        var processor = TimeSpan.Zero;
        var result = await LoadProcess.RunAsync(
            mode, uri, Connections, seconds, () => processor = Environment.CpuUsage.TotalTime, cancellationToken);
        var micros = (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / result.Requests;
        log($"{mode}: {result.Count / result.Seconds:N0}/s, p50 {result.P50Micros:N0} µs, "
            + $"p99 {result.P99Micros:N0} µs; server {micros:N1} µs of processor time each");
        return result;
    }

    private static Task<MarketHost> StartAsync(string folder, bool signed, CancellationToken cancellationToken) =>
        MarketHost.StartAsync(
            new MarketSiloOptions
            {
                DataFolder = folder,
                Endpoints = MarketSiloOptions.AnyLoopbackPort,
                SignaturesRequired = signed,
                StartingBalance = new Money(MarketLimits.AmountMax / 1000, Currency.Usd),
            },
            cancellationToken);

    private static async Task MeasureDealsAsync(
        MarketHost host, bool signed, int deals, Action<FigureResult> report, CancellationToken cancellationToken)
    {
        var mode = signed ? "signed-deals" : "deals";
        await LoadProcess.RunAsync(mode, host.AgentsUri, Connections, deals / 4.0, () => { }, cancellationToken);
        var settled = new SettledCounter();
        host.Journal.Observe(settled);
        var (watch, processor) = (Stopwatch.StartNew(), TimeSpan.Zero);
        var result = await LoadProcess.RunAsync(
            mode, host.AgentsUri, Connections, deals, () => processor = Environment.CpuUsage.TotalTime,
            cancellationToken);
        await settled.WaitAsync(deals, cancellationToken);
        var millis = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / deals;
        var kind = signed ? "signed" : "without signatures";
        report(FigureResult.Absolute(
            $"ws server time a settled deal, {kind}", millis, "ms", signed ? null : 0.25, watch.Elapsed.TotalSeconds,
            atMost: true));
        report(FigureResult.Absolute(
            $"ws settled deals, {kind}", deals / result.Seconds, "deals/s", null, watch.Elapsed.TotalSeconds));
    }
}
