using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios;

/// <summary>What one party of a scenario wants.</summary>
/// <param name="Name">What the scenario calls it: "buyer", "seller", "union".</param>
/// <param name="Utility">Its utility, with its reservation value.</param>
/// <param name="Discount">
/// δ of the discounted utility u·δ^t, above 0 and at most 1; 1 where time costs nothing. Strategies see the
/// undiscounted utility; results show both.
/// </param>
internal sealed record Profile(string Name, UtilityFunction Utility, double Discount = 1);
