namespace Market.Simulations.Statistics;

/// <summary>How a strategy does against another, or against itself.</summary>
/// <param name="Strategy">Whose utility it is.</param>
/// <param name="Opponent">Whom it met.</param>
/// <param name="Observations">Its negotiations with that opponent.</param>
/// <param name="Score">The ranking's measure.</param>
/// <param name="AgreementRate">See <see cref="Measures.AgreementRate"/>.</param>
/// <param name="Rounds">See <see cref="Measures.Rounds"/>.</param>
/// <param name="Welfare">See <see cref="Measures.Welfare"/>.</param>
/// <param name="RanOnce">
/// Whether nothing was repeated: a pair without chance would do the same again, which is no replication.
/// </param>
internal sealed record PairStatistics(
    string Strategy,
    string Opponent,
    ObservationTable Observations,
    Estimate Score,
    Estimate AgreementRate,
    Estimate Rounds,
    Estimate Welfare,
    bool RanOnce);
