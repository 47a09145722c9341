using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Engines;

/// <summary>
/// A decorator that holds appends back until a test lets them go, and gives chosen ones a chosen fault. Its phase
/// barriers take the place of sleeps.
/// </summary>
public sealed class HeldJournal(IJournal inner) : JournalDecorator(inner)
{
    private readonly Lock _gate = new();
    private readonly Queue<PendingAppend> _held = new();
    private readonly Queue<Fault> _faults = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _barriers = [];
    private TaskCompletionSource? _opensHeld;
    private bool _hold;
    private int _opens;

    /// <summary>How often a stream was opened.</summary>
    public int Opens => Volatile.Read(ref _opens);

    /// <summary>Most appends that were ever held at once.</summary>
    public int HeldMax { get; private set; }

    /// <summary>Changes rows as they are read: a disk that lies.</summary>
    public Func<JournalRow, JournalRow> OnRead { get; set; } = row => row;

    /// <summary>Changes what opening a stream tells.</summary>
    public Func<StreamHead, StreamHead> OnOpen { get; set; } = head => head;

    /// <summary>From now on appends stay here.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _hold = true;
        }
    }

    /// <summary>From now on a stream is opened only when the result is completed.</summary>
    public TaskCompletionSource HoldOpens() => _opensHeld = new TaskCompletionSource();

    /// <summary>The next append that goes on gets this fault.</summary>
    public void FailNext(Fault fault) => _faults.Enqueue(fault);

    /// <summary>Completes when that many appends are held.</summary>
    public Task WhenHeld(int count)
    {
        lock (_gate)
        {
            if (_held.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _barriers.Add((count, reached));
            return reached.Task;
        }
    }

    /// <summary>Whose the oldest held append is.</summary>
    public GrainId OldestHeld
    {
        get
        {
            lock (_gate)
            {
                return _held.Peek().Grain;
            }
        }
    }

    /// <summary>Lets the oldest held append go on.</summary>
    public void ReleaseOne()
    {
        PendingAppend append;
        lock (_gate)
        {
            append = _held.Dequeue();
        }

        Forward(append);
    }

    /// <summary>Lets all held appends go on, and holds no more.</summary>
    public void Release()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_held.Count == 0)
                {
                    _hold = false;
                    return;
                }
            }

            ReleaseOne();
        }
    }

    public override void Append(PendingAppend append)
    {
        lock (_gate)
        {
            if (_hold)
            {
                _held.Enqueue(append);
                HeldMax = Math.Max(HeldMax, _held.Count);
                _barriers.RemoveAll(barrier => _held.Count >= barrier.Count && barrier.Reached.TrySetResult());
                return;
            }
        }

        Forward(append);
    }

    public override async ValueTask<StreamHead> OpenAsync(
        GrainId grain, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _opens);
        if (_opensHeld is { } held)
        {
            await held.Task;
        }

        return OnOpen(await base.OpenAsync(grain, cancellationToken));
    }

    public override async ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken = default) =>
        [.. (await base.ReadStreamAsync(stream, afterVersion, max, cancellationToken)).Select(OnRead)];

    private void Forward(PendingAppend append)
    {
        var fault = Fault.None;
        lock (_gate)
        {
            _faults.TryDequeue(out fault);
        }

        switch (fault)
        {
            case Fault.FailedBefore:
                append.OnCompleted(AppendOutcome.Failed, new IOException("The disk is full."));
                break;
            case Fault.UnknownBefore:
                append.OnCompleted(AppendOutcome.Unknown, new IOException("The write timed out."));
                break;
            case Fault.Throws:
                throw new IOException("The journal is closed.");
            default:
                base.Append(new Forwarded(append, fault));
                break;
        }
    }

    private sealed class Forwarded(PendingAppend original, Fault fault) : PendingAppend(original.Grain, original.Row)
    {
        public override void OnCompleted(AppendOutcome outcome, Exception? error)
        {
            if (fault == Fault.UnknownAfter)
            {
                original.OnCompleted(AppendOutcome.Unknown, new IOException("The write was done and its answer lost."));
            }
            else
            {
                original.OnCompleted(outcome, error);
            }
        }
    }
}

/// <summary>What goes wrong with one append.</summary>
public enum Fault
{
    None,
    FailedBefore,
    UnknownBefore,
    UnknownAfter,
    Throws,
}
