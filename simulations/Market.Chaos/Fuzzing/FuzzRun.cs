using System.Diagnostics;
using Market.Domain.Wire;
using Market.Grains;

namespace Market.Chaos.Fuzzing;

/// <summary>Fuzzes one target or all of them; the coverage on standard output, progress on standard error.</summary>
internal static class FuzzRun
{
    private const int Connections = 4;

    /// <summary>Parts of all inputs that a target gets where all are fuzzed, in thousandths.</summary>
    private static readonly Dictionary<FuzzTarget, int> Shares = new()
    {
        [FuzzTarget.Codec] = 250,
        [FuzzTarget.Messages] = 646,
        [FuzzTarget.Session] = 100,
        [FuzzTarget.Handshake] = 2,
        [FuzzTarget.Http] = 2,
    };

    /// <summary>Runs.</summary>
    /// <returns>0 if all held, 1 if something did not, 2 if the run was cancelled.</returns>
    public static async Task<int> RunAsync(
        long inputs, int seed, FuzzTarget? only, bool isJson, CancellationToken cancellation)
    {
        WireCatalog.Register(typeof(MarketGrains).Assembly);
        WireCatalog.Register(typeof(FuzzRun).Assembly);
        var report = new FuzzReport(Console.Out, isJson, seed);
        Console.Error.WriteLine($"fuzz: {inputs} inputs, seed {seed}");
        var target = only ?? FuzzTarget.Codec;
        using var watch = new FuzzWatch(hang =>
        {
            report.Fail(target, hang);
            Environment.Exit(1);
        });
        var clock = Stopwatch.StartNew();
        try
        {
            foreach (var (next, share) in Shares)
            {
                if (only is null || only == next)
                {
                    target = next;
                    var count = only is null ? inputs * share / 1000 : inputs;
                    var own = Stopwatch.StartNew();
                    report.Add(target, await RunAsync(target, count, seed, watch, cancellation), own.Elapsed);
                }
            }
        }
        catch (FuzzFailureException failure)
        {
            report.Fail(target, failure);
            return 1;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Console.Error.WriteLine("fuzz: stopped before the end");
            return 2;
        }

        report.End(clock.Elapsed, watch.Slowest);
        return 0;
    }

    private static async Task<FuzzTally> RunAsync(
        FuzzTarget target, long inputs, int seed, FuzzWatch watch, CancellationToken cancellation)
    {
        switch (target)
        {
            case FuzzTarget.Codec:
                return DecoderFuzz.Run(FuzzDecoders.OfCodec(), inputs, seed, watch, cancellation);
            case FuzzTarget.Messages:
                return DecoderFuzz.Run(FuzzDecoders.OfMessages(), inputs, seed, watch, cancellation);
            case FuzzTarget.Handshake:
                var tally = DecoderFuzz.Run(FuzzDecoders.OfHandshake(), inputs / 2, seed, watch, cancellation);
                tally.Add(await OnMarketAsync(inputs - (inputs / 2), (market, own, s, count) =>
                    new HandshakeFuzz(market, s, own).RunAsync(count, cancellation), seed));
                return tally;
            case FuzzTarget.Session:
                return await OnMarketAsync(inputs, async (market, own, s, count) =>
                {
                    using var session = new SessionFuzz(market, s, own);
                    await session.RunAsync(count, cancellation);
                }, seed);
            default:
                return await OnMarketAsync(inputs, (market, own, s, count) =>
                    new HttpFuzz(market, s, own).RunAsync(count, cancellation), seed);
        }
    }

    /// <summary>Shares inputs out to several connections at a time, each with a seed of its own.</summary>
    private static async Task<FuzzTally> OnMarketAsync(
        long inputs, Func<FuzzMarket, FuzzTally, int, long, Task> run, int seed)
    {
        await using var market = await FuzzMarket.StartAsync();
        var tallies = Enumerable.Range(0, Connections).Select(static _ => new FuzzTally()).ToList();
        await Task.WhenAll(tallies.Select((tally, i) => Task.Run(() => run(
            market, tally, unchecked((seed * 31) + i), (inputs + Connections - 1 - i) / Connections))));
        var total = new FuzzTally();
        tallies.ForEach(total.Add);
        return total;
    }
}
