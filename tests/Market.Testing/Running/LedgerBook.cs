using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>A ledger with its journal and its clock, as a grain would keep them, in memory.</summary>
/// <param name="entriesMax">How many ids its state remembers without reading the journal.</param>
public sealed class LedgerBook(int entriesMax = LedgerLimits.EntriesMax)
{
    private readonly List<LedgerEvent> _journal = [];
    private LedgerTime _clock = TestIds.Start;

    /// <summary>The state, folded from the journal.</summary>
    public LedgerState State { get; } = new(entriesMax);

    /// <summary>The entries, from the first.</summary>
    public IReadOnlyList<LedgerEvent> Journal => _journal;

    /// <summary>The moment that the next entry will carry.</summary>
    public LedgerTime Now => LedgerTime.After(State.LastTime, _clock);

    /// <summary>A state folded anew from entries.</summary>
    public static LedgerState Replay(IEnumerable<LedgerEvent> journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var state = new LedgerState();
        foreach (var @event in journal)
        {
            state.Apply(@event);
        }

        return state;
    }

    /// <summary>The entry of a number.</summary>
    public LedgerEvent EntryAt(EntryNumber number) => _journal[(int)number.Value - 1];

    /// <summary>Where a deal stands; null where no entry has decided it.</summary>
    public DealStanding? StandingOf(DealId deal)
    {
        var standing = LedgerQueries.GetDeal(State, deal);
        while (standing is { Recalls.Count: > 0 })
        {
            standing = LedgerQueries.GetDeal(
                State, deal, [.. standing.Recalls.Select(entry => new RecalledEntry(entry, EntryAt(entry)))]);
        }

        return standing;
    }

    /// <summary>Lets time pass.</summary>
    public void Wait(TimeSpan span) => _clock = span > TimeSpan.Zero ? Now + span : _clock;

    /// <summary>Decides, appends and applies.</summary>
    public LedgerDecision Tell(LedgerCommand command)
    {
        var decision = LedgerRules.DecideRecalling(State, command, Now, EntryAt);
        if (decision.Event is { } @event)
        {
            Append(@event);
        }

        return decision;
    }

    /// <summary>Runs the steps of a script.</summary>
    /// <returns>The book.</returns>
    public LedgerBook Run(LedgerScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        foreach (var step in script)
        {
            Wait(step.Wait);
            _ = step.Command is { } command ? Tell(command) : default;
        }

        return this;
    }

    internal void Append(LedgerEvent @event)
    {
        State.Apply(@event);
        _journal.Add(@event);
    }
}
