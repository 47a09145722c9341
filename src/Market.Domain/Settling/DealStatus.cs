namespace Market.Domain.Settling;

/// <summary>When the legs of a deal are posted.</summary>
public enum SettlementMode : byte
{
    /// <summary>At once.</summary>
    Immediate = 1,

    /// <summary>Held until delivery is confirmed; voided when it is cancelled or its deadline passes.</summary>
    OnDelivery = 2,
}

/// <summary>Where a deal stands in the ledger.</summary>
public enum DealStatus : byte
{
    /// <summary>Posted at once; final.</summary>
    Posted = 1,

    /// <summary>Held until delivery.</summary>
    Held = 2,

    /// <summary>Delivery was confirmed and all legs were posted; final.</summary>
    Delivered = 3,

    /// <summary>Delivery was cancelled and all legs were voided; final.</summary>
    Cancelled = 4,

    /// <summary>The delivery deadline passed and all legs were voided; final.</summary>
    Expired = 5,

    /// <summary>It could not be settled; final.</summary>
    Refused = 6,
}

/// <summary>Where a hold stands.</summary>
public enum HoldStatus : byte
{
    /// <summary>Reserved: available has fallen, posted has not.</summary>
    Open = 1,

    /// <summary>Posted, in whole or in part; the rest was released. Final.</summary>
    Posted = 2,

    /// <summary>Released. Final.</summary>
    Voided = 3,

    /// <summary>Released since its time had come. Final.</summary>
    Expired = 4,
}
