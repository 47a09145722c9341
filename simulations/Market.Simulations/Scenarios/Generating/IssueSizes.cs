namespace Market.Simulations.Scenarios.Generating;

/// <summary>Shares out a number of outcomes over issues of similar sizes.</summary>
internal static class IssueSizes
{
    /// <summary>How much larger than the smallest issue the largest may be.</summary>
    private const int SpreadMax = 3;

    /// <summary>
    /// Sizes of the issues, rising, with a product as near to the wanted one as any of so even sizes; null where there
    /// are too few outcomes for so many issues of two values.
    /// </summary>
    /// <param name="outcomes">The product wanted, at least 1.</param>
    /// <param name="issues">How many sizes, 1 to 16.</param>
    /// <param name="outcomesMax">The product must not be above this.</param>
    public static IReadOnlyList<int>? For(int outcomes, int issues, int outcomesMax)
    {
        var least = 1 << issues;
        if (outcomes < least)
        {
            return null;
        }

        for (var distance = 0; ; distance++)
        {
            if (outcomes - distance >= least && MostEven(outcomes - distance, issues) is { } below)
            {
                return below;
            }

            if (outcomes + distance <= outcomesMax && MostEven(outcomes + distance, issues) is { } above)
            {
                return above;
            }
        }
    }

    private static int[]? MostEven(int product, int issues)
    {
        int[]? best = null;
        var sizes = new int[issues];
        Split(product, 2, 0);
        return best is not null && best[^1] <= SpreadMax * best[0] ? best : null;

        void Split(int rest, int smallest, int at)
        {
            if (at == issues - 1)
            {
                sizes[at] = rest;
                if (best is null || (long)rest * best[0] < (long)best[^1] * sizes[0])
                {
                    best = [.. sizes];
                }

                return;
            }

            for (var size = smallest; IsSmallEnough(size, issues - at, rest); size++)
            {
                if (rest % size == 0)
                {
                    sizes[at] = size;
                    Split(rest / size, size, at + 1);
                }
            }
        }
    }

    /// <summary>Whether the rest holds at least this many factors of at least this size.</summary>
    private static bool IsSmallEnough(int size, int count, int rest)
    {
        var power = 1L;
        for (var i = 0; i < count && power <= rest; i++)
        {
            power *= size;
        }

        return power <= rest;
    }
}
