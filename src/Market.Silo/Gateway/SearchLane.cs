namespace Market.Silo.Gateway;

/// <summary>
/// Where searches run: a few at a time, and the agents that wait take turns. A search takes a processor for up to
/// milliseconds, so one agent's many would otherwise stand in front of everybody's offers.
/// </summary>
/// <param name="places">Searches that run at once, at least 1.</param>
internal sealed class SearchLane(int places)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Queue<TaskCompletionSource>> _waiting = [];
    private readonly Queue<long> _turns = new();
    private int _running;

    /// <summary>Half of the processors, so that the other half is left for offers and deals.</summary>
    public static SearchLane ForThisMachine() => new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Runs a search on the thread pool when it is the owner's turn.</summary>
    /// <param name="owner">Number of the agent who asks.</param>
    /// <param name="search">What is run.</param>
    public async Task<T> RunAsync<T>(long owner, Func<ValueTask<T>> search)
    {
        await EnterAsync(owner).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => search().AsTask()).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private Task EnterAsync(long owner)
    {
        lock (_gate)
        {
            if (_running < places)
            {
                _running++;
                return Task.CompletedTask;
            }

            if (!_waiting.TryGetValue(owner, out var line))
            {
                _waiting.Add(owner, line = new Queue<TaskCompletionSource>());
                _turns.Enqueue(owner);
            }

            var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            line.Enqueue(place);
            return place.Task;
        }
    }

    /// <summary>Hands the place to whose turn it is, or gives it back.</summary>
    private void Leave()
    {
        TaskCompletionSource next;
        lock (_gate)
        {
            if (!_turns.TryDequeue(out var owner))
            {
                _running--;
                return;
            }

            var line = _waiting[owner];
            next = line.Dequeue();
            if (line.Count > 0)
            {
                _turns.Enqueue(owner);
            }
            else
            {
                _waiting.Remove(owner);
            }
        }

        next.SetResult();
    }
}
