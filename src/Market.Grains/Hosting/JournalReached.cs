using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// Waits until everything here that follows the journal has taken a row that another silo wrote. An answer that came
/// from another silo waits for it, so that what holds in one process holds in many: whoever has an answer finds its
/// effect in every projection.
/// </summary>
public sealed class JournalReached : ICommitObserver
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private long _reached;

    /// <summary>
    /// Follows a journal. Observers are called in the order in which they were added, so this is added last.
    /// </summary>
    /// <param name="journal">The journal.</param>
    public JournalReached(IJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        _reached = journal.Head;
        journal.Observe(this);
    }

    /// <summary>Waits until the row at a position has been taken, and no longer than a time.</summary>
    /// <returns>Whether it has been taken.</returns>
    public async ValueTask<bool> WaitAsync(
        long position, TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        if (position <= Volatile.Read(ref _reached))
        {
            return true;
        }

        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (position <= _reached)
            {
                return true;
            }

            _waiting.Enqueue(waiter, position);
        }

        try
        {
            await waiter.Task.WaitAsync(atMost, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        lock (_gate)
        {
            Volatile.Write(ref _reached, appends[^1].Row.Position);
            while (_waiting.TryPeek(out var waiter, out var position) && position <= _reached)
            {
                _waiting.Dequeue();
                waiter.TrySetResult();
            }
        }
    }
}
