using System.Collections.Concurrent;
using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// Hosts the grains of one process: a mailbox per activation, turns on the thread pool, everything bounded. A grain is
/// loaded by its first message and unloaded when it has been idle. It never grows a network.
/// </summary>
public sealed partial class EmbeddedCluster : IGrainCluster, IAsyncDisposable
{
    private readonly ConcurrentDictionary<GrainId, Mailbox> _mailboxes = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<AgentNumber, long, CancellationToken, IAsyncEnumerable<JournalRow>> _feed;
    private readonly IJournal _journal;
    private readonly IdleSweep _sweep;
    private readonly Lazy<Task<bool>> _drain;
    private readonly long _started;
    private int _activations;
    private volatile bool _draining;
    private volatile bool _stopped;

    /// <summary>A cluster over a journal, which the caller closes after this.</summary>
    /// <param name="journal">Where the grains' events are.</param>
    /// <param name="codec">The form of the events.</param>
    /// <param name="grainFactory">Makes a fresh grain for an identity; null where the kind is unknown.</param>
    /// <param name="feed">An agent's events after a position.</param>
    /// <param name="options">Limits and sources.</param>
    public EmbeddedCluster(
        IJournal journal,
        IEventCodec codec,
        Func<GrainId, IGrain?> grainFactory,
        Func<AgentNumber, long, CancellationToken, IAsyncEnumerable<JournalRow>> feed,
        EmbeddedClusterOptions? options = null)
    {
        Options = options ?? new EmbeddedClusterOptions();
        _journal = journal;
        _feed = feed;
        _started = Options.Time.GetTimestamp();
        Metrics = new ClusterMetrics(() => Activations);
        Services = new ActivationServices(
            journal, codec, grainFactory, Options.Creates, TellTo, Options.Time, Options.OnError)
        {
            WriterIds = Options.WriterIds,
            SnapshotEvery = Options.SnapshotEvery,
            SnapshotOnUnloadMin = Options.SnapshotOnUnloadMin,
            SnapshotFormat = Options.SnapshotFormat,
            SnapshotWritten = CheckDrained,
        };
        _sweep = new IdleSweep(this, _mailboxes);
        _drain = new Lazy<Task<bool>>(DrainOnceAsync);
    }

    /// <summary>Grains in memory, those that are being loaded included.</summary>
    public int Activations => Volatile.Read(ref _activations);

    /// <summary>Its counts.</summary>
    public ClusterMetrics Metrics { get; }

    /// <summary>Its limits and sources.</summary>
    public EmbeddedClusterOptions Options { get; }

    internal ActivationServices Services { get; }

    internal bool IsDraining => _draining;

    /// <summary>
    /// Milliseconds since the start, for comparing idle times; wraps after 24 days, so compare by difference.
    /// </summary>
    internal int CoarseNow => unchecked((int)(long)Options.Time.GetElapsedTime(_started).TotalMilliseconds);

    /// <inheritdoc/>
    public ValueTask<object> AskAsync(GrainId grain, object message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Options.MessagesAsBytes
            ? AskAsBytesAsync(grain, message, cancellationToken)
            : AskObjectAsync(grain, message, cancellationToken);
    }

    private ValueTask<object> AskObjectAsync(GrainId grain, object message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<object>(cancellationToken);
        }

        if (_draining || _journal.PendingCount >= Options.JournalPendingMax)
        {
            return Overloaded();
        }

