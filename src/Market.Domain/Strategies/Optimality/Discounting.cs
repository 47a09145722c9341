namespace Market.Domain.Strategies;

/// <summary>What a utility is worth when time costs something.</summary>
public static class Discounting
{
    /// <summary>u·δ^t, for the reservation value too; the power by <see cref="Powers"/>.</summary>
    /// <param name="utility">u.</param>
    /// <param name="discount">δ, above 0 and at most 1.</param>
    /// <param name="relativeTime">t of the end, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static double Of(double utility, double discount, double relativeTime)
    {
        if (discount is not (> 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(discount), discount, "A discount is above 0 and at most 1.");
        }

        return utility * Powers.Power(discount, relativeTime);
    }
}
