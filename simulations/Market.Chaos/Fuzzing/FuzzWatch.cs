using System.Collections.Concurrent;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// The watch-dog: an input that does not come to an end cannot be stopped, so the whole run ends with its bytes. The
/// limit is far above what any input takes, also on a machine that is busy with other things.
/// </summary>
internal sealed class FuzzWatch : IDisposable
{
    /// <summary>How long an input may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentBag<FuzzSlot> _slots = [];
    private readonly Timer _timer;

    /// <summary>Looks at all threads from now on.</summary>
    /// <param name="onHang">Told of an input that hangs.</param>
    public FuzzWatch(Action<FuzzFailureException> onHang) => _timer = new Timer(
        _ =>
        {
            if (_slots.Select(static slot => slot.HangsFor(Limit)).OfType<FuzzFailureException>().FirstOrDefault()
                is { } found)
            {
                onHang(found);
            }
        },
        null, LookEvery, LookEvery);

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
}
