namespace Market.Domain.Strategies;

/// <summary>
/// How well an opponent model knows the true profile, without being asked by any strategy (Baarslag, Hendrikx, Hindriks
/// and Jonker, "Measuring the performance of online opponent models in automated bilateral negotiation", 2012).
/// </summary>
/// <param name="RootMeanSquareError">
/// Of the estimates against the true utilities, both scaled to 0 … 1 over the outcomes scored; null where the true ones
/// are all equal.
/// </param>
/// <param name="Spearman">Spearman's rank correlation, ties at their mean rank; null where all of a side are
/// equal.</param>
/// <param name="Kendall">Kendall's τ-b; null where all of a side are equal.</param>
public readonly record struct ModelScore(double? RootMeanSquareError, double? Spearman, double? Kendall);
