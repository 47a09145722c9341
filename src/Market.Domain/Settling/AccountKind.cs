namespace Market.Domain.Settling;

/// <summary>
/// What an account is for. World and mint have no floor; every other account never has less than nothing.
/// </summary>
public enum AccountKind : byte
{
    /// <summary>Money outside the market, which deposits come from and withdrawals go to. No floor.</summary>
    World = 1,

    /// <summary>Where units of a listing and the need of a request come from. No floor.</summary>
    Mint = 2,

    /// <summary>The market's own fees.</summary>
    Fees = 3,

    /// <summary>A principal's money.</summary>
    Funds = 4,

    /// <summary>Units of a listing that its seller has still to sell.</summary>
    Stock = 5,

    /// <summary>Units of a listing that a buyer bought.</summary>
    Owned = 6,

    /// <summary>What a buyer's request still needs.</summary>
    Need = 7,

    /// <summary>What of a request has been bought.</summary>
    Filled = 8,
}
