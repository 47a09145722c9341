using System.Collections.Concurrent;

namespace Market.Testing;

/// <summary>
/// Counters of interesting situations, registered by name: a run that never reached one proves less than it seems
/// to, and fails. Safe for many threads.
/// </summary>
/// <param name="situations">The situations that have to be reached, in words.</param>
public sealed class Sometimes(params IEnumerable<string> situations)
{
    private readonly ConcurrentDictionary<string, long> _counts =
        new(situations.Select(situation => KeyValuePair.Create(situation, 0L)));

    /// <summary>How often each situation was reached.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Counts a situation.</summary>
    /// <exception cref="ArgumentException">The situation was not registered.</exception>
    public void Reached(string situation)
    {
        if (!_counts.ContainsKey(situation))
        {
            throw new ArgumentException($"\"{situation}\" is not registered.", nameof(situation));
        }

        _ = _counts.AddOrUpdate(situation, 1, static (_, count) => count + 1);
    }

    /// <summary>Counts a situation if it is one.</summary>
    public void Reached(string situation, bool isReached)
    {
        if (isReached)
        {
            Reached(situation);
        }
    }

    /// <summary>Fails if a situation was never reached.</summary>
    /// <exception cref="NeverReachedException">Names every one of them.</exception>
    public void RequireAll()
    {
        var missing = _counts.Where(count => count.Value == 0).Select(count => count.Key).Order().ToList();
        if (missing.Count > 0)
        {
            throw new NeverReachedException(missing);
        }
    }
}

/// <summary>Situations that a run was meant to reach were never reached.</summary>
/// <param name="situations">Their names.</param>
public sealed class NeverReachedException(IReadOnlyList<string> situations)
    : Exception($"Never reached: {string.Join("; ", situations)}.")
{
    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Situations { get; } = situations;
}
