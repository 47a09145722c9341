using System.Diagnostics;

namespace Market.Chaos.Fuzzing;

/// <summary>What one thread is working on, for the watch-dog to see.</summary>
internal sealed class FuzzSlot
{
    private byte[] _input = [];
    private string _row = "";
    private long _since;

    /// <summary>The slowest input so far, by the clock.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>When the input began; 0 where there is none.</summary>
    public long Since => Volatile.Read(ref _since);

    /// <summary>An input begins.</summary>
    public void Begin(string row, byte[] input)
    {
        (_row, _input) = (row, input);
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
    }

    /// <summary>It has ended.</summary>
    public void End()
    {
        var took = Elapsed(Interlocked.Exchange(ref _since, 0));
        if (took > Slowest)
        {
            Slowest = took;
        }
    }

    /// <summary>How long ago an input began.</summary>
    public static TimeSpan Elapsed(long since) => Stopwatch.GetElapsedTime(since);

    /// <summary>The failure of an input that does not end.</summary>
    public FuzzFailureException Hanging(long since) =>
        new($"it had not ended after {Elapsed(since).TotalSeconds:F0} s", _row, _input);
}
