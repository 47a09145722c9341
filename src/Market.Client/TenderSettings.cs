using Market.Domain;

namespace Market.Client;

/// <summary>How a buyer opens a tender.</summary>
public sealed record TenderSettings
{
    /// <summary>How long sealed bids are taken, 7 days at most.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The sellers' agents who may bid, 64 at most; empty for all sellers.</summary>
    public ValueArray<AgentNumber> Invited { get; init; }

    /// <summary>The mandate to buy under, or null.</summary>
    public MandateId? Mandate { get; init; }

    /// <summary>Rounds of the negotiations with chosen bidders.</summary>
    public int RoundsMax { get; init; } = 20;

    /// <summary>Duration of the negotiations with chosen bidders.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An own revealed tender whose best and final bids are asked for here, or null.</summary>
    public TenderId? FinalRoundOf { get; init; }
}
