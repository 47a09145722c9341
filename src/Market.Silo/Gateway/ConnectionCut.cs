namespace Market.Silo.Gateway;

/// <summary>
/// Cuts a connection, at once or after a time, as long as it is there: whoever wants it cut, a timer above all, may come
/// when it has just ended, and what belonged to it is somebody else's by then.
/// </summary>
/// <param name="abort">Cuts it; not called any more once this is disposed of.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionCut(Action abort, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _hasEnded;

    /// <summary>Cuts it now.</summary>
    public void Now()
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                abort();
            }
        }
    }

    /// <summary>Cuts it after a time; only the first call counts.</summary>
    public void After(TimeSpan span)
    {
        lock (_gate)
        {
            if (!_hasEnded)
            {
                _timer ??= time.CreateTimer(
                    static cut => ((ConnectionCut)cut!).Now(), this, span, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>The connection has ended by itself.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _hasEnded = true;
            _timer?.Dispose();
        }
    }
}
