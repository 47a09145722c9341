using Market.Domain;

namespace Market.Client.Following;

/// <summary>
/// The last negotiations that have ended, and so were let go of: a double of one of their events is known to be one.
/// Bounded,
/// because doubles follow soon after a new subscription or never.
/// </summary>
internal sealed class RecentlyEnded(int countMax)
{
    private readonly Dictionary<NegotiationId, long> _lastSeq = [];
    private readonly Queue<NegotiationId> _order = new();

    /// <summary>Remembers a negotiation with the version that ended it.</summary>
    public void Add(NegotiationId id, long seq)
    {
        if (_order.Count == countMax)
        {
            _lastSeq.Remove(_order.Dequeue());
        }

        _lastSeq[id] = seq;
        _order.Enqueue(id);
    }

    /// <summary>Whether an event is one of a negotiation that has ended.</summary>
    public bool Includes(NegotiationId id, long seq) => _lastSeq.TryGetValue(id, out var last) && seq <= last;
}
