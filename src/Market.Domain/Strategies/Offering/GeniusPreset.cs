namespace Market.Domain.Strategies;

/// <summary>
/// A named curve of a time-dependent strategy of the family <c>genius:</c>. F(t) = k + (1 − k)·t^(1/e) with k = 0; the
/// target is P_min + (P_max − P_min)(1 − F(t)), over all outcomes. After Faratin, Sierra and Jennings (1998), as the
/// GENIUS platform parametrises it, where e is the inverse of what <see cref="TimeDependentPreset"/> calls e.
/// </summary>
/// <param name="Name">The name in the catalogue, with its family.</param>
/// <param name="Exponent">1/e, more than 0; null for a strategy that never concedes (e = 0: F = k = 0).</param>
public sealed record GeniusPreset(string Name, double? Exponent)
{
    /// <summary>Concedes late: e = 0.2.</summary>
    public static GeniusPreset Boulware { get; } = new("genius:Boulware", 5);

    /// <summary>Concedes evenly: e = 1.</summary>
    public static GeniusPreset Linear { get; } = new("genius:Linear", 1);

    /// <summary>Concedes early: e = 2.</summary>
    public static GeniusPreset Conceder { get; } = new("genius:Conceder", 0.5);

    /// <summary>Never concedes: e = 0.</summary>
    public static GeniusPreset Hardliner { get; } = new("genius:Hardliner", null);

    /// <summary>F at a relative time from 0 to 1: the share of the range given up.</summary>
    public double ConcededAt(double relativeTime) =>
        Exponent is { } exponent ? Powers.Power(relativeTime, exponent) : 0;
}
