using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Client;

/// <summary>How a buyer opens a negotiation.</summary>
public sealed record NegotiationSettings
{
    /// <summary>The first offer; null to invite the seller to begin.</summary>
    public ProposedOffer? FirstOffer { get; init; }

    /// <summary>Rounds; in each round each side makes at most one offer.</summary>
    public int RoundsMax { get; init; } = 20;

    /// <summary>After this time the negotiation has expired.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Rounds in which neither side moves, after which the market ends it; 0 for never.</summary>
    public int ImpasseAfter { get; init; }

    /// <summary>The own request whose need a deal fills, or null.</summary>
    public RequestId? Request { get; init; }

    /// <summary>The mandate to buy under, or null.</summary>
    public MandateId? Mandate { get; init; }

    /// <summary>
    /// How long the principal has to approve the opening, where the mandate asks for that: then the client asks, waits
    /// and opens with the approval. Null: such an opening is refused.
    /// </summary>
    public TimeSpan? ApprovalWaitsFor { get; init; }
}
