namespace Market.Grains.Hosting;

// How a turn ends when nothing is queued: the mailbox goes idle, or unloads its grain and is gone.
internal sealed partial class Mailbox
{
    /// <summary>
    /// Goes idle, or unloads. False when more has arrived; when true the mailbox is no longer the turn's.
    /// </summary>
    private bool TryRest()
    {
        if (_unloadWanted || cluster.IsDraining || (_activation?.IsIdleForGood ?? _damage is null))
        {
            return TryRetire();
        }

        LastUsed = cluster.CoarseNow;
        if (!ReferenceEquals(Interlocked.CompareExchange(ref _arrivals, null, Busy), Busy))
        {
            return false;
        }

        // Whoever poisons or drains while a turn runs leaves it to the turn, which may have looked too early.
        if (cluster.IsDraining || _activation is { IsPoisoned: true })
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
        return true;
    }
}
