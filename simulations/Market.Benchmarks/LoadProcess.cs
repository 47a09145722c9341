using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Market.Benchmarks;

/// <summary>What the load process has seen; it prints this as its last line.</summary>
/// <param name="Count">Requests measured, after the warm-up.</param>
/// <param name="Requests">Requests with those of the warm-up.</param>
/// <param name="Seconds">Seconds measured.</param>
/// <param name="P50Micros">Median latency.</param>
/// <param name="P99Micros">99th percentile of the latency.</param>
internal sealed record LoadResult(long Count, long Requests, double Seconds, double P50Micros, double P99Micros)
{
    /// <summary>Requests a second.</summary>
    public double Rate => Count / Seconds;
}

/// <summary>The process that puts load on a server in another process: this program, started with `load`.</summary>
internal static class LoadProcess
{
    private const string Joined = "joined";

    /// <summary>Starts it and waits for what it has seen.</summary>
    /// <param name="joined">Called when all are connected and registered, right before the load begins.</param>
    public static async Task<LoadResult> RunAsync(
        string mode, Uri uri, int connections, double amount, Action joined, CancellationToken cancellationToken)
    {
        using var process = OwnProcess.Start(
            "load", mode, uri.ToString(), connections.ToString(CultureInfo.InvariantCulture),
            amount.ToString(CultureInfo.InvariantCulture));
        if (await process.StandardOutput.ReadLineAsync(cancellationToken) == Joined)
        {
            joined();
            await process.StandardInput.WriteLineAsync();
        }

        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<LoadResult>(output.Trim().Split('\n')[^1])!
            : throw new InvalidOperationException($"The load process ended with {process.ExitCode}.");
    }

    /// <summary>The load process itself.</summary>
    /// <param name="mode">"echo", "offers" (amount: seconds), "deals" or "signed-deals" (amount: deals).</param>
    /// <param name="uri">The server's WebSocket address.</param>
    /// <param name="connections">Connections; a pair of agents takes two.</param>
    /// <param name="amount">Seconds or deals.</param>
    public static async Task<int> MainAsync(string mode, Uri uri, int connections, double amount)
    {
        var result = mode switch
        {
            "echo" => await EchoAsync(uri, connections, amount),
            "offers" => await WithPairsAsync(uri, connections, pairs => OfferAsync(pairs, amount)),
            "deals" => await WithPairsAsync(uri, connections, pairs => DealAsync(pairs, (int)amount, signed: false)),
            "signed-deals" => await WithPairsAsync(
                uri, connections, pairs => DealAsync(pairs, (int)amount, signed: true)),
            _ => throw new ArgumentException($"There is no load '{mode}'.", nameof(mode)),
        };
        Console.WriteLine(JsonSerializer.Serialize(result));
        return 0;
    }

    private static async Task<LoadResult> EchoAsync(Uri uri, int connections, double seconds)
    {
        var agents = Enumerable.Range(0, connections).Select(_ => new LoadAgent()).ToArray();
        await Task.WhenAll(agents.Select(agent => agent.ConnectAsync(uri)));
        WaitForStart();

        // As many requests are under way as with pairs, of which one side waits while the other acts; and a frame costs
        // the load process as much: it is encoded and decoded.
        var half = agents.Take(connections / 2);
        var result = await MeasureAsync(half.Select<LoadAgent, Func<Func<bool>, Action<long>, Task>>(
            agent => async (goesOn, sink) =>
            {
                while (goesOn())
                {
                    var started = Stopwatch.GetTimestamp();
                    await agent.AskAsync(LoadPair.SampleOffer());
                    sink(Stopwatch.GetTimestamp() - started);
                }
            }), seconds);
        Array.ForEach(agents, agent => agent.Dispose());
        return result;
    }

    private static Task<LoadResult> OfferAsync(LoadPair[] pairs, double seconds) =>
        MeasureAsync(pairs.Select<LoadPair, Func<Func<bool>, Action<long>, Task>>(pair => pair.OfferAsync), seconds);

    private static async Task<LoadResult> DealAsync(LoadPair[] pairs, int deals, bool signed)
    {
        var left = deals;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(pairs.Select(async pair =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await pair.DealAsync(signed);
            }
        }));
        return new LoadResult(deals, deals, watch.Elapsed.TotalSeconds, 0, 0);
    }

    private static async Task<LoadResult> WithPairsAsync(
        Uri uri, int connections, Func<LoadPair[], Task<LoadResult>> run)
    {
        var pairs = Enumerable.Range(0, connections / 2).Select(_ => new LoadPair()).ToArray();
        for (var i = 0; i < pairs.Length; i++)
        {
            await pairs[i].JoinAsync(uri, (Environment.ProcessId * 1000) + i);
        }

        WaitForStart();
        var result = await run(pairs);
        Array.ForEach(pairs, pair => pair.Dispose());
        return result;
    }

    private static async Task<LoadResult> MeasureAsync(
        IEnumerable<Func<Func<bool>, Action<long>, Task>> loops, double seconds)
    {
        var latencies = new List<long>[1024];
        // Long enough for the server's code to be compiled in its final form; as long as the measurement, at most 6 s.
        var warmUpSeconds = Math.Min(seconds, 6);
        long requests = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(loops.Select((loop, i) => Task.Run(() => loop(
            () => watch.Elapsed.TotalSeconds < warmUpSeconds + seconds,
            latency =>
            {
                Interlocked.Increment(ref requests);
                if (watch.Elapsed.TotalSeconds > warmUpSeconds)
                {
                    (latencies[i] ??= []).Add(latency);
                }
            }))));
        var all = latencies.Where(list => list is not null).SelectMany(list => list).Order().ToArray();
        var (p50, p99) = (all[all.Length / 2], all[all.Length * 99 / 100]);
        return new LoadResult(all.Length, requests, seconds, Micros(p50), Micros(p99));
    }

    private static void WaitForStart()
    {
        Console.WriteLine(Joined);
        Console.ReadLine();
    }

    private static double Micros(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
