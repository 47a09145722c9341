using System.Diagnostics;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// Negotiated deals a second in process: open, four offers, accept, settle; everything durable before it is answered.
/// The gateway's part that belongs to a deal (decoding, digests; with signatures their verification) is in it, the
/// sockets are not.
/// </summary>
public sealed class DealsBenchmark : IBenchmark
{
    private const int UnsettledMax = 2_048;

    /// <inheritdoc/>
    public string Name => "deals";

    /// <inheritdoc/>
    public string Description => "Negotiated and settled deals a second in process: SQLite, memory, with signatures.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var deals = quick ? 2_000 : 60_000;
        using var folder = new JournalBenchmarkFolder();
        foreach (var (name, bound) in new[] { ("deals durable in SQLite", 10_000.0), ("deals in memory", 30_000.0) })
        {
            IJournal journal = name.EndsWith("SQLite", StringComparison.Ordinal)
                ? await SqliteJournal.OpenAsync(new() { DataFolder = folder.Path }, cancellationToken)
                : new MemoryJournal();
            var (rate, seconds) = await MeasureAsync(journal, deals, verifier: null, log, cancellationToken);
            report(FigureResult.Absolute(name, rate, "deals/s", bound, seconds));
        }

        using var crypto = new DealCrypto();
        var signedDeals = quick ? 500 : 8_000;
        var bare = DealCrypto.MeasureBound(quick ? 200 : 2_000);
        var (signed, signedSeconds) = await MeasureAsync(
            new MemoryJournal(), signedDeals, crypto, log, cancellationToken);
        report(FigureResult.Relative(
            "deals with signed evidence, in memory", signed, "deals/s", bare, 0.60, signedSeconds));
    }

    private static async Task<(double Rate, double Seconds)> MeasureAsync(
        IJournal journal, int deals, DealCrypto? verifier, Action<string> log, CancellationToken cancellationToken)
    {
        using var settled = new SettledCounter(UnsettledMax);
        journal.Observe(settled);
        await using var market = await BenchMarket.StartAsync(
            journal, new FrozenTime(DateTimeOffset.UtcNow), signsReceipts: verifier is not null);
        var warmUp = deals / 4;
        var frames = new DealFrames(new DealScripts(market, signed: verifier is not null), warmUp + deals);
        GC.Collect(); // what is left of the preparation; from here on all garbage is the market's own
        await DealRun.PlayAsync(market, frames, settled, 0, warmUp, verifier);
        await settled.WaitAsync(warmUp, cancellationToken);

        var before = (Allocated: GC.GetTotalAllocatedBytes(), Processor: Environment.CpuUsage.TotalTime);
        var paused = GC.GetTotalPauseDuration();
        var watch = Stopwatch.StartNew();
        await DealRun.PlayAsync(market, frames, settled, warmUp, deals, verifier);
        await settled.WaitAsync(warmUp + deals, cancellationToken);
        var elapsed = watch.Elapsed;
        var processor = Environment.CpuUsage.TotalTime - before.Processor;
        log($"{journal.GetType().Name}: {deals:N0} deals in {elapsed.TotalSeconds:F2} s; a deal takes "
            + $"{processor.TotalMicroseconds / deals:N1} µs of processor time and "
            + $"{(GC.GetTotalAllocatedBytes() - before.Allocated) / deals:N0} bytes; collections paused it for "
            + $"{(GC.GetTotalPauseDuration() - paused) / elapsed:P0} of the time");
        return (deals / elapsed.TotalSeconds, elapsed.TotalSeconds);
    }
}
