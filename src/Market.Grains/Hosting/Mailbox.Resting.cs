namespace Market.Grains.Hosting;

// How a turn ends when nothing is queued: the mailbox goes idle, or unloads its grain and is gone.
internal sealed partial class Mailbox
{
    private TaskCompletionSource? _gone;

    /// <summary>Unloads the grain as soon as it is idle; the task ends when it is gone.</summary>
    public Task LeaveAsync()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = Interlocked.CompareExchange(ref _gone, mine, null) ?? mine;
        if (ReferenceEquals(Volatile.Read(ref _arrivals), Retired))
        {
            gone.TrySetResult();
        }

        Nudge();
        return gone.Task;
    }

    /// <summary>
    /// Goes idle, or unloads. False when more has arrived; when true the mailbox is no longer the turn's.
    /// </summary>
    private bool TryRest()
    {
        var isWantedGone = _unloadWanted || Volatile.Read(ref _gone) is not null || cluster.IsDraining;
        if (isWantedGone || (_activation?.IsIdleForGood ?? _damage is null))
        {
            return TryRetire();
        }

        LastUsed = cluster.CoarseNow;
        if (!ReferenceEquals(Interlocked.CompareExchange(ref _arrivals, null, Busy), Busy))
        {
            return false;
        }

        // Whoever poisons, drains or wants it gone while a turn runs leaves it to the turn, which may have looked too
        // early.
        if (cluster.IsDraining || _activation is { IsPoisoned: true } || Volatile.Read(ref _gone) is not null)
        {
            Nudge();
        }

        return true;
    }

    private bool TryRetire()
    {
        if (_activation is { } activation)
        {
            if (activation.InFlight > 0 && activation.MustWaitFor(0))
            {
                return true;
            }

            if (activation.IsPoisoned)
            {
                return false;
            }

            activation.SnapshotForUnload();
        }

        _unloadWanted = false;
        if (!ReferenceEquals(Interlocked.CompareExchange(ref _arrivals, Retired, Busy), Busy))
        {
            return false;
        }

        cluster.Remove(this);
        Volatile.Read(ref _gone)?.TrySetResult();
        return true;
    }
}
