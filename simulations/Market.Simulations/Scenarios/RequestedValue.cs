namespace Market.Simulations.Scenarios;

/// <summary>What the buyer has asked for in one issue: a feature of the item, a quantity, or a fee.</summary>
/// <param name="Issue">The issue, by its place from 0; never the price.</param>
/// <param name="Value">The value asked for.</param>
internal readonly record struct RequestedValue(int Issue, long Value);
