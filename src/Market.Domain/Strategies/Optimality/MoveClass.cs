namespace Market.Domain.Strategies;

/// <summary>
/// What a move, from one own offer to the next, did to both parties' utilities (Hindriks, Jonker and Tykhonov, "Let's
/// DANS! An analytic framework of negotiation dynamics and strategies", 2011).
/// </summary>
public enum MoveClass
{
    /// <summary>Changed neither.</summary>
    Silent = 0,

    /// <summary>Raised both.</summary>
    Fortunate = 1,

    /// <summary>Raised the own, and not the counterparty's.</summary>
    Selfish = 2,

    /// <summary>Lowered the own, and not the counterparty's.</summary>
    Concession = 3,

    /// <summary>Raised the counterparty's at no cost.</summary>
    Nice = 4,

    /// <summary>Lowered the counterparty's without a gain of its own.</summary>
    Unfortunate = 5,
}
