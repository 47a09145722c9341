namespace Market.Simulations.Statistics;

/// <summary>Two strategies, compared over the scenarios that both have played.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="Difference">Mean difference of scenario means, first minus second, with its interval.</param>
/// <param name="Wilcoxon">The signed-rank test of these differences.</param>
/// <param name="AdjustedP">Its p after Holm's correction over all pairs.</param>
/// <param name="CohenD">Cohen's d of the scenario means; null where it is not defined.</param>
/// <param name="CliffDelta">Cliff's δ of the scenario means; null without scenarios.</param>
internal sealed record StrategyComparison(
    string First,
    string Second,
    Estimate Difference,
    WilcoxonResult Wilcoxon,
    double AdjustedP,
    double? CohenD,
    double? CliffDelta);
