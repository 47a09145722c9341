using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;

namespace Market.Client;

/// <summary>A strategy to leave with the market, which acts for the agent while its program is away.</summary>
public sealed record HostedStrategy
{
    /// <summary>
    /// The strategy's name in <see cref="Domain.Strategies.StrategyCatalog"/>, such as "Linear" or "negmas:Poly2.5".
    /// </summary>
    public required string Strategy { get; init; }

    /// <summary>
    /// What outcomes are worth, and the value below which no deal is preferred. The market keeps it encrypted, never
    /// shows it to anyone, and erases it when the hosting ends.
    /// </summary>
    public required HostedUtility Utility { get; init; }

    /// <summary>The mandate that it acts under, of this agent.</summary>
    public required MandateId Mandate { get; init; }

    /// <summary>For sellers: own listings, published under the mandate.</summary>
    public ValueArray<ListingId> Listings { get; init; }

    /// <summary>For buyers: negotiations that this agent has opened under the mandate.</summary>
    public ValueArray<NegotiationId> Negotiations { get; init; }

    /// <summary>For buyers: an own request; every negotiation under it and the mandate is gone on with.</summary>
    public RequestId? Request { get; init; }

    /// <summary>How long the market may sign for the agent, at most 90 days.</summary>
    public TimeSpan ValidFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>What the market may sign for the agent.</summary>
    public SessionKeyActions Actions { get; init; } = SessionKeyActions.OfferAndAccept;
}
