namespace Market.Domain.Strategies;

/// <summary>
/// How much being first helps: the odds that the quote which arrived first gets the award, over the odds that chance
/// would give it. 1 means that speed does not matter.
/// </summary>
public static class SpeedOdds
{
    /// <summary>
    /// [p/(1 − p)]/[q/(1 − q)]: p is the share of awards to the first-arrived quote among needs with k ≥ 2 quotes, q
    /// the mean of 1/k over them. Null without such needs, and where p is 1.
    /// </summary>
    /// <param name="needs">For each need that was awarded: its quotes, and whether the first of them got it.</param>
    public static double? Of(ReadOnlySpan<(int Quotes, bool FirstWon)> needs)
    {
        var (count, won, chance) = (0, 0, 0.0);
        foreach (var (quotes, firstWon) in needs)
        {
            if (quotes >= 2)
            {
                count++;
                won += firstWon ? 1 : 0;
                chance += 1.0 / quotes;
            }
        }

        if (count == 0 || won == count)
        {
            return null;
        }

        var (p, q) = ((double)won / count, chance / count);
        return p / (1 - p) / (q / (1 - q));
    }
}
