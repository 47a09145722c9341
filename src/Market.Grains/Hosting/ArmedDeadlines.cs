using System.Runtime.InteropServices;
using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// The armed deadline of every stream that has one: a projection of the journal's rows (the last row of a stream says).
/// A queue by time holds about one entry a stream: an entry whose deadline has moved later is pushed again only when
/// its turn comes, so most acts of a negotiation touch no queue at all.
/// </summary>
/// <param name="journal">The journal it follows.</param>
public sealed class ArmedDeadlines(IJournal journal)
    : JournalProjection(journal, "deadlines", SaveEvery)
{
    /// <summary>Rows between two saves: a start reads at most about this many.</summary>
    private const int SaveEvery = 100_000;

    private readonly Dictionary<long, Armed> _armed = [];
    private readonly PriorityQueue<long, long> _queue = new();

    /// <summary>Streams with a deadline.</summary>
    public int Count
    {
        get
        {
            lock (Gate)
            {
                return _armed.Count;
            }
        }
    }

    /// <summary>
    /// Entries in the queue by time, stale ones included: at most twice <see cref="Count"/>, and a few.
    /// </summary>
    public int QueueLength
    {
        get
        {
            lock (Gate)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>
    /// Called when a deadline is armed that is earlier than all others, outside any grain's turn. Must neither block
    /// nor throw.
    /// </summary>
    public Action? EarliestMoved { get; set; }

    /// <summary>The earliest moment at which a stream may be due; null when nothing is armed.</summary>
    public LedgerTime? Earliest
    {
        get
        {
            lock (Gate)
            {
                return _queue.TryPeek(out _, out var due) ? new LedgerTime(due) : null;
            }
        }
    }

    /// <summary>
    /// Streams that are due, earliest first. Each is due again at <paramref name="again"/>, unless a row changes its
    /// deadline before that.
    /// </summary>
    /// <param name="now">The moment.</param>
    /// <param name="again">When to say so again; after <paramref name="now"/>.</param>
    /// <param name="max">Most streams to return.</param>
    public IReadOnlyList<long> TakeDue(LedgerTime now, LedgerTime again, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(again.Ticks, now.Ticks, nameof(again));
        var due = new List<long>();
        lock (Gate)
        {
            while (due.Count < max && _queue.TryPeek(out var stream, out var queuedFor) && queuedFor <= now.Ticks)
            {
                _queue.Dequeue();
                ref var armed = ref CollectionsMarshal.GetValueRefOrNullRef(_armed, stream);
                if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref armed) || armed.QueuedFor != queuedFor)
                {
                    continue; // disarmed since, or queued again for another moment
                }

                armed.QueuedFor = armed.Due > now.Ticks ? armed.Due : again.Ticks;
                _queue.Enqueue(stream, armed.QueuedFor);
                if (armed.Due <= now.Ticks)
                {
                    due.Add(stream);
                }
            }
        }

        return due;
    }

    /// <inheritdoc/>
    protected override void Apply(JournalRow row)
    {
        if (row.DueAt is not { } due)
        {
            _armed.Remove(row.Stream);
            Compact();
            return;
        }

        ref var armed = ref CollectionsMarshal.GetValueRefOrAddDefault(_armed, row.Stream, out var isKnown);
        armed.Due = due.Ticks;
        if (isKnown && armed.QueuedFor <= due.Ticks)
        {
            return; // its entry comes up no later than the deadline, and is pushed again then
        }

        armed.QueuedFor = due.Ticks;
        var isEarliest = !_queue.TryPeek(out _, out var earliest) || due.Ticks < earliest;
        _queue.Enqueue(row.Stream, due.Ticks);
        Compact();
        if (isEarliest)
        {
            EarliestMoved?.Invoke();
        }
    }

    /// <inheritdoc/>
    protected override byte[] Save()
    {
        var bytes = new byte[_armed.Count * 2 * sizeof(long)];
        var words = MemoryMarshal.Cast<byte, long>(bytes.AsSpan());
        var next = 0;
        foreach (var (stream, armed) in _armed)
        {
            words[next++] = stream;
            words[next++] = armed.Due;
        }

        return bytes;
    }

    /// <inheritdoc/>
    protected override bool TryLoad(ReadOnlySpan<byte> state)
    {
        if (state.Length % (2 * sizeof(long)) != 0)
        {
            return false;
        }

        var words = MemoryMarshal.Cast<byte, long>(state);
        _armed.EnsureCapacity(words.Length / 2);
        for (var i = 0; i < words.Length; i += 2)
        {
            _armed[words[i]] = new Armed { Due = words[i + 1], QueuedFor = words[i + 1] };
        }

        QueueAgain();
        return true;
    }

    private void Compact()
    {
        const int few = 64;
        if (_queue.Count > (2 * _armed.Count) + few)
        {
            QueueAgain();
        }
    }

    private void QueueAgain()
    {
        _queue.Clear();
        _queue.TrimExcess();
        _queue.EnsureCapacity(_armed.Count);
        _queue.EnqueueRange(_armed.Select(pair => (pair.Key, pair.Value.QueuedFor)));
    }

    private struct Armed
    {
        /// <summary>The deadline, in ticks.</summary>
        public long Due;

        /// <summary>
        /// The moment of its one live entry in the queue, never after the deadline unless told already.
        /// </summary>
        public long QueuedFor;
    }
}
