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
/// <param name="P999Micros">99.9th percentile of the latency.</param>
internal sealed record LoadResult(
    long Count, long Requests, double Seconds, double P50Micros, double P99Micros, double P999Micros = 0)
{
    /// <summary>Requests a second.</summary>
    public double Rate => Count / Seconds;
}

/// <summary>The process that puts load on a server in another process: this program, started with `load`.</summary>
internal static class LoadProcess
{
    private const string Joined = "joined";
    private const int JoinedAtOnce = 16;

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
    /// <param name="mode">
    /// "echo", "offers", "signed-offers" or a mode of <see cref="DoorLoad"/> (amount: seconds), "deals" or
    /// "signed-deals" (amount: deals).
    /// </param>
    /// <param name="uri">The server's WebSocket address.</param>
    /// <param name="connections">Connections; a pair of agents takes two.</param>
    /// <param name="amount">Seconds or deals.</param>
    public static async Task<int> MainAsync(string mode, Uri uri, int connections, double amount)
    {
        var result = mode switch
        {
            "echo" => await EchoAsync(uri, connections, amount),
            "offers" => await WithPairsAsync(uri, connections, pairs => OfferAsync(pairs, amount, signed: false)),
            "signed-offers" => await WithPairsAsync(uri, connections, pairs => OfferAsync(pairs, amount, signed: true)),
            "deals" => await WithPairsAsync(uri, connections, pairs => DealAsync(pairs, (int)amount, signed: false)),
            "signed-deals" => await WithPairsAsync(
                uri, connections, pairs => DealAsync(pairs, (int)amount, signed: true)),
            _ => await DoorLoad.RunAsync(mode, uri, connections, amount),
        };
        Console.WriteLine(JsonSerializer.Serialize(result));
        return 0;
    }

    private static async Task<LoadResult> EchoAsync(Uri uri, int connections, double seconds)
    {
        var agents = Enumerable.Range(0, connections).Select(_ => new LoadAgent()).ToArray();
        foreach (var some in agents.Chunk(JoinedAtOnce))
        {
            await Task.WhenAll(some.Select(agent => agent.ConnectAsync(uri)));
        }

        WaitForStart();

        // Each connection has one request under way, as with pairs; and a frame costs the load process as much: it is
        // encoded and decoded.
        var result = await MeasureAsync(agents.Select<LoadAgent, Func<Func<bool>, Action<long>, Task>>(
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

    private static Task<LoadResult> OfferAsync(LoadPair[] pairs, double seconds, bool signed) =>
        MeasureAsync(
            pairs.Select<LoadPair, Func<Func<bool>, Action<long>, Task>>(
                pair => (goesOn, sink) => pair.OfferAsync(goesOn, sink, signed)),
            seconds);

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

    /// <summary>Connects pairs, waits for the start, and lets them run.</summary>
    public static async Task<LoadResult> WithPairsAsync(
        Uri uri, int connections, Func<LoadPair[], Task<LoadResult>> run)
    {
        var pairs = Enumerable.Range(0, connections / 2).Select(_ => new LoadPair()).ToArray();
        foreach (var some in pairs.Index().Chunk(JoinedAtOnce))
        {
            await Task.WhenAll(some.Select(one => one.Item.JoinAsync(uri, $"{Environment.ProcessId}-{one.Index}")));
        }

        WaitForStart();
        var result = await run(pairs);
        Array.ForEach(pairs, pair => pair.Dispose());
        return result;
    }

    private static async Task<LoadResult> MeasureAsync(
        IEnumerable<Func<Func<bool>, Action<long>, Task>> loops, double seconds)
    {
        var all = loops.ToArray();
        var latencies = all.Select(static _ => new List<long>()).ToArray();
        // Long enough for the server's code to be compiled in its final form; as long as the measurement, at most 6 s.
        var warmUpSeconds = Math.Min(seconds, 6);
        long requests = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(all.Select((loop, i) => Task.Run(() => loop(
            () => watch.Elapsed.TotalSeconds < warmUpSeconds + seconds,
            latency =>
            {
                Interlocked.Increment(ref requests);
                if (watch.Elapsed.TotalSeconds > warmUpSeconds)
                {
                    lock (latencies[i]) // a pair has two connections
                    {
                        latencies[i].Add(latency);
                    }
                }
            }))));
        return ResultOf(latencies.SelectMany(static list => list), requests, seconds);
    }

    /// <summary>What some latencies, in ticks of the stopwatch, amount to.</summary>
    public static LoadResult ResultOf(IEnumerable<long> latencies, long requests, double seconds)
    {
        var all = latencies.Order().ToArray();
        return all.Length == 0
            ? throw new InvalidOperationException("No request was answered in time to be measured.")
            : new LoadResult(all.Length, requests, seconds, At(0.5), At(0.99), At(0.999));

        double At(double share) => Micros(all[Math.Min(all.Length - 1, (int)(all.Length * share))]);
    }

    /// <summary>Says that all have joined, and waits until the load is to begin.</summary>
    public static void WaitForStart()
    {
        Console.WriteLine(Joined);
        Console.ReadLine();
    }

    private static double Micros(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
