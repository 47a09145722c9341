using Market.Domain;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>What a customer does in a round: accept one standing firm offer, or send every business a bid.</summary>
/// <param name="Accepted">The firm offer to accept; null where the customer bids.</param>
/// <param name="Bids">The indicative bids, one a matching business, in the order of their ids; else empty.</param>
public sealed record MagenticBuyerAct(MagenticPrice? Accepted, ValueArray<MagenticPrice> Bids);
