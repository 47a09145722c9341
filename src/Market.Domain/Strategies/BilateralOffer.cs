using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>One offer of a bilateral session.</summary>
/// <param name="Round">The round in which it was made, from 0.</param>
/// <param name="Party">Who made it.</param>
/// <param name="Outcome">What was offered.</param>
public readonly record struct BilateralOffer(int Round, Party Party, Outcome Outcome);
