using System.Diagnostics;
using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// How many messages a second the embedded cluster carries: asked, decided, answered, and the asker resumed. Reads show the
/// mailbox alone; events add the body, its hash and the append, into a journal that keeps nothing and into the memory
/// journal, beside the row hashes that the processors make when they do nothing else.
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
        foreach (var grains in new[] { GrainsTotal, 1 })
        {
            var figure = $"cluster {Named(grains)}";
            var run = await MeasureAsync(new ClusterNullJournal(), grains, ClusterCountGrain.Read, time, cancellationToken);
            report(FigureResult.Absolute(figure, run.PerSecond, "messages/s", MessagesPerSecondMin, run.Seconds));
            report(FigureResult.Absolute($"{figure} allocated", run.BytesPerMessage, "B/message", null, run.Seconds));
        }

        foreach (var grains in new[] { GrainsTotal, 1 })
        {
            // One grain's rows are hashed one after the other; those of many, on all processors.
            var raw = await HashAloneAsync(grains == 1 ? 1 : Environment.ProcessorCount, time / 4);
            var figure = $"cluster events {Named(grains)}";
            var run = await MeasureAsync(new ClusterNullJournal(), grains, ClusterCountGrain.Add, time, cancellationToken);
            report(FigureResult.Relative(figure, run.PerSecond, "events/s", raw, null, run.Seconds));
            report(FigureResult.Absolute($"{figure} allocated", run.BytesPerMessage, "B/event", null, run.Seconds));
            run = await MeasureAsync(new MemoryJournal(), grains, ClusterCountGrain.Add, time / 4, cancellationToken);
            report(FigureResult.Relative($"{figure} in memory", run.PerSecond, "events/s", raw, null, run.Seconds));
        }
    }

    private static string Named(int grains) => grains == 1 ? "one grain" : $"{grains} grains";

    /// <summary>Row hashes a second and nothing else: what bounds a cluster whose journal costs nothing.</summary>
    private static async Task<double> HashAloneAsync(int threads, TimeSpan time)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() =>
        {
            var body = new byte[ClusterCountGrain.Codec.BodyLength];
            var watch = Stopwatch.StartNew();
            var count = 0L;
            for (; watch.Elapsed < time; count++)
            {
                RowHash.Of(Hash256.Zero, 1, count, 1, 1, null, default, body);
            }

            return count / watch.Elapsed.TotalSeconds;
        })));
        return counts.Sum();
    }

    private static async Task<Run> MeasureAsync(
        IJournal journal, int grains, object message, TimeSpan time, CancellationToken cancellationToken)
    {
        await using var closed = journal;
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
