using Market.Domain;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>One act that an agent has sent to the market, as the agent itself notes it down.</summary>
/// <param name="Negotiation">Where.</param>
/// <param name="Round">The round, from 0.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Kind">What it does.</param>
/// <param name="TotalCents">The total that it is about; 0 where it is about none.</param>
internal sealed record MagenticAct(
    NegotiationId Negotiation, int Round, MagenticId Actor, MagenticActKind Kind, long TotalCents);

/// <summary>What agents of this market do.</summary>
internal enum MagenticActKind
{
    /// <summary>A customer bids, indicatively.</summary>
    Bid,

    /// <summary>A business offers, firmly.</summary>
    Offer,

    /// <summary>A customer accepts a firm offer.</summary>
    Accept,

    /// <summary>A customer buys at the posted price.</summary>
    Buy,

    /// <summary>An agent leaves a negotiation.</summary>
    Leave,
}
