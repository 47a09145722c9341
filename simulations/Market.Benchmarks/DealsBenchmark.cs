using System.Diagnostics;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// Negotiated deals a second in process: open, four offers, accept, settle; everything durable before it is answered.
/// The gateway's part that belongs to a deal (digests; with signatures their verification) is in it, the wire is not.
/// </summary>
public sealed class DealsBenchmark : IBenchmark
{
    private const int Callers = 512;
    private const int Batch = 2_000;

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
        var settled = new SettledCounter();
        journal.Observe(settled);
        await using var market = await BenchMarket.StartAsync(
            journal, new FrozenTime(DateTimeOffset.UtcNow), signsReceipts: verifier is not null);
        var scripts = new DealScripts(market, signed: verifier is not null);
        var (played, elapsed, processor, allocated) = (0, TimeSpan.Zero, TimeSpan.Zero, 0L);
        while (played < deals + Batch)
        {
            // Prepared outside the measurement, a batch at a time, so that what waits to be sent does not fill the
            // heap.
            var prepared = Enumerable.Range(played, Batch).Select(scripts.Make).ToArray();
            var before = (Allocated: GC.GetTotalAllocatedBytes(), Processor: Environment.CpuUsage.TotalTime);
            var watch = Stopwatch.StartNew();
            await PlayAsync(market, prepared, verifier);
            await settled.WaitAsync(played + Batch, cancellationToken);
            if (played > 0)
            {
                // The first batch warms up.
                elapsed += watch.Elapsed;
                processor += Environment.CpuUsage.TotalTime - before.Processor;
                allocated += GC.GetTotalAllocatedBytes() - before.Allocated;
            }

            played += Batch;
        }

        var measured = played - Batch;
        log($"{journal.GetType().Name}: {measured:N0} deals in {elapsed.TotalSeconds:F2} s; a deal takes "
            + $"{processor.TotalMicroseconds / measured:N1} µs of processor time and {allocated / measured:N0} bytes");
        return (measured / elapsed.TotalSeconds, elapsed.TotalSeconds);
    }

    private static async Task PlayAsync(BenchMarket market, ReadOnlyMemory<DealScript> scripts, DealCrypto? verifier)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Callers, scripts.Length)).Select(_ => Task.Run(async () =>
        {
            int place;
            while ((place = Interlocked.Increment(ref next)) < scripts.Length)
            {
                await PlayAsync(market, scripts.Span[place], verifier);
            }
        })));
    }

    private static async Task PlayAsync(BenchMarket market, DealScript script, DealCrypto? verifier)
    {
        var grain = GrainId.Of(script.Open.Negotiation);
        Expect(await market.Cluster.AskAsync(grain, script.Open));
        var lastOffer = script.Acts[^2];
        foreach (var act in script.Acts)
        {
            var verified = act.Act is AcceptOffer accept ? accept.OfferHash : Hash256.Zero;
            if (verifier is not null && act.Act is AcceptOffer)
            {
                verifier.Verify(market, lastOffer);
                verifier.Verify(market, act);
            }

            Expect(await market.Cluster.AskAsync(grain, BenchMarket.CommandOf(act, verified)));
        }
    }

    private static void Expect(object answer)
    {
        if (answer is not ActRecorded)
        {
            throw new InvalidOperationException($"Expected an act to be recorded, got {answer}.");
        }
    }
}
