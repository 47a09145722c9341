using System.Diagnostics;
using Market.Grains.Hosting;

namespace Market.Benchmarks;

/// <summary>
/// How many messages a second the embedded cluster carries: asked, decided, answered, and the asker resumed. Reads show the
/// mailbox alone; events add the body, its hash and the append, into a journal that keeps nothing.
/// </summary>
internal sealed class ClusterBenchmark : IBenchmark
{
    private const int AskersTotal = 1_024;
    private const int GrainsTotal = 1_000;
    private const double MessagesPerSecondMin = 1_000_000;

    /// <inheritdoc/>
    public string Name => "cluster";

    /// <inheritdoc/>
    public string Description => "Messages a second to 1,000 grains and to one, in the embedded cluster.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var time = TimeSpan.FromSeconds(quick ? 0.3 : 5);
        log($"{AskersTotal} askers, each with one message under way, {time.TotalSeconds} s a figure after a warm-up.");
        foreach (var (name, message, bound) in new[]
        {
            ("read", ClusterCountGrain.Read, (double?)MessagesPerSecondMin),
            ("event", ClusterCountGrain.Add, null),
        })
        {
            foreach (var grains in new[] { GrainsTotal, 1 })
            {
                var figure = $"cluster {name} {(grains == 1 ? "one grain" : $"{grains} grains")}";
                var run = await MeasureAsync(grains, message, time, cancellationToken);
                report(FigureResult.Absolute(figure, run.PerSecond, "messages/s", bound, run.Seconds));
                report(FigureResult.Absolute($"{figure} allocated", run.BytesPerMessage, "B/message", null, run.Seconds));
            }
        }
    }

    private static async Task<Run> MeasureAsync(
        int grains, object message, TimeSpan time, CancellationToken cancellationToken)
    {
        await using var journal = new ClusterNullJournal();
        await using var cluster = new EmbeddedCluster(
            journal,
            new ClusterCountGrain.Codec(),
            static _ => new ClusterCountGrain(),
            static (_, _, _) => throw new NotSupportedException("Nobody subscribes."),
            new EmbeddedClusterOptions
            {
                Creates = static _ => true,
                OnError = static (what, error) => throw new InvalidOperationException(what, error),
            });
        var ids = new GrainId[grains];
        for (var i = 0; i < grains; i++)
        {
            ids[i] = new GrainId(GrainKind.Negotiation, new Guid(i + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            await cluster.AskAsync(ids[i], ClusterCountGrain.Add, cancellationToken);
        }

        await AskForAsync(cluster, ids, message, time / 4, cancellationToken);
        return await AskForAsync(cluster, ids, message, time, cancellationToken);
    }

    private static async Task<Run> AskForAsync(
        EmbeddedCluster cluster, GrainId[] grains, object message, TimeSpan time, CancellationToken cancellationToken)
    {
        var counts = new long[AskersTotal];
        var allocatedBefore = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        var until = watch.ElapsedTicks + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var askers = new Task[AskersTotal];
        for (var i = 0; i < AskersTotal; i++)
        {
            var asker = i;
            askers[i] = Task.Run(() => AskAsync(asker), cancellationToken);
        }

        await Task.WhenAll(askers);
        var seconds = watch.Elapsed.TotalSeconds;
        var messages = counts.Sum();
        return new Run(messages / seconds, (double)(GC.GetTotalAllocatedBytes() - allocatedBefore) / messages, seconds);

        async Task AskAsync(int asker)
        {
            var count = 0L;
            for (var i = asker; watch.ElapsedTicks < until && !cancellationToken.IsCancellationRequested; i++)
            {
                await cluster.AskAsync(grains[i % grains.Length], message, CancellationToken.None);
                count++;
            }

            counts[asker] = count;
        }
    }

    private sealed record Run(double PerSecond, double BytesPerMessage, double Seconds);
}
