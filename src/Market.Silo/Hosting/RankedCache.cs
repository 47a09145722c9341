using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Silo.Hosting;

/// <summary>
/// Agendas' outcomes as hosted strategies rank them, so that a thousand negotiations over one listing share one
/// ranking. Bounded by the outcomes in all; what was used longest ago makes room.
/// </summary>
/// <param name="outcomesMax">Outcomes kept in all; each takes 20 bytes.</param>
internal sealed class RankedCache(int outcomesMax = 4_000_000)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(HostingId, Agenda), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _outcomes;

    /// <summary>A utility's ranking of an agenda's outcomes; the utility fits the agenda.</summary>
    public RankedOutcomes Get(HostingId hosting, Agenda agenda, HostedUtility utility)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue((hosting, agenda), out var node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Ranked;
            }
        }

        var ranked = new RankedOutcomes(utility.For(agenda));
        Add(new Entry(hosting, agenda, ranked));
        return ranked;
    }

    /// <summary>Lets go of what a hosting ranked.</summary>
    public void Forget(HostingId hosting)
    {
        lock (_gate)
        {
            foreach (var entry in _byUse.Where(entry => entry.Hosting == hosting).ToList())
            {
                Remove(entry);
            }
        }
    }

    private void Add(Entry entry)
    {
        lock (_gate)
        {
            if (_entries.ContainsKey((entry.Hosting, entry.Agenda)))
            {
                return;
            }

            _entries.Add((entry.Hosting, entry.Agenda), _byUse.AddFirst(entry));
            _outcomes += entry.Ranked.Space.Count;
            while (_outcomes > outcomesMax && _byUse.Count > 1)
            {
                Remove(_byUse.Last!.Value);
            }
        }
    }

    private void Remove(Entry entry)
    {
        if (_entries.Remove((entry.Hosting, entry.Agenda), out var node))
        {
            _byUse.Remove(node);
            _outcomes -= node.Value.Ranked.Space.Count;
        }
    }

    private sealed record Entry(HostingId Hosting, Agenda Agenda, RankedOutcomes Ranked);
}