        return _mailboxes.ContainsKey(grain) || Services.MayCreate(grain, message)
            ? AskMailbox(grain, message, cancellationToken)
            : AskIfThereAsync(grain, message, cancellationToken);
    }

    /// <inheritdoc/>
    public void Tell(GrainId grain, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var envelope = Envelope.Tell(Options.MessagesAsBytes ? AsBytes(message) : message);
        if (_stopped || !TryPost(grain, envelope, runsHere: false))
        {
            envelope.Discard();
            Metrics.AddTellDropped();
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalRow> SubscribeAsync(
        AgentNumber agent, long afterPosition, CancellationToken cancellationToken) =>
        _feed(agent, afterPosition, cancellationToken);

    /// <summary>
    /// Takes nothing new, completes what was accepted, saves snapshots and unloads every grain. Ends at the time-out
    /// at the latest, and then reports how many grains were not done. A second call gives the first one's result.
    /// </summary>
    /// <returns>Whether all was completed.</returns>
    public Task<bool> DrainAsync() => _drain.Value;

    /// <summary>Drains.</summary>
    public async ValueTask DisposeAsync()
    {
        await DrainAsync().ConfigureAwait(false);
        Metrics.Dispose();
    }

    /// <summary>Forgets a mailbox that has retired; whoever finds one first does so.</summary>
    internal void Remove(Mailbox mailbox)
    {
        if (_mailboxes.TryRemove(new KeyValuePair<GrainId, Mailbox>(mailbox.Grain, mailbox)))
        {
            Interlocked.Decrement(ref _activations);
            CheckDrained();
            Options.Left?.Invoke(mailbox.Grain);
        }
    }

    private ValueTask<object> AskMailbox(GrainId grain, object message, CancellationToken cancellationToken)
    {
        var envelope = Envelope.Ask(message, cancellationToken);
        var answer = envelope.Answer;
        if (TryPost(grain, envelope, runsHere: true))
        {
            return answer;
        }

        envelope.Discard();
        return Overloaded();
    }

    /// <summary>
    /// Asks a grain that is not in memory, unless it has no row: then nothing is loaded, so that whoever makes ids up
    /// takes no room from others.
    /// </summary>
    private async ValueTask<object> AskIfThereAsync(
        GrainId grain, object message, CancellationToken cancellationToken)
    {
        var isThere = await HasRowAsync(grain, cancellationToken).ConfigureAwait(false);

        // One that is coming into being just now has a mailbox already, and its first row may not be durable yet.
        return isThere || _mailboxes.ContainsKey(grain)
            ? await AskMailbox(grain, message, cancellationToken).ConfigureAwait(false)
            : GrainNotFound.Instance;
    }

    private async Task<bool> DrainOnceAsync()
    {
        _draining = true;
        _sweep.Dispose();
        foreach (var mailbox in _mailboxes)
        {
            mailbox.Value.Nudge();
        }

        CheckDrained();
        try
        {
            await _drained.Task.WaitAsync(Options.DrainTimeout, Options.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Services.Report($"The drain ended with {Activations} grains not done.", null);
            return false;
        }
        finally
        {
            _stopped = true;
        }

        return true;
    }

    private void TellTo(Tell tell)
    {
        if (Options.Tells is { } elsewhere)
        {
            elsewhere(tell);
        }
        else
        {
            Tell(tell.To, tell.Message);
        }
    }

    private void CheckDrained()
    {
        if (_draining && Activations == 0 && Services.SnapshotsPending == 0)
        {
            _drained.TrySetResult();
        }
    }

    private bool TryPost(GrainId grain, Envelope envelope, bool runsHere)
    {
        while (FindOrAdd(grain) is { } mailbox)
        {
            switch (mailbox.Post(envelope, Options.MailboxMax, runsHere))
            {
                case PostResult.Accepted:
                    return true;
                case PostResult.Full:
                    return false;
                default:
                    Remove(mailbox);
                    break;
            }
        }

        return false;
    }

    private Mailbox? FindOrAdd(GrainId grain)
    {
        while (true)
        {
            if (_mailboxes.TryGetValue(grain, out var mailbox))
            {
                return mailbox;
            }

            var activations = Interlocked.Increment(ref _activations);
            _sweep.MakeRoom(activations);
            if (activations <= Options.ActivationsMax)
            {
                mailbox = new Mailbox(this, grain);
                if (_mailboxes.TryAdd(grain, mailbox))
                {
                    Metrics.AddActivated();
                    return mailbox;
                }
            }

            Interlocked.Decrement(ref _activations);
            CheckDrained();
            if (activations > Options.ActivationsMax)
            {
                return null;
            }
        }
    }

    private ValueTask<object> Overloaded()
    {
        Metrics.AddOverload();
        return ValueTask.FromException<object>(new GrainOverloadedException(Options.RetryAfter));
    }
}
