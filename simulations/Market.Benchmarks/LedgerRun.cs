using System.Diagnostics;
using Market.Domain;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>One book on one thread: decides and applies, in batches whose commands were made before.</summary>
internal sealed class LedgerRun
{
    private const int Batch = 1_000;
    private static readonly LedgerEvent AnothersEntry =
        new TransfersPosted(default, default, TransferReason.Deposited, [], []);

    private readonly bool _chained;
    private Hash256 _head = Hash256.Zero;

    public LedgerRun(int principals, bool withGoods = false, bool chained = false)
    {
        _chained = chained;
        Workload = new LedgerWorkload(principals);
        foreach (var command in withGoods ? Workload.Deposits().Concat(Workload.Mints()) : Workload.Deposits())
        {
            Tell(command);
        }
    }

    public LedgerState State { get; } = new();

    public LedgerWorkload Workload { get; }

    /// <summary>Runs so many commands; the seconds that deciding and applying took.</summary>
    public Cost Measure(long count, Func<int, LedgerCommand[]> make)
    {
        var watch = new Stopwatch();
        var allocated = 0L;
        var batches = new List<double>();
        for (var done = 0L; done < count; done += Batch)
        {
            var commands = make((int)Math.Min(Batch, count - done));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = watch.Elapsed;
            watch.Start();
            foreach (var command in commands)
            {
                Tell(command);
            }

            watch.Stop();
            batches.Add((watch.Elapsed - started).TotalNanoseconds / commands.Length);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        batches.Sort();
        return new Cost(watch.Elapsed.TotalSeconds, count, allocated, batches[batches.Count / 2]);
    }

    private void Tell(LedgerCommand command)
    {
        var now = Workload.Next();
        var decision = LedgerRules.Decide(State, command, now);
        if (decision.IsToRecall)
        {
            // An id looks like an old one: reading that one's entry shows that it is another's.
            decision = LedgerRules.DecideRecalling(State, command, now, _ => AnothersEntry);
        }

        if (decision.Event is not { } @event || decision.Refused is not null)
        {
            throw new InvalidOperationException($"The book refused {command}: {decision}.");
        }

        if (_chained)
        {
            _head = RowHash.Of(
                _head, 1, State.NextEntry.Value, 1, 1, null, default, WireCatalog.EncodeTagged(@event));
        }

        State.Apply(@event);
    }

    /// <summary>What commands cost.</summary>
    /// <param name="Seconds">In all.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Bytes">What they allocated.</param>
    /// <param name="Nanoseconds">
    /// What one costs in the median batch of a thousand: what else the machine does falls on few of them.
    /// </param>
    internal readonly record struct Cost(double Seconds, long Count, long Bytes, double Nanoseconds)
    {
        public double PerSecond => Count / Seconds;

        public double BytesEach => (double)Bytes / Count;
    }
}
