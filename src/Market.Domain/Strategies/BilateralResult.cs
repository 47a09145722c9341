using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>How a bilateral session ended.</summary>
/// <param name="End">What ended it.</param>
/// <param name="Agreement">What was agreed; null without agreement.</param>
/// <param name="Steps">Rounds begun.</param>
/// <param name="Offers">Every offer made, in order.</param>
public sealed record BilateralResult(
    BilateralEnd End, Outcome? Agreement, int Steps, ValueArray<BilateralOffer> Offers);
