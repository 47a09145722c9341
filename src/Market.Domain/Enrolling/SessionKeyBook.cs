namespace Market.Domain.Enrolling;

/// <summary>An enrolled session key and what became of it.</summary>
/// <param name="Enrolled">How it was enrolled.</param>
/// <param name="RevokedAt">When it was taken back; null while it was not.</param>
public sealed record SessionKeyEntry(SessionKeyEnrolled Enrolled, LedgerTime? RevokedAt = null)
{
    /// <summary>The key.</summary>
    public SessionKey Key => Enrolled.Key;

    /// <summary>Whether it still signs at a moment.</summary>
    public bool IsLiveAt(LedgerTime now) => RevokedAt is null && now < Key.ExpiresAt;
}

/// <summary>
/// The session keys of all agents. One that has ended is kept: what it signed before is verified with it.
/// </summary>
public sealed class SessionKeyBook
{
    private readonly Dictionary<SessionKeyId, SessionKeyEntry> _keys = [];
    private readonly Dictionary<AgentNumber, List<SessionKeyId>> _byAgent = [];

    /// <summary>A key, or null.</summary>
    public SessionKeyEntry? Find(SessionKeyId key) => _keys.GetValueOrDefault(key);

    /// <summary>An agent's keys, in the order of their enrolment.</summary>
    public IEnumerable<SessionKeyEntry> Of(AgentNumber agent) =>
        _byAgent.TryGetValue(agent, out var keys) ? keys.Select(key => _keys[key]) : [];

    /// <summary>Folds one event in.</summary>
    public void Apply(SessionKeyEnrolled @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var key = @event.Key;
        _keys.Add(key.Id, new SessionKeyEntry(@event));
        if (!_byAgent.TryGetValue(key.Agent, out var keys))
        {
            _byAgent.Add(key.Agent, keys = []);
        }

        keys.Add(key.Id);
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(SessionKeyRevoked @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        _keys[@event.Key] = _keys[@event.Key] with { RevokedAt = @event.At };
    }

    /// <summary>Ends all keys of an agent that are not taken back.</summary>
    public void EndAll(AgentNumber agent, LedgerTime at)
    {
        foreach (var key in Of(agent).Where(static key => key.RevokedAt is null).ToList())
        {
            _keys[key.Key.Id] = key with { RevokedAt = at };
        }
    }
}
