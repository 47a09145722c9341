using System.Diagnostics;

namespace Market.Chaos.Fuzzing;

/// <summary>What one thread is working on, for the watch-dog to see.</summary>
internal sealed class FuzzSlot
{
    private byte[] _input = [];
    private string _row = "";
    private long _since;

    /// <summary>The slowest input so far.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>An input begins.</summary>
    public void Begin(string row, byte[] input)
    {
        (_row, _input) = (row, input);
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
    }

    /// <summary>It has ended.</summary>
    public void End()
    {
        var took = Stopwatch.GetElapsedTime(Interlocked.Exchange(ref _since, 0));
        if (took > Slowest)
        {
            Slowest = took;
        }
    }

    /// <summary>The input that has been going on for longer than this; null where there is none.</summary>
    public FuzzFailureException? HangsFor(TimeSpan limit) =>
        Volatile.Read(ref _since) is not 0 and var since && Stopwatch.GetElapsedTime(since) > limit
            ? new FuzzFailureException($"it had not ended after {limit.TotalSeconds:F0} s", _row, _input)
            : null;
}
