namespace Market.Domain.Strategies;

/// <summary>
/// How far an end is from what could have been agreed. A distance is the Euclidean one from the end's utilities to the
/// nearest such point, null where there is no point; an optimality is max(0, 1 − distance/D), null too where D is 0.
/// </summary>
public readonly record struct OptimalityScores
{
    /// <summary>Σuᵢ; without agreement Σrvᵢ.</summary>
    public double Welfare { get; init; }

    /// <summary>To the Pareto frontier.</summary>
    public double? ParetoDistance { get; init; }

    /// <summary>To the Nash points.</summary>
    public double? NashDistance { get; init; }

    /// <summary>To the Kalai (egalitarian) points.</summary>
    public double? KalaiDistance { get; init; }

    /// <summary>To the modified Kalai points.</summary>
    public double? ModifiedKalaiDistance { get; init; }

    /// <summary>To the Kalai-Smorodinsky points.</summary>
    public double? KalaiSmorodinskyDistance { get; init; }

    /// <summary>To the modified Kalai-Smorodinsky points.</summary>
    public double? ModifiedKalaiSmorodinskyDistance { get; init; }

    /// <summary>To the points of greatest welfare.</summary>
    public double? MaxWelfareDistance { get; init; }

    /// <summary>D, the diagonal of all utilities.</summary>
    public double MaxDistance { get; init; }

    /// <summary>Of the Pareto frontier.</summary>
    public double? ParetoOptimality => OptimalityOf(ParetoDistance);

    /// <summary>Of the Nash points.</summary>
    public double? NashOptimality => OptimalityOf(NashDistance);

    /// <summary>Of the Kalai points.</summary>
    public double? KalaiOptimality => OptimalityOf(KalaiDistance);

    /// <summary>Of the modified Kalai points.</summary>
    public double? ModifiedKalaiOptimality => OptimalityOf(ModifiedKalaiDistance);

    /// <summary>Of the Kalai-Smorodinsky points.</summary>
    public double? KalaiSmorodinskyOptimality => OptimalityOf(KalaiSmorodinskyDistance);

    /// <summary>Of the modified Kalai-Smorodinsky points.</summary>
    public double? ModifiedKalaiSmorodinskyOptimality => OptimalityOf(ModifiedKalaiSmorodinskyDistance);

    /// <summary>
    /// max(0, welfare / the largest welfare on the frontier): no distance. Null where that is not positive.
    /// </summary>
    public double? MaxWelfareOptimality { get; init; }

    private double? OptimalityOf(double? distance) =>
        distance is { } far && MaxDistance > 0 ? Math.Max(0, 1 - (far / MaxDistance)) : null;
}
