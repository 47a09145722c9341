using System.Collections.Concurrent;

namespace Market.Simulations.Running;

/// <summary>
/// Foreign strategies of which one act could not be stopped: each takes a processor until the program ends, so these
/// strategies do not act again in this run. Thread-safe.
/// </summary>
internal sealed class StoppedStrategies
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    /// <summary>Adds one.</summary>
    public void Add(string name) => _names.TryAdd(name, true);

    /// <summary>Whether a strategy is one.</summary>
    public bool Contains(string name) => !_names.IsEmpty && _names.ContainsKey(name);
}
