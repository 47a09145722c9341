namespace Market.Domain.Settling;

/// <summary>
/// What a command comes to: an entry that happens now, an entry that did happen before, or a refusal. A refusal
/// binds nothing and is no entry, with one exception: where the book's state or the time refuses an agreed deal,
/// the refusal is itself an entry (<see cref="DealRefused"/>) and final. Otherwise a deal that is told again could
/// be settled after its negotiation had already learned that it failed (INV-7).
/// </summary>
public readonly record struct LedgerDecision
{
    private LedgerDecision(LedgerEvent? @event, LedgerRefused? refused, SettlementCauses? causes, EntryNumber doneBy)
    {
        Event = @event;
        Refused = refused;
        Causes = causes;
        DoneBy = doneBy;
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
    public EntryNumber DoneBy { get; }

    /// <summary>Whether the same command was done by an earlier entry.</summary>
    public bool IsAlreadyDone => DoneBy.Value != 0;

    internal static LedgerDecision Happens(LedgerEvent @event) => new(@event, null, null, default);

    internal static LedgerDecision Refuses(LedgerRefused refused) => new(null, refused, null, default);

    internal static LedgerDecision Refuses(LedgerRefusal reason, EntryNumber? entry = null) =>
        Refuses(new LedgerRefused(reason, Entry: entry));

    internal static LedgerDecision RefusesDeal(SettlementCauses causes, DealRefused? @event = null) =>
        new(@event, causes.Buyer ?? causes.Seller, causes, default);

    internal static LedgerDecision AlreadyDone(EntryNumber entry) => new(null, null, null, entry);
}
