using Market.Domain;
using Market.Domain.Negotiating;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Watching;

/// <summary>
/// Follows the journal for open negotiations and for what they depend on, and knows whom to tell when that ends. It
/// decides nothing: a negotiation that is told decides itself, and one that is told twice does nothing the second time.
/// </summary>
/// <typeparam name="TKey">What negotiations depend on.</typeparam>
/// <param name="journal">The journal it follows.</param>
/// <param name="name">The name under which it is saved.</param>
public abstract class NegotiationWatch<TKey>(IJournal journal, string name)
    : JournalProjection(journal, name, SaveEvery), INegotiationWatch
    where TKey : struct, IEquatable<TKey>
{
    private const int SaveEvery = 100_000;

    private readonly OpenNegotiations<TKey> _open = new();
    private readonly Queue<long> _toTell = new();
    private readonly Queue<(long Stream, long AgainAt)> _told = new();

    /// <summary>The open negotiations that it follows.</summary>
    public int OpenCount
    {
        get
        {
            lock (Gate)
            {
                return _open.All.Count;
            }
        }
    }

    /// <inheritdoc/>
    public bool IsAnyoneToTell
    {
        get
        {
            lock (Gate)
            {
                return _toTell.Count + _told.Count > 0;
            }
        }
    }

    /// <inheritdoc/>
    public Action? SomebodyToTell { get; set; }

    /// <summary>The open negotiations, to be saved.</summary>
    protected ValueArray<OpenNegotiation<TKey>> Open => _open.All.ToValueArray();

    /// <inheritdoc/>
    public IReadOnlyList<(NegotiationId Negotiation, NegotiationCommand Word)> Take(
        LedgerTime now, LedgerTime again, int max)
    {
        var taken = new List<(NegotiationId, NegotiationCommand)>();
        lock (Gate)
        {
            while (taken.Count < max && TryTake(now, out var stream))
            {
                if (_open.TryFind(stream, out var open) && EndedOf(open) is { } ended)
                {
                    taken.Add((open.Negotiation, WordOf(ended)));
                    _told.Enqueue((stream, again.Ticks));
                }
            }
        }

        return taken;
    }

    /// <inheritdoc/>
    protected sealed override void Apply(JournalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var number = NegotiationRows.NumberOf(row);
        if (NegotiationRows.IsEnd(number))
        {
            _open.Remove(row.Stream);
        }
        else if (!NegotiationRows.IsOpening(number))
        {
            TakeEntry(row, number);
        }
        else if (OpenedBy(row) is { } open)
        {
            Add(open);
        }
    }

    /// <summary>The negotiation that a row opens; null where it depends on nothing.</summary>
    protected abstract OpenNegotiation<TKey>? OpenedBy(JournalRow row);

    /// <summary>Takes a row that is no beginning and no end of a negotiation, and calls <see cref="End"/>.</summary>
    protected abstract void TakeEntry(JournalRow row, int number);

    /// <summary>Whether something that negotiations depend on has ended.</summary>
    protected abstract bool HasEnded(TKey key);

    /// <summary>What to tell a negotiation that depends on what has ended.</summary>
    protected abstract NegotiationCommand WordOf(TKey ended);

    /// <summary>Follows a negotiation; one that depends on what has ended already is to be told.</summary>
    protected void Add(OpenNegotiation<TKey> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        _open.Add(open);
        if (EndedOf(open) is not null)
        {
            _toTell.Enqueue(open.Stream);
            SomebodyToTell?.Invoke();
        }
    }

    /// <summary>Something has ended: who depends on it is to be told.</summary>
    protected void End(TKey key)
    {
        var dependent = _open.DependentOn(key);
        foreach (var stream in dependent)
        {
            _toTell.Enqueue(stream);
        }

        if (dependent.Count > 0)
        {
            SomebodyToTell?.Invoke();
        }
    }

    private bool TryTake(LedgerTime now, out long stream)
    {
        if (_toTell.TryDequeue(out stream))
        {
            return true;
        }

        if (_told.TryPeek(out var told) && told.AgainAt <= now.Ticks)
        {
            stream = _told.Dequeue().Stream;
            return true;
        }

        return false;
    }

    private TKey? EndedOf(OpenNegotiation<TKey> open) =>
        open.First is { } first && HasEnded(first) ? first
        : open.Second is { } second && HasEnded(second) ? second
        : null;
}
