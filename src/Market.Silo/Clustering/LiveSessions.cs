using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Silo.Clustering;

/// <summary>
/// Counts each agent's connections to this silo, and has the cluster add up those to all silos, so that the limit of
/// one agent holds however many silos there are. The registry is no truth: a silo that ends without a word is forgotten
/// after a few renewals, and where the registry cannot be asked the silo's own limit holds alone.
/// </summary>
internal sealed class LiveSessions : IDisposable
{
    /// <summary>How often a silo says again what it has; the registry forgets a silo after three times that.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(1);

    private readonly Func<AgentNumber, int, Task<int>> _count;
    private readonly int _sessionsMax;
    private readonly Dictionary<AgentNumber, int> _here = [];
    private readonly Lock _gate = new();
    private readonly ITimer _timer;

    /// <summary>Begins to count.</summary>
    /// <param name="count">
    /// Tells the registry how many sessions an agent has here; its answer is how many it has everywhere.
    /// </param>
    /// <param name="sessionsMax">Most sessions of one agent.</param>
    /// <param name="time">The clock of the renewals.</param>
    public LiveSessions(Func<AgentNumber, int, Task<int>> count, int sessionsMax, TimeProvider time)
    {
        (_count, _sessionsMax) = (count, sessionsMax);
        _timer = time.CreateTimer(static self => ((LiveSessions)self!).Renew(), this, RenewEvery, RenewEvery);
    }

    /// <summary>A session begins; disposing of the result ends it.</summary>
    /// <param name="agent">Whose it is.</param>
    /// <param name="onTooMany">Called, later, where the agent has more sessions than it may.</param>
    public IDisposable Open(AgentNumber agent, Action onTooMany)
    {
        _ = SayAsync(agent, Add(agent, 1), onTooMany);
        return new Session(this, agent);
    }

    /// <summary>Says nothing any more.</summary>
    public void Dispose() => _timer.Dispose();

    private int Add(AgentNumber agent, int change)
    {
        lock (_gate)
        {
            var count = _here.GetValueOrDefault(agent) + change;
            if (count == 0)
            {
                _here.Remove(agent);
            }
            else
            {
                _here[agent] = count;
            }

            return count;
        }
    }

    private void Renew()
    {
        KeyValuePair<AgentNumber, int>[] all;
        lock (_gate)
        {
            all = [.. _here];
        }

        foreach (var (agent, count) in all)
        {
            _ = SayAsync(agent, count, null);
        }
    }

    private async Task SayAsync(AgentNumber agent, int count, Action? onTooMany)
    {
        try
        {
            if (await _count(agent, count).ConfigureAwait(false) > _sessionsMax)
            {
                onTooMany?.Invoke();
            }
        }
        catch (SiloUnreachableException)
        {
            // The next renewal says it again; until then each silo's own limit holds.
        }
    }

    private sealed class Session(LiveSessions sessions, AgentNumber agent) : IDisposable
    {
        private int _hasEnded;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _hasEnded, 1) == 0)
            {
                _ = sessions.SayAsync(agent, sessions.Add(agent, -1), null);
            }
        }
    }
}
