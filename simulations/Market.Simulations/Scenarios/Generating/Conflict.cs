namespace Market.Simulations.Scenarios.Generating;

/// <summary>How two parties' utilities relate to each other.</summary>
internal static class Conflict
{
    /// <summary>
    /// The reservation value of both that leaves a share of the outcomes rational: halfway between the last that is and
    /// the first that is not, by the smaller utility of each outcome. 0 where all are to be rational.
    /// </summary>
    public static double ReservationFor(double[] first, double[] second, double rational)
    {
        if (rational >= 1)
        {
            return 0;
        }

        var smaller = first.Zip(second, Math.Min).ToArray();
        Array.Sort(smaller);
        var kept = Math.Clamp((int)Math.Round(rational * smaller.Length), 1, smaller.Length - 1);
        return (smaller[^kept] + smaller[^(kept + 1)]) / 2;
    }

    /// <summary>
    /// Opposition: the least distance of a rational outcome from the point where both have their best, as shares of
    /// each one's best: √Σ(1 − uᵢ/maxᵢ)².
    /// </summary>
    public static double Opposition(double[] first, double[] second, double reservation)
    {
        var (firstMax, secondMax) = (first.Max(), second.Max());
        var least = double.PositiveInfinity;
        for (var i = 0; i < first.Length; i++)
        {
            if (first[i] >= reservation && second[i] >= reservation)
            {
                var (x, y) = (1 - (first[i] / firstMax), 1 - (second[i] / secondMax));
                least = Math.Min(least, (x * x) + (y * y));
            }
        }

        return Math.Sqrt(least);
    }
}
