using System.Diagnostics;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// Negotiated deals a second in process: open, four offers, accept, settle; everything durable before it is answered.
/// The gateway's part that belongs to a deal (decoding, digests; with signatures their verification) is in it, the
/// sockets are not.
/// </summary>
public sealed class DealsBenchmark : IBenchmark
{
    private const int Callers = 512;
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
        await PlayAsync(market, frames, settled, 0, warmUp, verifier);
        await settled.WaitAsync(warmUp, cancellationToken);

        var before = (Allocated: GC.GetTotalAllocatedBytes(), Processor: Environment.CpuUsage.TotalTime);
        var paused = GC.GetTotalPauseDuration();
        var watch = Stopwatch.StartNew();
        await PlayAsync(market, frames, settled, warmUp, deals, verifier);
        await settled.WaitAsync(warmUp + deals, cancellationToken);
        var elapsed = watch.Elapsed;
        var processor = Environment.CpuUsage.TotalTime - before.Processor;
        log($"{journal.GetType().Name}: {deals:N0} deals in {elapsed.TotalSeconds:F2} s; a deal takes "
            + $"{processor.TotalMicroseconds / deals:N1} µs of processor time and "
            + $"{(GC.GetTotalAllocatedBytes() - before.Allocated) / deals:N0} bytes; collections paused it for "
            + $"{(GC.GetTotalPauseDuration() - paused) / elapsed:P0} of the time");
        return (deals / elapsed.TotalSeconds, elapsed.TotalSeconds);
    }

    private static async Task PlayAsync(
        BenchMarket market,
        DealFrames frames,
        SettledCounter settled,
        int first,
        int count,
        DealCrypto? verifier)
    {
        var next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Callers, count)).Select(_ => Task.Run(async () =>
        {
            int deal;
            while ((deal = Interlocked.Increment(ref next)) < first + count)
            {
                await settled.WaitForRoomAsync();
                await PlayAsync(market, frames, deal, verifier);
            }
        })));
    }

    private static async Task PlayAsync(BenchMarket market, DealFrames frames, int deal, DealCrypto? verifier)
    {
        var (open, acts) = frames.Read(deal);
        var grain = GrainId.Of(open.Negotiation);
        Expect(await market.Cluster.AskAsync(grain, open));
        var offerEvidence = open.Evidence;
        while (acts.HasMore)
        {
            var (from, frame, evidence) = acts.Next();
            var act = (NegotiationAct)DealFrames.Decode(frame.Span);
            var verified = act is AcceptOffer accept ? accept.OfferHash : Hash256.Zero;
            if (act is AcceptOffer)
            {
                verifier?.Verify(market, offerEvidence!);
                verifier?.Verify(market, evidence!);
            }

            offerEvidence = evidence;
            Expect(await market.Cluster.AskAsync(
                grain, new PerformAct(from, act, ActDigest.Of(frame.Span), evidence, verified)));
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
