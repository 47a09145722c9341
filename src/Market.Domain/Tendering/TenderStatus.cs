namespace Market.Domain.Tendering;

/// <summary>Where a tender stands.</summary>
public enum TenderStatus : byte
{
    /// <summary>Nothing has happened yet.</summary>
    None = 0,

    /// <summary>Sealed bids are taken; nobody sees another's.</summary>
    Collecting = 1,

    /// <summary>The window has ended: all bids are open to the buyer, in the shuffled order.</summary>
    Revealed = 2,

    /// <summary>No bid can be chosen any more.</summary>
    Closed = 3,

    /// <summary>The buyer has cancelled it before the reveal; no bid was or will be shown.</summary>
    Cancelled = 4,
}
