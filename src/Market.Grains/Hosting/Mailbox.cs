namespace Market.Grains.Hosting;

/// <summary>
/// The queue of one grain, and the turns in which its single activation takes messages from it. No thread belongs to
/// it: a turn is a work item of the thread pool, and there is at most one at a time.
/// </summary>
/// <remarks>
/// One word holds the arrivals (newest first) and the right to run. Null: idle. An envelope: there are arrivals, and a
/// turn is running or scheduled. <see cref="Busy"/>: a turn is running, scheduled or parked, and nothing has arrived
/// since it looked. <see cref="Retired"/>: unloaded for good; the sender makes a new mailbox. Only whoever turns null
/// into something else starts a turn, and only the turn turns it back, so no wake-up is lost and no two turns overlap.
/// A parked turn (waiting for a load, or for appends in flight) leaves the word as it is and goes on when it is woken.
/// </remarks>
internal sealed partial class Mailbox(EmbeddedCluster cluster, GrainId grain) : IThreadPoolWorkItem, IActivationHost
{
    private const int MessagesPerTurn = 128;

    private static readonly Envelope Busy = new();
    private static readonly Envelope Retired = new();

    private Envelope? _arrivals;

    // How many activations were poisoned so far: what came in before is queued behind a lost append, what comes in
    // later is not.
    private int _era;

    // All below belongs to the turn. The backlog is what it took from the arrivals, oldest first.
    private Envelope? _backlog;
    private int _backlogCount;
    private Activation? _activation;
    private StreamDamagedException? _damage;
    private bool _unloadWanted;

    /// <summary>The grain.</summary>
    public GrainId Grain => grain;

    /// <summary>When the last turn ended, on the cluster's coarse clock.</summary>
    public int LastUsed { get; private set; } = cluster.CoarseNow;

