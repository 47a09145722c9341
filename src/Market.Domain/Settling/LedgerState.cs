using Market.Domain.Mandates;

namespace Market.Domain.Settling;

/// <summary>
/// The state of one book, folded from its entries. <see cref="LedgerRules.Decide"/> reads it, <see cref="Apply"/>
/// alone changes it. One thread at a time.
/// </summary>
public sealed partial class LedgerState
{
    private readonly Dictionary<(PrincipalNumber Owner, AssetKind Kind), int> _newestOfOwner = [];

    /// <summary>The number of the last entry applied; 0 before the first.</summary>
    public EntryNumber LastEntry { get; private set; }

    /// <summary>The time of the last entry applied.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>The number that the next entry will have.</summary>
    public EntryNumber NextEntry => new(LastEntry.Value + 1);

    /// <summary>How many accounts are open.</summary>
    public int AccountCount => Accounts.Count;

    /// <summary>How many holds are open; a deal held until delivery counts as one.</summary>
    public int OpenHoldCount => Holds.Count;

    /// <summary>When the next open hold is due; null where none is open.</summary>
    public LedgerTime? NextDeadline => Holds.NextDeadline;

    internal KeyedTable<AccountName, Account> Accounts { get; } = new();

    internal MandateBook Mandates { get; } = new();

    internal KeyedTable<DealId, DealRow> Deals { get; } = new();

    internal KeyedTable<LedgerCommandId, CommandRow> Commands { get; } = new();

    internal OpenHolds Holds { get; } = new();

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

    /// <summary>Where a saved state stands; its tables are filled by whoever reads it.</summary>
    internal void Restore(EntryNumber lastEntry, LedgerTime lastTime)
    {
        LastEntry = lastEntry;
        LastTime = lastTime;
    }

    /// <summary>The place of the newest account of an owner that counts a kind of asset; −1 for none.</summary>
    internal int NewestOfOwner(PrincipalNumber owner, AssetKind kind) =>
        _newestOfOwner.GetValueOrDefault((owner, kind), OpenHold.None);

    private bool Resolves(LedgerEvent @event, OpenHold hold) => @event switch
    {
        DeliveryConfirmed confirmed => IsOfDeal(hold, confirmed.Deal),
        DeliveryCancelled cancelled => IsOfDeal(hold, cancelled.Deal),
        HoldPosted posted => IsOfCommand(hold, posted.Hold),
        HoldVoided voided => IsOfCommand(hold, voided.Hold),
        HoldsExpired expired => expired.PlacedBy.AsSpan().Contains(hold.Entry),
        _ => false,
    };

    private bool IsOfDeal(OpenHold hold, DealId deal) => Deals.TryFind(deal, out var place) && hold.DealPlace == place;

    private bool IsOfCommand(OpenHold hold, LedgerCommandId id) =>
        Commands.TryFind(id, out var place) && hold.CommandPlace == place;
}
