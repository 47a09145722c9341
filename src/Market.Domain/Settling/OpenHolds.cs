namespace Market.Domain.Settling;

/// <summary>The open holds of a book: by the entry that placed them, and by deadline. Resolved ones are gone.</summary>
internal sealed class OpenHolds
{
    private readonly Dictionary<EntryNumber, OpenHold> _byEntry = [];
    private readonly Dictionary<DealId, OpenHold> _byDeal = [];
    private readonly Dictionary<LedgerCommandId, OpenHold> _byCommand = [];
    private readonly SortedSet<OpenHold> _byDeadline = new(Comparer<OpenHold>.Create(EarlierFirst));

    public int Count => _byEntry.Count;

    /// <summary>The earliest deadline first, and of equal ones the earlier entry.</summary>
    public SortedSet<OpenHold> ByDeadline => _byDeadline;

    public LedgerTime? NextDeadline => _byDeadline.Min?.ExpiresAt;

    public OpenHold this[EntryNumber entry] => _byEntry[entry];

    /// <summary>A deal that is held; null where none of this id is.</summary>
    public OpenHold? Find(DealId deal) => _byDeal.GetValueOrDefault(deal);

    /// <summary>An open hold outside deals; null where none of this id is open.</summary>
    public OpenHold? Find(LedgerCommandId command) => _byCommand.GetValueOrDefault(command);

    public void Add(OpenHold hold)
    {
        _byEntry.Add(hold.Entry, hold);
        if (hold.Deal is { } deal)
        {
            _byDeal.Add(deal, hold);
        }

        if (hold.Command is { } command)
        {
            _byCommand.Add(command, hold);
        }

        LedgerAssert.That(_byDeadline.Add(hold), "An entry placed two holds.");
    }

    public OpenHold Remove(EntryNumber entry)
    {
        var isOpen = _byEntry.Remove(entry, out var hold);
        LedgerAssert.That(isOpen && hold is not null, "An entry resolves a hold that is not open.");
        _ = hold.Deal is { } deal && _byDeal.Remove(deal);
        _ = hold.Command is { } command && _byCommand.Remove(command);
        LedgerAssert.That(_byDeadline.Remove(hold), "An open hold has no deadline.");
        return hold;
    }

    private static int EarlierFirst(OpenHold left, OpenHold right)
    {
        var byTime = left.ExpiresAt.CompareTo(right.ExpiresAt);
        return byTime != 0 ? byTime : left.Entry.Value.CompareTo(right.Entry.Value);
    }
}
