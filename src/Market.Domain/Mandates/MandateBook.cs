using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>
/// The mandates of a book and what deals have taken of them: everything about authority in one place, so that the
/// ledger only asks and tells it. A deal is checked against its mandate and every ancestor, and counts against all of
/// them (INV-11). Rows are never removed; a place is as good as a pointer.
/// </summary>
internal sealed partial class MandateBook
{
    private const int None = OpenHold.None;

    private readonly KeyedTable<MandateId, MandateRow> _rows = new();

    /// <summary>How many mandates were ever granted.</summary>
    public int Count => _rows.Count;

    /// <summary>The mandate at a place below <see cref="Count"/>.</summary>
    public ref readonly MandateRow this[int place] => ref _rows[place];

    /// <summary>Finds a mandate's place.</summary>
    public bool TryFind(MandateId id, out int place) => _rows.TryFind(id, out place);

    /// <summary>
    /// The place of the mandate that an entry names; <see cref="OpenHold.None"/> where it names none.
    /// </summary>
    public int PlaceOf(MandateId? id)
    {
        if (id is not { } some)
        {
            return None;
        }

        LedgerAssert.That(_rows.TryFind(some, out var place), "An entry names a mandate that was never granted.");
        return place;
    }

    /// <summary>Why a mandate that the book does not know cannot be granted; null where it can.</summary>
    public LedgerRefused? CheckGrant(Mandate mandate)
    {
        if (MandateRules.CheckGrant(mandate) is { } malformed)
        {
            return new LedgerRefused(malformed);
        }

        if (mandate.Parent is not { } parentId)
        {
            return null;
        }

        // A parent of another principal is not told apart from none.
        if (!_rows.TryFind(parentId, out var parent) || _rows[parent].Mandate.Principal != mandate.Principal)
        {
            return new LedgerRefused(LedgerRefusal.MandateUnknown);
        }

        return CheckStanding(parent) ?? DelegationRules.Check(mandate, _rows[parent].Mandate);
    }

    /// <summary>Whether a mandate is one of a principal's.</summary>
    public bool IsOf(MandateId mandate, PrincipalNumber principal) =>
        _rows.TryFind(mandate, out var place) && _rows[place].Mandate.Principal == principal;

    /// <summary>
    /// Why one side's mandate does not allow a deal at a moment; null where it does, or where the side acts without
    /// one.
    /// </summary>
    public LedgerRefused? Check(in MandatedDeal deal, LedgerTime now)
    {
        if (deal.Party.Mandate is not { } id)
        {
            return null;
        }

        // A mandate of another principal is not told apart from none.
        if (!_rows.TryFind(id, out var place) || _rows[place].Mandate.Principal != deal.Party.Principal)
        {
            return new LedgerRefused(LedgerRefusal.MandateUnknown);
        }

        if (CheckStanding(place) is { } stopped)
        {
            return stopped;
        }

        if (_rows[place].Mandate.Agent != deal.Party.Agent)
        {
            return new LedgerRefused(LedgerRefusal.MandateOfAnotherAgent);
        }

        for (var at = place; at != None; at = _rows[at].Parent)
        {
            if (MandateRules.Check(_rows[at], deal, now) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    /// <summary>
    /// Why a mandate does not hold, whatever the time: it or an ancestor was stopped; null where none was.
    /// </summary>
    public LedgerRefused? CheckStanding(int place)
    {
        for (var at = place; at != None; at = _rows[at].Parent)
        {
            ref readonly var row = ref _rows[at];
            if (row.Status != MandateStatus.Active)
            {
                return new LedgerRefused(MandateRules.Stopped(row.Status), Entry: row.Changes[^1].Entry);
            }
        }

        return null;
    }

    /// <summary>A mandate holds from an entry on.</summary>
    public void Grant(Mandate mandate, EntryNumber entry) =>
        _ = _rows.Add(new MandateRow { Mandate = mandate, Parent = PlaceOf(mandate.Parent), GrantedBy = entry });

    /// <summary>A mandate is suspended, resumed or revoked by an entry; its revision counts up.</summary>
    public void Change(MandateId id, MandateStatus status, EntryNumber entry)
    {
        ref var row = ref _rows[PlaceOf(id)];
        row.Changes = [.. row.Changes, new MandateChange(status, entry)];
    }
}