    /// <summary>Adds a message, from any thread.</summary>
    /// <param name="envelope">The message.</param>
    /// <param name="messagesMax">Messages that may wait here.</param>
    /// <param name="runsHere">
    /// Whether a turn that this message starts runs at once on the caller's thread: for callers that wait for the
    /// answer anyway, and hold no turn themselves. It saves waking another thread, which costs more than most turns.
    /// </param>
    public PostResult Post(Envelope envelope, int messagesMax, bool runsHere)
    {
        while (true)
        {
            var head = Volatile.Read(ref _arrivals);
            if (ReferenceEquals(head, Retired))
            {
                return PostResult.Retired;
            }

            var depth = head is null ? 1 : head.Depth + 1;
            if (depth + Volatile.Read(ref _backlogCount) > messagesMax)
            {
                return PostResult.Full;
            }

            envelope.Depth = depth;
            envelope.Era = Volatile.Read(ref _era);
            envelope.Next = head;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _arrivals, envelope, head), head))
            {
                if (head is null)
                {
                    Start(runsHere);
                }

                return PostResult.Accepted;
            }
        }
    }

    private void Start(bool here)
    {
        if (here)
        {
            ((IThreadPoolWorkItem)this).Execute();
        }
        else
        {
            Schedule();
        }
    }

    /// <summary>Starts a turn if none is there; it finds out by itself what is to be done.</summary>
    public void Nudge()
    {
        if (Interlocked.CompareExchange(ref _arrivals, Busy, null) is null)
        {
            Schedule();
        }
    }

    /// <summary>Unloads the grain if it is idle.</summary>
    public bool TryUnload()
    {
        if (Interlocked.CompareExchange(ref _arrivals, Busy, null) is not null)
        {
            return false;
        }

        _unloadWanted = true;
        Schedule();
        return true;
    }

    /// <inheritdoc/>
    public void Wake() => Schedule();

    /// <inheritdoc/>
    public void Deliver(object message, ReplySink sink)
    {
        var envelope = (Envelope)sink;
        envelope.Replace(message);
        if (Post(envelope, int.MaxValue, runsHere: false) != PostResult.Accepted)
        {
            envelope.Fail(new InvalidOperationException("A mailbox was left while a message of it was in flight."));
        }
    }

    /// <inheritdoc/>
    public void OnPoisoned()
    {
        cluster.Metrics.AddPoisoned();
        Interlocked.Increment(ref _era);
        cluster.Options.Left?.Invoke(grain);
        Nudge();
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        var left = MessagesPerTurn;
        var parked = RunTurn(ref left);
        cluster.Metrics.AddTurn(MessagesPerTurn - left);
        if (!parked)
        {
            // Others get their turn first.
            Schedule();
        }
    }

    /// <summary>
    /// False when the turn used up its messages; else it is idle, retired or parked and no longer ours.
    /// </summary>
    private bool RunTurn(ref int left)
    {
        while (left > 0)
        {
            if (_activation is { IsPoisoned: true } poisoned && !TryBury(poisoned))
            {
                return true;
            }

            if (_backlog is null && !TakeArrivals())
            {
                if (TryRest())
                {
                    return true;
                }

                continue;
            }

            if (_damage is not null)
            {
                FailQueued(static mailbox => mailbox._damage!);
                continue;
            }

            if (_activation is not { } activation)
            {
                if (!TryLoad())
                {
                    return true;
                }

                continue;
            }

            if (activation.InFlight >= cluster.Options.InFlightMax
                && activation.MustWaitFor(cluster.Options.InFlightMax / 2))
            {
                return true;
            }

            DeliverBacklog(activation, ref left);
        }

        return false;
    }

    private void DeliverBacklog(Activation activation, ref int left)
    {
        // In locals: senders read the line that holds these fields.
        var node = _backlog;
        var count = _backlogCount;
        var inFlightMax = cluster.Options.InFlightMax;
        _unloadWanted = false;
        while (node is not null && left > 0 && activation.InFlight < inFlightMax && !activation.IsPoisoned)
        {
            var envelope = node;
            node = (Envelope?)envelope.Next;
            envelope.Next = null;
            count--;
            left--;
            if (!envelope.IsAbandoned)
            {
                activation.Receive(envelope.Message, envelope);
            }
        }

        _backlog = node;
        Volatile.Write(ref _backlogCount, count);
    }

    private bool TakeArrivals()
    {
        var node = Interlocked.Exchange(ref _arrivals, Busy);
        if (ReferenceEquals(node, Busy))
        {
            return false;
        }

        Envelope? oldestFirst = null;
        var count = 0;
        while (node is not null && !ReferenceEquals(node, Busy))
        {
            var next = (Envelope?)node.Next;
            node.Next = oldestFirst;
            oldestFirst = node;
            node = next;
            count++;
        }

        _backlog = oldestFirst;
        Volatile.Write(ref _backlogCount, count);
        return count > 0;
    }

    /// <summary>
    /// Fails what was queued behind a poisoned activation, and drops it when none of its appends is in flight. What
    /// came in later waits for the next activation. False when the turn is parked.
    /// </summary>
    private bool TryBury(Activation poisoned)
    {
        if (_backlog is null)
        {
            TakeArrivals();
        }

        var era = Volatile.Read(ref _era);
        while (_backlog is { } envelope && envelope.Era != era)
        {
            _backlog = (Envelope?)envelope.Next;
            Volatile.Write(ref _backlogCount, _backlogCount - 1);
            envelope.Next = null;
            envelope.Fail(poisoned.Unknown());
            if (_backlog is null)
            {
                TakeArrivals();
            }
        }

        if (poisoned.MustWaitFor(0))
        {
            return false;
        }

        _activation = null;
        return true;
    }

    private void FailQueued(Func<Mailbox, Exception> error) =>
        ForEachQueued((mailbox, envelope) => envelope.Fail(error(mailbox)));

    private void ForEachQueued(Action<Mailbox, Envelope> act)
    {
        do
        {
            var node = _backlog;
            _backlog = null;
            Volatile.Write(ref _backlogCount, 0);
            while (node is not null)
            {
                var envelope = node;
                node = (Envelope?)envelope.Next;
                envelope.Next = null;
                act(this, envelope);
            }
        }
        while (TakeArrivals());
    }

    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
