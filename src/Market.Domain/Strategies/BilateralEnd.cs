namespace Market.Domain.Strategies;

/// <summary>What ended a bilateral session.</summary>
public enum BilateralEnd : byte
{
    /// <summary>One party accepted the other's standing offer.</summary>
    Agreement = 1,

    /// <summary>The last round passed without agreement.</summary>
    OutOfRounds = 2,

    /// <summary>A party ended the negotiation.</summary>
    EndedByParty = 3,
}
