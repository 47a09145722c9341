namespace Market.Domain.Strategies;

/// <summary>How the gain from a deal is split.</summary>
public static class Surplus
{
    /// <summary>
    /// A party's share where utilities are money: (u − rv)/Σ(uᵢ − rvᵢ); null without positive surplus.
    /// </summary>
    /// <param name="party">The party, from 0.</param>
    /// <param name="gains">uᵢ − rvᵢ, a party each.</param>
    public static double? ShareInMoney(int party, ReadOnlySpan<double> gains)
    {
        var sum = 0.0;
        foreach (var gain in gains)
        {
            sum += gain;
        }

        return sum > 0 && double.IsFinite(sum) ? gains[party] / sum : null;
    }

    /// <summary>
    /// A party's share where utilities are in units of their own: its advantage over the sum of all advantages; null
    /// where one is not defined, or without a positive sum.
    /// </summary>
    /// <param name="party">The party, from 0.</param>
    /// <param name="advantages">See <see cref="Optimality.AdvantageOf"/>, a party each.</param>
    public static double? ShareOfAdvantage(int party, ReadOnlySpan<double?> advantages)
    {
        var sum = 0.0;
        foreach (var advantage in advantages)
        {
            sum += advantage ?? double.NaN;
        }

        return sum > 0 ? advantages[party] / sum : null;
    }
}
