using System.Collections.Concurrent;

namespace Market.Simulations.Running;

/// <summary>
/// Foreign strategies of which an act was left behind, since it took too long. Each is waited for before it plays
/// again; one that has still not ended then takes a processor for ever, so that strategy plays no more in this run.
/// Thread-safe. </summary>
/// <param name="patience">How long an act is waited for after it was left behind.</param>
internal sealed class StoppedStrategies(TimeSpan patience)
{
    /// <summary>How many time limits an act that was left behind is waited for.</summary>
    public const int LimitsOfPatience = 10;

    private readonly ConcurrentDictionary<string, ManualResetEventSlim> _leftBehind = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _stopped = new(StringComparer.Ordinal);

    /// <summary>Those of a run.</summary>
    public static StoppedStrategies For(TournamentSettings settings) =>
        new(TimeSpan.FromSeconds(settings.TimeLimitSeconds) * LimitsOfPatience);

    /// <summary>Remembers that an act was left behind.</summary>
    /// <param name="strategy">Whose it was.</param>
    /// <param name="ended">Is set when it ends after all.</param>
    public void Add(string strategy, ManualResetEventSlim ended) => _leftBehind[strategy] = ended;

    /// <summary>Whether a strategy plays no more; waits for an act of it that was left behind.</summary>
    public bool Contains(string strategy)
    {
        if (_leftBehind.IsEmpty || !_leftBehind.TryGetValue(strategy, out var ended))
        {
            return false;
        }

        if (_stopped.ContainsKey(strategy))
        {
            return true;
        }

        if (!ended.Wait(patience))
        {
            _stopped.TryAdd(strategy, true);
            return true;
        }

        // Another worker may have left a later act of it behind meanwhile: that one stays.
        _leftBehind.TryRemove(new KeyValuePair<string, ManualResetEventSlim>(strategy, ended));
        return false;
    }
}
