namespace Market.Domain.Strategies;

/// <summary>What ended alternating offers.</summary>
public enum AlternatingOffersEnd : byte
{
    /// <summary>All other parties accepted a standing offer in succession.</summary>
    Agreement = 1,

    /// <summary>The last round passed without agreement.</summary>
    OutOfRounds = 2,

    /// <summary>A party ended the negotiation.</summary>
    EndedByParty = 3,

    /// <summary>A strategy threw, or broke the protocol; the negotiation counts as without agreement.</summary>
    Failed = 4,
}
