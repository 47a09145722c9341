using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>A mandate as the ledger keeps it.</summary>
internal struct MandateRow : IKeyedRow<MandateId>
{
    /// <summary>What was granted.</summary>
    public Mandate Mandate;

    /// <summary>Place of the mandate that it was delegated from, or <see cref="OpenHold.None"/>.</summary>
    public int Parent;

    /// <summary>What deals under it and under what was delegated from it have taken in all its life.</summary>
    public MandateUsage Usage;

    /// <summary>The window in which the last deal took something.</summary>
    public LedgerTime WindowStart;

    /// <summary>What deals settled in that window have taken and not given back.</summary>
    public long WindowUsedMinor;

    /// <summary>Deals that are held until delivery.</summary>
    public int OpenHolds;

    /// <summary>Deals settled and not voided.</summary>
    public long Deals;

    /// <summary>The entry that granted it.</summary>
    public EntryNumber GrantedBy;

    /// <summary>What became of it since, oldest first.</summary>
    public ValueArray<MandateChange> Changes;

    /// <inheritdoc/>
    public readonly MandateId Key => Mandate.Id;

    /// <summary>1 when granted, one more with each change.</summary>
    public readonly int Revision => 1 + Changes.Count;

    /// <summary>Where it stands, apart from its ancestors.</summary>
    public readonly MandateStatus Status => Changes.Count == 0 ? MandateStatus.Active : Changes[^1].Status;

    /// <summary>What is taken of the budget in the window of a moment.</summary>
    public readonly long UsedIn(LedgerTime now) =>
        BudgetWindows.StartOf(Mandate.Window, now) == WindowStart ? WindowUsedMinor : 0;
}
