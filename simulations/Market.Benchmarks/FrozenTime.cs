namespace Market.Benchmarks;

/// <summary>
/// A clock that stands still, so that what the market will answer can be computed before the measurement: the moments
/// of a stream's events are then the clock's plus one tick each.
/// </summary>
internal sealed class FrozenTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
