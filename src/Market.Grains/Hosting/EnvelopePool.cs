namespace Market.Grains.Hosting;

/// <summary>
/// Envelopes for reuse: a list of each thread's own, and a shared stack of whole batches, since a thread that asks and one
/// that takes answers may be two. Bounded; what does not fit is left to the collector.
/// </summary>
internal static class EnvelopePool
{
    private const int BatchSize = 64;
    private const int BatchesMax = 512;

    private static readonly Lock Gate = new();
    private static readonly Stack<Envelope> Batches = new();

    [ThreadStatic]
    private static Local? local;

    public static Envelope Rent()
    {
        var own = local ??= new Local();
        if (own.Head is null && !TryTakeBatch(own))
        {
            return new Envelope();
        }

        var envelope = own.Head!;
        own.Head = (Envelope?)envelope.Next;
        own.Count--;
        envelope.Next = null;
        return envelope;
    }

    public static void Return(Envelope envelope)
    {
        var own = local ??= new Local();
        if (own.Count == BatchSize)
        {
            // Keep one batch and one to come, so that a thread at the brink does not take and give back in turn.
            GiveBatch(own.Spare);
            own.Spare = own.Head;
            own.Head = null;
            own.Count = 0;
        }

        envelope.Next = own.Head;
        own.Head = envelope;
        own.Count++;
    }

    private static bool TryTakeBatch(Local own)
    {
        var batch = own.Spare;
        own.Spare = null;
        if (batch is null)
        {
            lock (Gate)
            {
                if (!Batches.TryPop(out batch))
                {
                    return false;
                }
            }
        }

        own.Head = batch;
        own.Count = BatchSize;
        return true;
    }

    private static void GiveBatch(Envelope? batch)
    {
        if (batch is null)
        {
            return;
        }

        lock (Gate)
        {
            if (Batches.Count < BatchesMax)
            {
                Batches.Push(batch);
            }
        }
    }

    private sealed class Local
    {
        public Envelope? Head;
        public int Count;
        public Envelope? Spare;
    }
}
