using System.Diagnostics;
using System.Globalization;

namespace Market.Benchmarks;

/// <summary>What the load process does at the market's door: handshakes, idle connections, paced offers.</summary>
internal static class DoorLoad
{
    private const string Paced = "paced:";
    private const int AtOnce = 32;

    /// <summary>The mode in which offers come at a fixed rate, whatever the answers' speed.</summary>
    /// <param name="rate">Offers a second in all.</param>
    public static string PacedAt(double rate) => Paced + rate.ToString("F0", CultureInfo.InvariantCulture);

    /// <summary>Runs a mode: "handshakes", "idle" or what <see cref="PacedAt"/> names.</summary>
    public static Task<LoadResult> RunAsync(string mode, Uri uri, int connections, double seconds) => mode switch
    {
        "handshakes" => HandshakesAsync(uri, connections, seconds),
        "idle" => IdleAsync(uri, connections),
        _ when mode.StartsWith(Paced, StringComparison.Ordinal) => LoadProcess.WithPairsAsync(
            uri, connections,
            pairs => PaceAsync(pairs, double.Parse(mode[Paced.Length..], CultureInfo.InvariantCulture), seconds)),
        _ => throw new ArgumentException($"There is no load '{mode}'.", nameof(mode)),
    };

    /// <summary>Connects, proves a key and closes, again and again.</summary>
    private static async Task<LoadResult> HandshakesAsync(Uri uri, int connections, double seconds)
    {
        LoadProcess.WaitForStart();
        var latencies = new List<long>[connections];
        long made = 0;
        var warmUpSeconds = seconds / 2;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(async () =>
        {
            var own = latencies[i] = [];
            while (watch.Elapsed.TotalSeconds < warmUpSeconds + seconds)
            {
                using var agent = new LoadAgent();
                var started = Stopwatch.GetTimestamp();
                await agent.ProveAsync(uri);
                if (watch.Elapsed.TotalSeconds > warmUpSeconds)
                {
                    own.Add(Stopwatch.GetTimestamp() - started);
                }

                Interlocked.Increment(ref made);
                await agent.CloseAsync();
            }
        })));
        return LoadProcess.ResultOf(latencies.SelectMany(static list => list), made, seconds);
    }

    /// <summary>Proves a key on each of many connections, says so, and holds them until it is told to go on.</summary>
    private static async Task<LoadResult> IdleAsync(Uri uri, int connections)
    {
        var agents = Enumerable.Range(0, connections).Select(static _ => new LoadAgent()).ToArray();
        foreach (var some in agents.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(agent => agent.ProveAsync(uri)));
        }

        LoadProcess.WaitForStart();
        Array.ForEach(agents, static agent => agent.Dispose());
        return new LoadResult(connections, connections, 1, 0, 0);
    }

    /// <summary>
    /// Makes offers at a fixed rate; each latency counts from the moment in which the offer was due, so that an answer
    /// that comes late is not hidden by the offers that had to wait for it.
    /// </summary>
    private static async Task<LoadResult> PaceAsync(LoadPair[] pairs, double rate, double seconds)
    {
        var latencies = new List<long>[pairs.Length];
        var (warmUpSeconds, step, requests) = (Math.Min(seconds, 6), pairs.Length / rate, 0L);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(pairs.Select((pair, i) => Task.Run(async () =>
        {
            var own = latencies[i] = [];
            for (var due = step * i / pairs.Length; due < warmUpSeconds + seconds; due += step)
            {
                if (due - watch.Elapsed.TotalSeconds is > 0 and var wait)
                {
                    await Task.Delay(TimeSpan.FromSeconds(wait));
                }

                await pair.OfferNextAsync(signed: false);
                Interlocked.Increment(ref requests);
                if (due > warmUpSeconds)
                {
                    own.Add((long)((watch.Elapsed.TotalSeconds - due) * Stopwatch.Frequency));
                }
            }
        })));
        return LoadProcess.ResultOf(latencies.SelectMany(static list => list), requests, seconds);
    }
}
