namespace Market.Simulations.Statistics;

/// <summary>A strategy's figures.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Others">Its negotiations with others.</param>
/// <param name="Self">Its negotiations with itself.</param>
/// <param name="Figures">Each measure over its negotiations with others, by the measure's key.</param>
/// <param name="SelfFigures">The same with itself, which says nothing about others and stands apart.</param>
/// <param name="Spread">
/// Standard deviation of scenario means of the ranking's measure; null with fewer than two scenarios.
/// </param>
internal sealed record StrategyStatistics(
    string Name,
    ObservationTable Others,
    ObservationTable Self,
    IReadOnlyDictionary<string, Estimate> Figures,
    IReadOnlyDictionary<string, Estimate> SelfFigures,
    double? Spread)
{
    /// <summary>The figure of a measure over negotiations with others.</summary>
    public Estimate this[Measure measure] => Figures[measure.Key];

    /// <summary>How many scenarios its mean needs for an interval of ± a half-width; null if that is unknown.</summary>
    public int? ScenariosFor(double halfWidth) => Spread is { } s ? Precision.ScenariosFor(s, halfWidth) : null;
}
