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
        var hash = LedgerMemory.HashOf(kind, id);
        ref readonly var recent = ref _state.Memory.Recent.Find(kind, id, hash);
        if (!Unsafe.IsNullRef(in recent))
        {
            row = recent;
            return true;
        }

        List<EntryNumber>? old = null;
        _state.Memory.Older.Find(hash, ref old);
        if (old is null)
        {
            row = default;
            return false;
        }

        return TryRecall(kind, id, old, out row);
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
