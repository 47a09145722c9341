namespace Market.Domain.Enrolling;

/// <summary>
/// The keys of all agents. One that has ended is kept: what it signed before is verified with it, and nobody else may
/// ever register it.
/// </summary>
public sealed class AgentKeyBook
{
    private readonly Dictionary<Hash256, AgentNumber> _owners = [];
    private readonly Dictionary<AgentNumber, List<EnrolledAgentKey>> _keys = [];
    private readonly SortedSet<(LedgerTime EndsAt, Hash256 Key)> _ending = new(ByTime);

    private static Comparer<(LedgerTime EndsAt, Hash256 Key)> ByTime => Comparer<(LedgerTime EndsAt, Hash256 Key)>
        .Create(static (a, b) => a.EndsAt.CompareTo(b.EndsAt) is not 0 and var order
            ? order
            : string.CompareOrdinal(a.Key.ToString(), b.Key.ToString()));

    /// <summary>When the next overlap is over; null where none runs.</summary>
    public LedgerTime? Due => _ending.Count == 0 ? null : _ending.Min.EndsAt;

    /// <summary>The agent whose key this is, or was; null where it is nobody's.</summary>
    public AgentNumber? OwnerOf(Hash256 thumbprint) =>
        _owners.TryGetValue(thumbprint, out var owner) ? owner : null;

    /// <summary>A key, good or ended; null where it is no agent's.</summary>
    public EnrolledAgentKey? Find(Hash256 thumbprint) =>
        OwnerOf(thumbprint) is { } owner ? _keys[owner].Find(key => key.Thumbprint == thumbprint) : null;

    /// <summary>An agent's keys, in the order in which it got them.</summary>
    public IReadOnlyList<EnrolledAgentKey> Of(AgentNumber agent) => _keys.TryGetValue(agent, out var keys) ? keys : [];

    /// <summary>Whether a key is an agent's and good.</summary>
    public bool IsLive(AgentNumber agent, Hash256 thumbprint) =>
        OwnerOf(thumbprint) == agent && Find(thumbprint)!.IsLive;

    /// <summary>A key whose overlap is over at a moment, and whose; null where there is none.</summary>
    public (AgentNumber Agent, Hash256 Key)? FindOver(LedgerTime now) =>
        _ending.Count > 0 && _ending.Min is var first && first.EndsAt <= now ? (_owners[first.Key], first.Key) : null;

    /// <summary>When the next overlap is over once an event has been folded in; null where none will run.</summary>
    public LedgerTime? DueAfter(object? @event) => @event switch
    {
        AgentKeyEnrolled { Replaced: { } key, ReplacedEndsAt: { } end, At: var at } => Earlier(
            DueWithout(key), end > at ? Earlier(Find(key)!.EndsAt, end) : null),
        AgentKeyRetired { Key: var key } => DueWithout(key),
        AgentKeyRevoked { Key: var key } => DueWithout(key),
        _ => Due,
    };

    /// <summary>The earlier of two moments, either of which may be none.</summary>
    public static LedgerTime? Earlier(LedgerTime? a, LedgerTime? b) =>
        a is null ? b : b is null || a.Value <= b.Value ? a : b;

    /// <summary>An agent has registered with its first key.</summary>
    internal void Apply(AgentRegistered @event) => Add(
        @event.Agent.Number,
        new EnrolledAgentKey(@event.Agent.KeyThumbprint, @event.Agent.PublicKey, @event.At));

    internal void Apply(AgentKeyEnrolled @event)
    {
        Add(@event.Agent, new EnrolledAgentKey(
            Hash256.Of(@event.PublicKey.Span), @event.PublicKey, @event.At));
        if (@event is not { Replaced: { } replaced, ReplacedEndsAt: { } end })
        {
            return;
        }

        if (end <= @event.At)
        {
            End(@event.Agent, replaced, key => key with { EndsAt = end, EndedAt = @event.At });
            return;
        }

        // A key that ends already does not live longer because it is replaced once more.
        var known = Find(replaced)!;
        var earlier = Earlier(known.EndsAt, end);
        End(@event.Agent, replaced, key => key with { EndsAt = earlier });
        _ending.Add((earlier!.Value, replaced));
    }

    internal void Apply(AgentKeyRetired @event) =>
        End(@event.Agent, @event.Key, key => key with { EndedAt = @event.At });

    internal void Apply(AgentKeyRevoked @event) =>
        End(@event.Agent, @event.Key, key => key with { EndedAt = @event.At, Revoked = @event.Reason });

    private void Add(AgentNumber agent, EnrolledAgentKey key)
    {
        _owners.Add(key.Thumbprint, agent);
        if (!_keys.TryGetValue(agent, out var keys))
        {
            _keys.Add(agent, keys = new List<EnrolledAgentKey>(1));
        }

        keys.Add(key);
    }

    private void End(AgentNumber agent, Hash256 thumbprint, Func<EnrolledAgentKey, EnrolledAgentKey> change)
    {
        var keys = _keys[agent];
        var place = keys.FindIndex(key => key.Thumbprint == thumbprint);
        if (keys[place].EndsAt is { } end)
        {
            _ending.Remove((end, thumbprint));
        }

        keys[place] = change(keys[place]);
    }

    private LedgerTime? DueWithout(Hash256 key)
    {
        foreach (var (endsAt, ending) in _ending)
        {
            if (ending != key)
            {
                return endsAt;
            }
        }

        return null;
    }
}
