namespace Market.Client;

/// <summary>How a negotiation that a strategy conducted has ended.</summary>
/// <param name="End">Its last state.</param>
/// <param name="Deal">The settled deal, or null.</param>
public sealed record NegotiationResult(NegotiationSnapshot End, Deal? Deal);
