namespace Market.Simulations.Scenarios.Generating;

/// <summary>What a generated party wants.</summary>
/// <param name="Values">A value for every level of every issue, from 0 to 1.</param>
/// <param name="Weights">One for each issue; they add up to 1.</param>
internal sealed record PartyTables(double[][] Values, double[] Weights)
{
    /// <summary>The utilities of all outcomes by index.</summary>
    public double[] Utilities(int count) => OutcomeUtilities.Of(0, Values, Weights, count);
}
