using System.Diagnostics;

namespace Market.Simulations.Running.Users;

/// <summary>
/// Times the acts of foreign strategies in one negotiation. Two threads meet here: the one that plays, and the one that
/// watches. Whoever moves the state first has decided: the act ended in time, or it did not.
/// </summary>
/// <param name="limit">What one act may take.</param>
internal sealed class ActClock(TimeSpan limit)
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int Overdue = 2;

    private readonly long _limit = (long)(limit.TotalSeconds * Stopwatch.Frequency);
    private long _started;
    private int _seat;
    private int _state;

    /// <summary>The seat whose act took too long.</summary>
    public int OverdueSeat => _seat;

    /// <summary>The playing thread is about to call foreign code.</summary>
    public void Start(int seat)
    {
        _seat = seat;
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        Volatile.Write(ref _state, Running);
    }

    /// <summary>
    /// The foreign code has returned.
    /// </summary>
    /// <exception cref="TimeoutException">Too late: the negotiation is over, and nobody waits for the act.</exception>
    public void Stop()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Running) == Overdue)
        {
            throw new TimeoutException("The act took too long.");
        }
    }

    /// <summary>
    /// The watching thread asks whether the act that runs has taken too long; from then on it is late.
    /// </summary>
    public bool IsOverdue() =>
        Volatile.Read(ref _state) == Running
        && Stopwatch.GetTimestamp() - Volatile.Read(ref _started) > _limit
        && Interlocked.CompareExchange(ref _state, Overdue, Running) == Running;
}
