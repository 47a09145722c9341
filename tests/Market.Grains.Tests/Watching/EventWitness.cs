using Market.Domain.Wire;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Watching;

/// <summary>Counts the durable events of a kind in a journal, and lets a test wait for the n-th.</summary>
/// <typeparam name="TEvent">The kind.</typeparam>
internal sealed class EventWitness<TEvent> : ICommitObserver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private int _count;

    public EventWitness(IJournal journal) => journal.Observe(this);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Completes once there are this many, in any streams.</summary>
    public Task ReachAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((count, reached));
            Announce();
        }

        return reached.Task.WaitAsync(Patience);
    }

    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        lock (_gate)
        {
            foreach (var append in appends)
            {
                _count += WireCatalog.DecodeTagged(append.Row.Body.Span) is TEvent ? 1 : 0;
            }

            Announce();
        }
    }

    private void Announce()
    {
        foreach (var (count, reached) in _waiting)
        {
            if (_count >= count)
            {
                reached.TrySetResult();
            }
        }
    }
}
