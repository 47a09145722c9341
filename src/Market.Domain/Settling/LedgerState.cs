using Market.Domain.Mandates;

namespace Market.Domain.Settling;

/// <summary>
/// The state of one book, folded from its entries. <see cref="LedgerRules.Decide"/> reads it, <see cref="Apply"/>
/// alone changes it. One thread at a time.
/// </summary>
/// <param name="entriesMax">
/// How many ids the book remembers exactly; of older ones it knows which entries of its journal to read. No decision
/// depends on it, only how often a decision asks for old entries (<see cref="LedgerDecision.Recalls"/>).
/// </param>
public sealed partial class LedgerState(int entriesMax = LedgerLimits.EntriesMax)
{
    private readonly Dictionary<(PrincipalNumber Owner, AssetKind Kind), int> _newestOfOwner = [];

    /// <summary>The number of the last entry applied; 0 before the first.</summary>
    public EntryNumber LastEntry { get; private set; }

    /// <summary>The time of the last entry applied.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>The number that the next entry will have.</summary>
    public EntryNumber NextEntry => new(LastEntry.Value + 1);

    /// <summary>How many account numbers were given; those of evicted accounts are among them.</summary>
    public int AccountCount => Accounts.Count;

    /// <summary>How many accounts are open.</summary>
    public int OpenAccountCount => Accounts.Count - EvictedCount;

    /// <summary>How many holds are open; a deal held until delivery counts as one.</summary>
    public int OpenHoldCount => Holds.Count;

    /// <summary>
    /// Most open holds on one principal's money; judged when one is placed, and never when an entry is replayed.
    /// </summary>
    public int HoldsPerPrincipalMax { get; set; } = LedgerLimits.HoldsPerPrincipalMax;

    /// <summary>When the next open hold is due; null where none is open.</summary>
    public LedgerTime? NextDeadline => Holds.NextDeadline;

    internal KeyedTable<AccountName, Account> Accounts { get; } = new();

    internal MandateBook Mandates { get; } = new();

    internal OpenHolds Holds { get; } = new();

    /// <summary>The ids that were used.</summary>
    internal LedgerMemory Memory { get; } = new(entriesMax);

    /// <summary>Open claims, by the entry that made them.</summary>
    internal SortedDictionary<EntryNumber, OpenClaim> Claims { get; } =
        new(Comparer<EntryNumber>.Create((left, right) => left.Value.CompareTo(right.Value)));

    /// <summary>What was reversed or claimed of each leg of a deal, by the entry that settled it.</summary>
    internal Dictionary<EntryNumber, long[]> Reversals { get; } = [];

    internal int EvictedCount { get; private set; }

    /// <summary>
    /// When the next open hold will be due once an entry has been applied: the deadline to arm with its row.
    /// </summary>
    /// <param name="event">An entry just decided on this state and not applied yet.</param>
    public LedgerTime? NextDeadlineAfter(LedgerEvent @event)
    {
        var placed = @event switch
        {
            DealBooked settled => settled.DeliveryDeadline,
            TransferHeld held => held.ExpiresAt,
            _ => (LedgerTime?)null,
        };
        if (Holds.Count == 0)
        {
            return placed;
        }

        foreach (var hold in Holds.ByDeadline)
        {
            if (!Resolves(@event, hold))
            {
                return placed is { } own && own < hold.ExpiresAt ? own : hold.ExpiresAt;
            }
        }

        return placed;
    }

    /// <summary>
    /// A snapshot holds so many parts of the state for good: they are let go, and the next snapshot leaves them out.
    /// </summary>
    public void PartsSaved(int count) => Memory.Log.Saved(count);

    /// <summary>Where a saved state stands; its tables are filled by whoever reads it.</summary>
    internal void Restore(EntryNumber lastEntry, LedgerTime lastTime)
    {
        LastEntry = lastEntry;
        LastTime = lastTime;
    }

    /// <summary>The place of the newest account of an owner that counts a kind of asset; −1 for none.</summary>
    internal int NewestOfOwner(PrincipalNumber owner, AssetKind kind) =>
        _newestOfOwner.GetValueOrDefault((owner, kind), Account.None);

    private static bool Resolves(LedgerEvent @event, OpenHold hold) => @event switch
    {
        DeliveryConfirmed confirmed => hold.Deal == confirmed.Deal,
        DeliveryCancelled cancelled => hold.Deal == cancelled.Deal,
        HoldPosted posted => hold.Command == posted.Hold,
        HoldVoided voided => hold.Command == voided.Hold,
        HoldsExpired expired => expired.PlacedBy.AsSpan().Contains(hold.Entry),
        _ => false,
    };
}
