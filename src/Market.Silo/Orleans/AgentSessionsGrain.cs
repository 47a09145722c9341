using Market.Silo.Clustering;
using Orleans;
using Orleans.Runtime;

namespace Market.Silo.Orleans;

/// <summary>
/// Which silos hold an agent's live sessions: one an agent, under a key that no other form of key can look like, since
/// the storage folds keys that look like numbers in hexadecimal. Never the truth: what it says may be a renewal old.
/// </summary>
[Alias("market.sessions")]
internal interface IAgentSessionsGrain : IGrainWithStringKey
{
    /// <summary>A silo says, and says again, how many sessions the agent has there.</summary>
    /// <returns>How many it has on all silos.</returns>
    Task<int> RenewAsync(string silo, int sessions);
}

/// <summary>What is kept: silos by name. Counts and times are said again soon enough.</summary>
[GenerateSerializer, Alias("market.sessions.state")]
internal sealed class AgentSessionsState
{
    [Id(0)]
    public Dictionary<string, int> Silos { get; set; } = [];
}

[GrainType("sessions")]
internal sealed class AgentSessionsGrain(
    [PersistentState("agent-sessions", OrleansSilo.SessionStorage)] IPersistentState<AgentSessionsState> state,
    TimeProvider time) : Grain, IAgentSessionsGrain
{
    private readonly Dictionary<string, long> _saidAt = [];

    public async Task<int> RenewAsync(string silo, int sessions)
    {
        var silos = state.State.Silos;
        var now = _saidAt[silo] = time.GetTimestamp();
        var isNews = silos.GetValueOrDefault(silo) != sessions;
        silos[silo] = sessions;
        foreach (var other in silos.Keys.ToList())
        {
            // One that was read from the storage gets the time of a renewal from now on.
            var isOver = time.GetElapsedTime(_saidAt.TryAdd(other, now) ? now : _saidAt[other], now)
                > 3 * LiveSessions.RenewEvery;
            if (silos[other] == 0 || isOver)
            {
                isNews |= silos.Remove(other) && _saidAt.Remove(other);
            }
        }

        if (isNews)
        {
            await state.WriteStateAsync();
        }

        return silos.Values.Sum();
    }
}
