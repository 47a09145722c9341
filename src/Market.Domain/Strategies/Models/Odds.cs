namespace Market.Domain.Strategies;

/// <summary>Probabilities of hypotheses.</summary>
internal static class Odds
{
    /// <summary>
    /// The least share of a hypothesis: a thousand unlikely offers leave it a chance to come back, and no sum is zero.
    /// </summary>
    private const double Least = 1e-12;

    /// <summary>Makes the odds add up to 1.</summary>
    internal static void Normalize(Span<double> odds)
    {
        var sum = 0.0;
        foreach (var odd in odds)
        {
            sum += odd;
        }

        var most = 1.0 / odds.Length;
        for (var i = 0; i < odds.Length; i++)
        {
            odds[i] = sum > 0 ? Math.Max(Least * most, odds[i] / sum) : most;
        }
    }
}
