using System.Collections.Concurrent;

namespace Market.Grains.Hosting;

/// <summary>
/// Unloads what is idle: by the clock, those that had no message for long; near the limit of activations, the idlest.
/// </summary>
internal sealed class IdleSweep : IDisposable
{
    private const int SweepsPerIdleTime = 8;
    private const int RoomShare = 16;

    private readonly EmbeddedCluster _cluster;
    private readonly ConcurrentDictionary<GrainId, Mailbox> _mailboxes;
    private readonly ITimer _timer;
    private readonly int _idleMilliseconds;
    private readonly int _fullAt;
    private int _makingRoom;

    public IdleSweep(EmbeddedCluster cluster, ConcurrentDictionary<GrainId, Mailbox> mailboxes)
    {
        _cluster = cluster;
        _mailboxes = mailboxes;
        var options = cluster.Options;
        _idleMilliseconds = (int)options.IdleUnloadAfter.TotalMilliseconds;
        _fullAt = options.ActivationsMax - (options.ActivationsMax / RoomShare);
        var period = options.IdleUnloadAfter / SweepsPerIdleTime;
        _timer = options.Time.CreateTimer(static self => ((IdleSweep)self!).Sweep(), this, period, period);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Starts to unload the idlest, in the background, when few places are left.</summary>
    public void MakeRoom(int activations)
    {
        if (activations >= _fullAt && Interlocked.Exchange(ref _makingRoom, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.UnloadIdlest(), this, preferLocal: false);
        }
    }

    private void Sweep()
    {
        var now = _cluster.CoarseNow;
        foreach (var (_, mailbox) in _mailboxes)
        {
            if (IdleTime(mailbox, now) >= _idleMilliseconds)
            {
                mailbox.TryUnload();
            }
        }
    }

    private void UnloadIdlest()
    {
        var now = _cluster.CoarseNow;
        var idleTimes = new List<int>(_cluster.Activations);
        foreach (var (_, mailbox) in _mailboxes)
        {
            idleTimes.Add(IdleTime(mailbox, now));
        }

        // Twice the room that was left, so that this scan is not needed for every new grain.
        var wanted = Math.Max(1, 2 * (_cluster.Options.ActivationsMax / RoomShare));
        idleTimes.Sort();
        var atLeast = idleTimes.Count > wanted ? idleTimes[idleTimes.Count - wanted] : 0;
        foreach (var (_, mailbox) in _mailboxes)
        {
            if (wanted == 0)
            {
                break;
            }

            if (IdleTime(mailbox, now) >= atLeast && mailbox.TryUnload())
            {
                wanted--;
            }
        }

        Volatile.Write(ref _makingRoom, 0);
    }

    private static int IdleTime(Mailbox mailbox, int now) => unchecked(now - mailbox.LastUsed);
}
