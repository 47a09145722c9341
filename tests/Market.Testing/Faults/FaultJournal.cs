using Market.Domain;
using Market.Domain.Auditing;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Testing.Faults;

/// <summary>
/// A journal over another one whose storage fails as a plan says: before or after the write, by stalling, by another
/// writer, or by the end of the process. Every call is numbered, so that a test can stop at each storage boundary in
/// turn. What the journal beneath has stored survives the stop; open it again to recover.
/// </summary>
/// <param name="inner">The journal that stores; disposed of with this.</param>
/// <param name="plan">The faults; none by default.</param>
/// <param name="genesis">
/// What the chain of the ledger's stream starts from; see <see cref="EntryHash.Genesis"/>. Needed only for a conflict
/// at that stream's first row.
/// </param>
public sealed partial class FaultJournal(IJournal inner, FaultPlan? plan = null, Hash256 genesis = default) : IJournal
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StorageOperation, long> _calls = [];
    private readonly Dictionary<StorageFault, int> _injected = [];
    private readonly Dictionary<long, (long Version, Hash256 Hash)> _lastRows = [];
    private readonly Queue<FaultAppend> _stalledAppends = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _barriers = [];
    private FaultPlan _plan = plan ?? FaultPlan.None;
    private TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _callCount;
    private int _stalledCalls;
    private bool _isResuming;
    private volatile bool _isStopped;

    /// <inheritdoc/>
    public long Head => inner.Head;

    /// <inheritdoc/>
    public int PendingCount => inner.PendingCount + StalledCount;

    /// <summary>The faults from now on.</summary>
    public FaultPlan Plan
    {
        get => Volatile.Read(ref _plan);
        set => Volatile.Write(ref _plan, value);
    }

    /// <summary>Storage calls so far: the boundaries at which a run could have been stopped.</summary>
    public long CallCount => Volatile.Read(ref _callCount);

    /// <summary>Whether the process has ended, as far as the storage can see.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Calls that wait for <see cref="Resume"/>.</summary>
    public int StalledCount
    {
        get
        {
            lock (_gate)
            {
                return _stalledAppends.Count + _stalledCalls;
            }
        }
    }

    internal OrderedOutcomes Outcomes { get; } = new();

    /// <summary>How often a fault was injected.</summary>
    public int CountOf(StorageFault fault)
    {
        lock (_gate)
        {
            return _injected.GetValueOrDefault(fault);
        }
    }

    /// <summary>Completes when at least that many calls are stalled.</summary>
    public Task WhenStalled(int count)
    {
        lock (_gate)
        {
            if (_stalledAppends.Count + _stalledCalls >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _barriers.Add((count, reached));
            return reached.Task;
        }
    }

    /// <summary>Lets everything that is stalled go on, in order.</summary>
    public void Resume()
    {
        TaskCompletionSource resumed;
        lock (_gate)
        {
            (resumed, _resumed) =
                (_resumed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _stalledCalls = 0;
            _isResuming = true;
        }

        resumed.SetResult();
        while (TryTakeStalled(out var append))
        {
            Forward(append);
        }
    }

    /// <summary>
    /// Ends the process as the storage sees it: from now on nothing is written, read or acknowledged.
    /// </summary>
    public void Stop()
    {
        _isStopped = true;
        Resume();
    }

    /// <inheritdoc/>
    public void Append(PendingAppend append)
    {
        ArgumentNullException.ThrowIfNull(append);
        FaultAppend faulty;
        lock (_gate)
        {
            faulty = new FaultAppend(this, append, Count(StorageOperation.Append, append.Grain));
            Outcomes.Enter(faulty);
            if (faulty.Fault == StorageFault.Stall || _stalledAppends.Count > 0 || _isResuming)
            {
                _stalledAppends.Enqueue(faulty);
                ReachBarriers();
                return;
            }
        }

        Forward(faulty);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Resume();
        return inner.DisposeAsync();
    }

    internal static StoreOperationException Error(string reason) => new("The injected fault", reason, 0);

    private void Forward(FaultAppend append)
    {
        if (_isStopped)
        {
            append.OnCompleted(AppendOutcome.Unknown, null);
            return;
        }

        switch (append.Fault)
        {
            case StorageFault.FailBefore:
                append.OnCompleted(AppendOutcome.Failed, Error("the storage refused the row"));
                return;
            case StorageFault.UnknownBefore:
                append.OnCompleted(AppendOutcome.Unknown, Error("the row was lost on its way to the storage"));
                return;
            case StorageFault.StopBefore:
                Stop();
                append.OnCompleted(AppendOutcome.Unknown, null);
                return;
            case StorageFault.StopAfter:
                Stop();
                break;
            case StorageFault.Conflict:
                AppendRival(append);
                break;
            default:
                break;
        }

        Remember(append.Row);
        inner.Append(append);
    }

    private void AppendRival(FaultAppend append)
    {
        var row = append.Row;
        var previous = HashOf(row, Hash256.Zero, row.Writer) == row.Hash ? Hash256.Zero : HashBefore(row);
        var writer = row.Writer == long.MaxValue ? 1 : row.Writer + 1;
        inner.Append(new RivalAppend(
            append.Grain, row with { Writer = writer, Hash = HashOf(row, previous, writer) }));
    }

    private Hash256 HashBefore(JournalRow row)
    {
        lock (_gate)
        {
            return _lastRows.TryGetValue(row.Stream, out var last) && last.Version == row.Version - 1
                ? last.Hash
                : genesis;
        }
    }

    private void Remember(JournalRow row)
    {
        lock (_gate)
        {
            _lastRows[row.Stream] = (row.Version, row.Hash);
        }
    }

    private static Hash256 HashOf(JournalRow row, Hash256 previous, long writer) => RowHash.Of(
        previous, row.Stream, row.Version, writer, row.PreviousWriter, row.DueAt, row.Audience, row.Body.Span);

    private bool TryTakeStalled(out FaultAppend append)
    {
        lock (_gate)
        {
            // While some go on, later ones queue up behind them: rows of a stream keep their order.
            return _isResuming = _stalledAppends.TryDequeue(out append!);
        }
    }

    /// <summary>Counts a call and chooses its fault. Under the gate.</summary>
    private StorageFault Count(StorageOperation operation, GrainId? grain)
    {
        if (_isStopped)
        {
            return StorageFault.None;
        }

        var ofOperation = _calls.GetValueOrDefault(operation) + 1;
        _calls[operation] = ofOperation;
        var fault = Plan.Choose(new StorageCall(++_callCount, operation, ofOperation, grain));
        if (operation != StorageOperation.Append && IsOfAppends(fault))
        {
            return StorageFault.None;
        }

        if (fault != StorageFault.None)
        {
            _injected[fault] = _injected.GetValueOrDefault(fault) + 1;
        }

        return fault;
    }

    private static bool IsOfAppends(StorageFault fault) =>
        fault is StorageFault.Conflict or StorageFault.LoseAnnouncement or StorageFault.RepeatAnnouncement;

    private void ReachBarriers()
    {
        var stalled = _stalledAppends.Count + _stalledCalls;
        _barriers.RemoveAll(barrier => stalled >= barrier.Count && barrier.Reached.TrySetResult());
    }
}
