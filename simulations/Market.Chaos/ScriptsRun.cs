using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Market.Testing;

namespace Market.Chaos;

/// <summary>
/// Many random scripts, on all processors; progress on standard error, the result on standard output.
/// </summary>
internal static class ScriptsRun
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    /// <summary>Runs scripts of consecutive seeds until one fails.</summary>
    /// <returns>0 if all held, 1 if one failed, 2 if the run was cancelled.</returns>
    public static int Run(int count, int length, int seed, bool isJson, CancellationToken cancellation)
    {
        Console.Error.WriteLine($"scripts: {count} of {length} steps, seeds from {seed}");
        var clock = Stopwatch.StartNew();
        var progress = new Progress(count, clock);
        var tally = new LedgerTally();
        (int Seed, LedgerModelException Failure)? first = null;
        var gate = new Lock();
        var loop = Parallel.For(0, count, () => new LedgerTally(), RunOne, own =>
        {
            lock (gate)
            {
                tally.Add(own);
            }
        });
        if (first is { } found)
        {
            return Fail(found.Seed, length, found.Failure, isJson);
        }

        if (!loop.IsCompleted)
        {
            Console.Error.WriteLine("scripts: stopped before the end");
            return 2;
        }

        Report(count, length, seed, clock.Elapsed, tally, isJson);
        return 0;

        LedgerTally RunOne(int i, ParallelLoopState loop, LedgerTally own)
        {
            // Seeds go round after the largest: every one is a good one.
            var scriptSeed = unchecked(seed + i);
            try
            {
                own.Add(LedgerModel.Run(LedgerScript.Random(scriptSeed, length)).Tally);
            }
            catch (LedgerModelException failure)
            {
                lock (gate)
                {
                    first ??= (scriptSeed, failure);
                }

                loop.Stop();
            }

            if (cancellation.IsCancellationRequested)
            {
                loop.Stop();
            }

            progress.Step();
            return own;
        }
    }

    private static int Fail(int seed, int length, LedgerModelException failure, bool isJson)
    {
        Console.Error.WriteLine($"scripts: seed {seed} fails ({failure.What}); making it shorter");
        var script = LedgerModel.Shrink(failure.Script);
        var what = LedgerModel.FailureOf(script)?.What ?? failure.What;
        var again = $"Market.Chaos -- scripts --count 1 --length {length} --seed {seed}";
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(new { result = "failed", seed, length, what, script = script.ToString(), again })
            : $"FAILED with seed {seed}: {what}\n\n{script}\n\nAgain by: {again}");
        return 1;
    }

    private static void Report(int count, int length, int seed, TimeSpan took, LedgerTally tally, bool isJson)
    {
        var seconds = Math.Round(took.TotalSeconds, 1);
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(new
            {
                result = "held",
                scripts = count,
                length,
                seed,
                commands = tally.Told,
                discardRate = tally.DiscardRate,
                seconds,
            })
            : string.Create(CultureInfo.InvariantCulture, $"""
                held: {count} scripts of {length} steps, seeds {seed} to {unchecked(seed + count - 1)}, {seconds} s
                {tally}
                """));
    }

    private sealed class Progress(int count, Stopwatch clock)
    {
        private readonly Lock _gate = new();
        private int _done;
        private TimeSpan _next = ProgressEvery;

        public void Step()
        {
            lock (_gate)
            {
                _done++;
                if (clock.Elapsed >= _next)
                {
                    _next = clock.Elapsed + ProgressEvery;
                    Console.Error.WriteLine($"scripts: {_done} of {count}, {clock.Elapsed.TotalSeconds:F0} s");
                }
            }
        }
    }
}
