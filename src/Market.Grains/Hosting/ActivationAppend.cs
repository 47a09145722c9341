using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// An event of an activation on its way to the journal, with everything that waits for it: the reply to the message
/// that caused it, and the replies to later messages that caused no event.
/// </summary>
internal sealed class ActivationAppend(Activation owner, JournalRow row, ReplySink first, CapturedSnapshot? snapshot)
    : PendingAppend(owner.Grain, row)
{
    private static readonly ReplySink Closed = new ClosedMark();

    // Newest first; Closed once the outcome is known.
    private ReplySink? _held = Unlinked(first);

    /// <summary>The state right after this event, to be saved once the event is durable; mostly null.</summary>
    internal CapturedSnapshot? Snapshot { get; } = snapshot;

    /// <summary>Adds a reply that must wait for this append; false when its outcome is known already.</summary>
    internal bool TryHold(ReplySink sink)
    {
        var head = Volatile.Read(ref _held);
        while (!ReferenceEquals(head, Closed))
        {
            sink.Next = head;
            var seen = Interlocked.CompareExchange(ref _held, sink, head);
            if (ReferenceEquals(seen, head))
            {
                return true;
            }

            head = seen;
        }

        return false;
    }

    /// <summary>Takes all that waits, oldest first; null when it was taken before.</summary>
    internal ReplySink? Close()
    {
        var node = Interlocked.Exchange(ref _held, Closed);
        if (ReferenceEquals(node, Closed))
        {
            return null;
        }

        ReplySink? oldestFirst = null;
        while (node is not null)
        {
            var next = node.Next;
            node.Next = oldestFirst;
            oldestFirst = node;
            node = next;
        }

        return oldestFirst;
    }

    /// <inheritdoc/>
    public override void OnCompleted(AppendOutcome outcome, Exception? error) =>
        owner.OnCompleted(this, outcome, error);

    private static ReplySink Unlinked(ReplySink sink)
    {
        sink.Next = null;
        return sink;
    }

    private sealed class ClosedMark : ReplySink
    {
        public override void Complete(object? reply) => throw new InvalidOperationException("A mark takes no reply.");

        public override void Fail(Exception error) => throw new InvalidOperationException("A mark takes no failure.");
    }
}
