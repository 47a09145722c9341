namespace Market.Silo.Hosting;

/// <summary>
/// Strategies that remember earlier turns, between two turns of their negotiations. Bounded by what they may keep; one
/// that was used longest ago makes room, and is made again from its negotiation's turns when it is needed.
/// </summary>
/// <param name="weightMax">Of all together; a strategy weighs its outcomes, and a little for itself.</param>
internal sealed class LiveStrategies(int weightMax = 4_000_000)
{
    private const int WeightEach = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<HostedNegotiation, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _weight;

    /// <summary>The strategy of a negotiation; null where it is not there any more, or was not yet.</summary>
    public RememberingStrategy? Find(HostedNegotiation negotiation)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(negotiation, out var node) ? node.Value.Strategy : null;
        }
    }

    /// <summary>Keeps the strategy of a negotiation that has just been used.</summary>
    /// <param name="negotiation">The negotiation.</param>
    /// <param name="strategy">Its strategy.</param>
    /// <param name="outcomes">Number of outcomes that it knows.</param>
    public void Keep(HostedNegotiation negotiation, RememberingStrategy strategy, int outcomes)
    {
        lock (_gate)
        {
            Remove(negotiation);
            var entry = new Entry(negotiation, strategy, outcomes + WeightEach);
            _entries.Add(negotiation, _byUse.AddFirst(entry));
            _weight += entry.Weight;
            while (_weight > weightMax && _byUse.Count > 1)
            {
                Remove(_byUse.Last!.Value.Negotiation);
            }
        }
    }

    /// <summary>Lets go of a negotiation's strategy.</summary>
    public void Forget(HostedNegotiation negotiation)
    {
        lock (_gate)
        {
            Remove(negotiation);
        }
    }

    private void Remove(HostedNegotiation negotiation)
    {
        if (_entries.Remove(negotiation, out var node))
        {
            _byUse.Remove(node);
            _weight -= node.Value.Weight;
        }
    }

    private sealed record Entry(HostedNegotiation Negotiation, RememberingStrategy Strategy, int Weight);
}
