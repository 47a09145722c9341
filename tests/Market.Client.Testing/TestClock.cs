namespace Market.Client.Testing;

/// <summary>
/// The clock of a test server and its clients. It runs as the real one does, so that nothing ever hangs, and jumps
/// ahead when it is told to: what comes due on the way is due at once. Safe for many threads.
/// </summary>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<TestTimer> _timers = [];
    private TimeSpan _ahead;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Ahead
    {
        get
        {
            lock (_gate)
            {
                return _ahead;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;

    /// <inheritdoc/>
    public override long GetTimestamp() => (System.GetElapsedTime(0) + Ahead).Ticks;

    /// <summary>
    /// Jumps ahead. What was due in between is done soon, on other threads: wait for its effect, not for this call.
    /// </summary>
    /// <param name="span">How far; not backwards.</param>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        TestTimer[] timers;
        lock (_gate)
        {
            _ahead += span;
            timers = [.. _timers];
        }

        foreach (var timer in timers)
        {
            timer.Rearm();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>A real timer that knows when it is due by this clock.</summary>
    private sealed class TestTimer : ITimer
    {
        private readonly Lock _gate = new();
        private readonly TestClock _clock;
        private readonly ITimer _timer;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private long? _dueAt;

        public TestTimer(TestClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _timer = System.CreateTimer(
                _ =>
                {
                    Fired();
                    callback(state);
                },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                (_period, _dueAt) = (period, dueTime < TimeSpan.Zero ? null : _clock.GetTimestamp() + dueTime.Ticks);
                Track(_dueAt is not null);
                return _timer.Change(dueTime, period);
            }
        }

        /// <summary>The clock has jumped: less is left to wait.</summary>
        public void Rearm()
        {
            lock (_gate)
            {
                if (_dueAt is { } dueAt)
                {
                    var left = TimeSpan.FromTicks(Math.Max(0, dueAt - _clock.GetTimestamp()));
                    _timer.Change(left, _period);
                }
            }
        }

        public void Dispose()
        {
            Track(isDue: false);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Track(isDue: false);
            return _timer.DisposeAsync();
        }

        private void Fired()
        {
            lock (_gate)
            {
                _dueAt = _period > TimeSpan.Zero ? _clock.GetTimestamp() + _period.Ticks : null;
                Track(_dueAt is not null);
            }
        }

        private void Track(bool isDue)
        {
            lock (_clock._gate)
            {
                _ = isDue ? _clock._timers.Add(this) : _clock._timers.Remove(this);
            }
        }
    }
}
