namespace Market.Domain.Settling;

/// <summary>
/// What a command comes to: an entry that happens now, an entry that did happen before, or a refusal. A refusal
/// binds nothing and is no entry, with two exceptions. Where the book's state or the time refuses an agreed deal,
/// the refusal is itself an entry (<see cref="DealRefused"/>) and final: otherwise a deal that is told again could
/// be settled after its negotiation had already learned that it failed (INV-7). And where nobody can pay a reversal,
/// the refusal makes a claim (<see cref="RefundClaimed"/>). A decision may also need old entries of the journal
/// first: <see cref="Recalls"/>.
/// </summary>
public readonly record struct LedgerDecision
{
    private LedgerDecision(LedgerEvent? @event, LedgerRefused? refused = null, SettlementCauses? causes = null)
    {
        Event = @event;
        Refused = refused;
        Causes = causes;
    }

    /// <summary>The entry to append and apply; null where there is none.</summary>
    public LedgerEvent? Event { get; }

    /// <summary>
    /// Why not; null where the command is not refused. Of a deal, the buyer's cause before the seller's.
    /// </summary>
    public LedgerRefused? Refused { get; }

    /// <summary>Why not, for each side of a deal; null where no settle is refused.</summary>
    public SettlementCauses? Causes { get; }

    /// <summary>The earlier entry by which the same command was done; entry 0 where it was not.</summary>
    public EntryNumber DoneBy { get; private init; }

    /// <summary>The time of that entry.</summary>
    public LedgerTime DoneAt { get; private init; }

    /// <summary>
    /// Entries to read from the book's journal first, and then to decide again with; empty for a decision that stands.
    /// </summary>
    public ValueArray<EntryNumber> Recalls { get; private init; }

    /// <summary>Whether the same command was done by an earlier entry.</summary>
    public bool IsAlreadyDone => DoneBy.Value != 0;

    /// <summary>Whether old entries have to be read before this can be decided.</summary>
    public bool IsToRecall => Recalls.Count != 0;

    internal static LedgerDecision Happens(LedgerEvent @event) => new(@event);

    internal static LedgerDecision Refuses(LedgerRefused refused) => new(null, refused);

    internal static LedgerDecision Refuses(LedgerRefusal reason, EntryNumber? entry = null) =>
        Refuses(new LedgerRefused(reason, Entry: entry));

    /// <summary>A refusal that is an entry too.</summary>
    internal static LedgerDecision Refuses(LedgerRefused refused, LedgerEvent @event) => new(@event, refused);

    internal static LedgerDecision RefusesDeal(SettlementCauses causes, DealRefused? @event = null) =>
        new(@event, causes.Buyer ?? causes.Seller, causes);

    internal static LedgerDecision AlreadyDone(EntryNumber entry, LedgerTime at = default) =>
        new(null) { DoneBy = entry, DoneAt = at };

    internal static LedgerDecision RecallsFirst(ValueArray<EntryNumber> entries) => new(null) { Recalls = entries };
}
