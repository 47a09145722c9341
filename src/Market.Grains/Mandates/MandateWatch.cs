using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Mandates;

/// <summary>
/// Follows the journal for what mandates allow, and for the open negotiations under them. It answers negotiations that
/// ask whether a binding act would exceed its own side's mandate, and it knows whose mandate was stopped and who has
/// to be told so.
/// <para>How old the copy can be: it takes each row before the row's own caller is answered, so whoever has the answer
/// to a grant, a revocation or a settlement finds it here; it lacks what is decided and not durable yet.</para>
/// </summary>
/// <param name="journal">The journal it follows.</param>
public sealed class MandateWatch(IJournal journal)
    : JournalProjection(journal, "mandates", SaveEvery), IMandateAdvisor
{
    private const int SaveEvery = 100_000;

    private readonly OpenNegotiations _open = new();
    private readonly Queue<long> _toTell = new();
    private readonly Queue<(long Stream, long AgainAt)> _told = new();
    private MandateCopies _copies = new();

    /// <summary>Negotiations under mandates that have neither agreed nor ended.</summary>
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

    /// <summary>Whether any negotiation has to be told, now or again.</summary>
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

    /// <summary>
    /// Called when a negotiation has to be told that a mandate was stopped, outside any grain's turn. Must neither
    /// block nor throw.
    /// </summary>
    public Action? SomebodyToTell { get; set; }

    /// <inheritdoc/>
    public LedgerRefused? Advise(in MandatedDeal deal, LedgerTime now)
    {
        lock (Gate)
        {
            return _copies.Advise(deal, now);
        }
    }

    /// <summary>
    /// The open negotiations to be told that a mandate of theirs was stopped. Each is named again at <paramref
    /// name="again"/> unless it has ended by then.
    /// </summary>
    /// <param name="now">The moment.</param>
    /// <param name="again">When to name it again; after <paramref name="now"/>.</param>
    /// <param name="max">Most negotiations to return.</param>
    public IReadOnlyList<(NegotiationId Negotiation, MandateId Mandate)> TakeStopped(
        LedgerTime now, LedgerTime again, int max)
    {
        var stopped = new List<(NegotiationId, MandateId)>();
        lock (Gate)
        {
            while (stopped.Count < max && TryTake(now, out var stream))
            {
                if (_open.TryFind(stream, out var open) && StoppedOf(open) is { } mandate)
                {
                    stopped.Add((open.Negotiation, mandate));
                    _told.Enqueue((stream, again.Ticks));
                }
            }
        }

        return stopped;
    }

    /// <inheritdoc/>
    protected override void Apply(JournalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var number = MandateRows.NumberOf(row);
        if (MandateRows.IsEnd(number))
        {
            _open.Remove(row.Stream);
        }
        else if (MandateRows.OpenedBy(row, number) is { } open)
        {
            Open(open);
        }
        else if (MandateRows.EntryOf(row, number, _copies.OpenCount > 0) is { } entry)
        {
            _copies.Apply(entry, new EntryNumber(row.Version));
            Stop(entry switch
            {
                MandateRevoked revoked => revoked.Mandate,
                MandateSuspended suspended => suspended.Mandate,
                _ => null,
            });
        }
    }

    /// <inheritdoc/>
    protected override byte[] Save() =>
        WireFormat.Encode(new SavedMandateWatch(_copies.Save(), _open.All.ToValueArray()));

    /// <inheritdoc/>
    protected override bool TryLoad(ReadOnlySpan<byte> state)
    {
        try
        {
            var saved = WireFormat.Decode<SavedMandateWatch>(state);
            _copies = MandateCopies.Load(saved.Copies.Span);
            foreach (var open in saved.Open)
            {
                Open(open);
            }

            return true;
        }
        catch (WireFormatException)
        {
            return false; // another version's form: the journal is read from its start instead
        }
    }

    private void Open(OpenUnderMandate open)
    {
        _open.Add(open);
        if (StoppedOf(open) is not null)
        {
            _toTell.Enqueue(open.Stream);
            SomebodyToTell?.Invoke();
        }
    }

    private void Stop(MandateId? mandate)
    {
        if (mandate is not { } stopped)
        {
            return;
        }

        foreach (var member in _copies.FamilyOf(stopped))
        {
            foreach (var stream in _open.Under(member))
            {
                _toTell.Enqueue(stream);
            }
        }

        SomebodyToTell?.Invoke();
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

    private MandateId? StoppedOf(OpenUnderMandate open) =>
        open.Buyer is { } buyer && _copies.IsStopped(buyer) ? buyer
        : open.Seller is { } seller && _copies.IsStopped(seller) ? seller
        : null;
}
