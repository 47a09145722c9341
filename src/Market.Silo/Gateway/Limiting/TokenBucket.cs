namespace Market.Silo.Gateway.Limiting;

/// <summary>
/// A rate with a burst: so many at once after a pause, and then one an interval. One number says it all: when the
/// bucket will be full again (the "theoretical arrival time" of the generic cell rate algorithm, ITU-T I.371), so
/// taking needs neither a lock nor an allocation. Time comes from outside.
/// </summary>
/// <param name="perSecond">Tokens that come in a second: 1 to 10,000,000.</param>
/// <param name="burst">Tokens in a full bucket; at least 1.</param>
internal sealed class TokenBucket(int perSecond, int burst)
{
    private readonly long _interval = TimeSpan.TicksPerSecond / perSecond;
    private long _fullAt;

    /// <summary>Takes one token.</summary>
    /// <param name="now">The moment, in ticks of 100 ns from any fixed start.</param>
    /// <returns>0 where it was taken; else the ticks after which there will be one.</returns>
    public long TryTake(long now)
    {
        while (true)
        {
            var fullAt = Volatile.Read(ref _fullAt);
            var next = Math.Max(fullAt, now) + _interval;
            var wait = next - now - (burst * _interval);
            if (wait > 0)
            {
                return wait;
            }

            if (Interlocked.CompareExchange(ref _fullAt, next, fullAt) == fullAt)
            {
                return 0;
            }
        }
    }

    /// <summary>Whether it is full, so that a new one would do as well.</summary>
    public bool IsFull(long now) => Volatile.Read(ref _fullAt) <= now;
}
