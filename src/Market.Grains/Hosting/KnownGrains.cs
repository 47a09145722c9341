using System.Collections.Concurrent;
using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// Grains that are known to exist: a row of theirs is durable, which never becomes untrue. Whoever's first row passes
/// by is known from then on, and need not be looked up when it is first asked. Bounded: the longest known are
/// forgotten.
/// </summary>
/// <param name="max">How many are kept at most.</param>
public sealed class KnownGrains(int max) : ICommitObserver
{
    private readonly Lock _gate = new();
    private ConcurrentDictionary<GrainId, bool> _newer = new();
    private ConcurrentDictionary<GrainId, bool> _older = new();
    private int _count;

    /// <summary>Whether a grain is known to exist; where not, it may exist all the same.</summary>
    public bool Contains(GrainId grain) =>
        Volatile.Read(ref _newer).ContainsKey(grain) || Volatile.Read(ref _older).ContainsKey(grain);

    /// <summary>Remembers one that was seen to exist.</summary>
    public void Add(GrainId grain)
    {
        // Counted here, since the dictionary's own count would take all of its locks.
        if (Volatile.Read(ref _newer).TryAdd(grain, true) && Interlocked.Increment(ref _count) > max / 2)
        {
            ForgetSome();
        }
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        foreach (var append in appends)
        {
            if (append.Row.Version == 1)
            {
                Add(append.Grain);
            }
        }
    }

    private void ForgetSome()
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _count) > max / 2)
            {
                Volatile.Write(ref _older, _newer);
                Volatile.Write(ref _newer, new ConcurrentDictionary<GrainId, bool>());
                Volatile.Write(ref _count, 0);
            }
        }
    }
}
