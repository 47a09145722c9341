namespace Market.Client.Following;

/// <summary>A value that one side sets and others wait for. Waiting costs something only where someone waits.</summary>
/// <typeparam name="T">Immutable values.</typeparam>
internal sealed class Watched<T>
    where T : class
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _changed;
    private T? _value;
    private Exception? _end;

    /// <summary>The value; null before the first one.</summary>
    public T? Value
    {
        get
        {
            lock (_gate)
            {
                return _value;
            }
        }
    }

    /// <summary>Sets a value and wakes who waits.</summary>
    public void Set(T value)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            _value = value;
            (waiting, _changed) = (_changed, null);
        }

        waiting?.SetResult();
    }

    /// <summary>No value will follow: who waits for another is told why.</summary>
    public void End(Exception reason)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            _end ??= reason;
            (waiting, _changed) = (_changed, null);
        }

        waiting?.SetResult();
    }

    /// <summary>The first value, from now on, that a condition holds for.</summary>
    public async ValueTask<T> WaitAsync(Func<T, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_value is not null && condition(_value))
                {
                    return _value;
                }

                if (_end is not null)
                {
                    throw new MarketConnectionException($"The client has ended: {_end.Message}", _end)
                    {
                        IsFinal = true,
                    };
                }

                _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
