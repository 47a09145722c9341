using System.Collections.Concurrent;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// The watch-dog: an input that does not come to an end cannot be stopped, so the whole run ends with its bytes. What
/// counts is the processor time that the process has had meanwhile, for on a machine that is busy with other things a
/// thread may wait long for its turn; and, where none is used at all, a time that no machine needs.
/// </summary>
internal sealed class FuzzWatch : IDisposable
{
    private static readonly TimeSpan ProcessorMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ClockMax = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentBag<FuzzSlot> _slots = [];
    private readonly Dictionary<FuzzSlot, (long Since, TimeSpan Processor)> _seen = [];
    private readonly Action<FuzzFailureException> _onHang;
    private readonly Timer _timer;

    /// <summary>Looks at all threads from now on.</summary>
    /// <param name="onHang">Told of an input that hangs.</param>
    public FuzzWatch(Action<FuzzFailureException> onHang)
    {
        _onHang = onHang;
        _timer = new Timer(static watch => ((FuzzWatch)watch!).Look(), this, LookEvery, LookEvery);
    }

    /// <summary>The slowest input of all threads.</summary>
    public TimeSpan Slowest => _slots.IsEmpty ? TimeSpan.Zero : _slots.Max(static slot => slot.Slowest);

    /// <summary>A place for one thread.</summary>
    public FuzzSlot Enter()
    {
        var slot = new FuzzSlot();
        _slots.Add(slot);
        return slot;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // A look may begin before the last one has ended.
        lock (_seen)
        {
            var processor = Environment.CpuUsage.TotalTime;
            foreach (var slot in _slots)
            {
                var since = slot.Since;
                if (since == 0 || !_seen.TryGetValue(slot, out var seen) || seen.Since != since)
                {
                    _seen[slot] = (since, processor);
                }
                else if (processor - seen.Processor > ProcessorMax || FuzzSlot.Elapsed(since) > ClockMax)
                {
                    _onHang(slot.Hanging(since));
                }
            }
        }
    }
}
