namespace Market.Domain.Strategies;

/// <summary>What looks wrong about how a negotiation went; several can.</summary>
[Flags]
public enum Anomalies
{
    /// <summary>Nothing does.</summary>
    None = 0,

    /// <summary>The buyer agreed to less than its reservation value.</summary>
    OverBudget = 1 << 0,

    /// <summary>The seller agreed to less than its reservation value.</summary>
    BelowCost = 1 << 1,

    /// <summary>A total above the posted price, or above what the same seller had asked for terms no worse.</summary>
    Overpayment = 1 << 2,

    /// <summary>No agreement, though some outcome was better than none for everybody.</summary>
    MissedFeasibleDeal = 1 << 3,

    /// <summary>A party ended it to which the standing offer was worth more than no agreement.</summary>
    IrrationalRefusal = 1 << 4,

    /// <summary>No agreement, and nobody changed its offer in its last three turns.</summary>
    Deadlock = 1 << 5,

    /// <summary>The settled item, quantity or fee is not the requested one.</summary>
    Substitution = 1 << 6,

    /// <summary>A party that is neither the buyer nor the seller agreed to less than its reservation value.</summary>
    BelowReservation = 1 << 7,
}
