using System.Runtime.CompilerServices;

namespace Market.Domain.Settling;

/// <summary>
/// What a decision knows of the past: what the book remembers exactly, and old entries that were read for it. Where it
/// would have to read others, it notes which; then the decision is to read them and to decide again.
/// </summary>
internal ref struct Past
{
    private readonly LedgerState _state;
    private readonly ValueArray<RecalledEntry> _recalled;
    private List<EntryNumber>? _missing;

    public Past(LedgerState state, ValueArray<RecalledEntry> recalled)
    {
        _state = state;
        _recalled = recalled;
    }

    public readonly LedgerState State => _state;

    /// <summary>The row of an id. False where there is none, or where it is not known yet whether there is.</summary>
    public bool TryFind(RememberedKind kind, in Hash256 id, out RememberedRow row)
    {
        var (older, hash) = Begin(kind, id);
        return TryFindRecent(kind, id, hash, out row) || TryFindOlder(kind, id, older, out row);
    }

    /// <summary>
    /// Begins to look an id up: what lies far away in memory is asked for first and looked at last, so that whatever
    /// is done in between need not wait for it.
    /// </summary>
    public readonly (EntryIndex.Probe Older, ulong Hash) Begin(RememberedKind kind, in Hash256 id)
    {
        var hash = LedgerMemory.HashOf(kind, id);
        return (_state.Memory.Older.Begin(hash), hash);
    }

    /// <summary>The row of an id among the newest.</summary>
    public readonly bool TryFindRecent(RememberedKind kind, in Hash256 id, ulong hash, out RememberedRow row)
    {
        ref readonly var recent = ref _state.Memory.Recent.Find(kind, id, hash);
        var isFound = !Unsafe.IsNullRef(in recent);
        row = isFound ? recent : default;
        return isFound;
    }

    /// <summary>The row of an id among the older ones; false also where entries have to be read first.</summary>
    public bool TryFindOlder(RememberedKind kind, in Hash256 id, in EntryIndex.Probe probe, out RememberedRow row)
    {
        List<EntryNumber>? old = null;
        _state.Memory.Older.Find(probe, ref old);
        if (old is not null)
        {
            return TryRecall(kind, id, old, out row);
        }

        row = default;
        return false;
    }

    /// <summary>An entry that a decision needs whole; null where it has to be read first.</summary>
    public LedgerEvent? Read(EntryNumber number)
    {
        foreach (var recalled in _recalled)
        {
            if (recalled.Number == number)
            {
                return recalled.Event;
            }
        }

        (_missing ??= []).Add(number);
        return null;
    }

    /// <summary>The name of an account that may have been evicted since; null where that must be read first.</summary>
    public AccountName? NameOf(int account)
    {
        if (LedgerQueries.GetAccount(_state, new AccountNumber(account)) is { } name)
        {
            return name;
        }

        if (!TryFind(RememberedKind.Eviction, RememberedRow.IdOf(new AccountNumber(account)), out var row))
        {
            return null;
        }

        foreach (var evicted in ((AccountsEvicted)row.Detail!).Evicted)
        {
            if (evicted.Number.Value == account)
            {
                return evicted.Name;
            }
        }

        return null;
    }

    /// <summary>A decision that was made on all of the past; or, where some was missing, to read that first.</summary>
    public readonly LedgerDecision Complete(LedgerDecision decision)
    {
        if (_missing is null)
        {
            return decision;
        }

        foreach (var recalled in _recalled)
        {
            _missing.Add(recalled.Number);
        }

        return LedgerDecision.RecallsFirst(_missing.Distinct().OrderBy(entry => entry.Value).ToValueArray());
    }

    private bool TryRecall(RememberedKind kind, in Hash256 id, List<EntryNumber> old, out RememberedRow row)
    {
        row = default;
        var isFound = false;
        foreach (var number in old)
        {
            isFound = Read(number) is { } @event
                && RecalledRows.TryMake(kind, id, number, @event, ref this, out row);
            if (isFound)
            {
                break;
            }
        }

        return isFound;
    }
}
