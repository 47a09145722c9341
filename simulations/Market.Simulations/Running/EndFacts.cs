using Market.Domain;
using Market.Domain.Strategies;
using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>
/// What an end of a negotiation is worth, whoever played it: worked out once for each agreement that occurs.
/// </summary>
/// <param name="Agreement">The values agreed on as text; empty without agreement.</param>
/// <param name="Welfare">Σ of the utilities, in the order of the scenario's profiles.</param>
/// <param name="Metrics">Distances and optimalities.</param>
/// <param name="SurplusSplit">The first seat's share of the surplus.</param>
/// <param name="Utilities">The utility of each seat.</param>
/// <param name="Advantages">The advantage of each seat.</param>
internal sealed record EndFacts(
    string Agreement,
    double Welfare,
    RowMetrics Metrics,
    double? SurplusSplit,
    ValueArray<double> Utilities,
    ValueArray<double?> Advantages)
{
    /// <summary>Works one out.</summary>
    public static EndFacts Of(StageBench bench, int agreement, int rotation)
    {
        var seats = bench.Ranked.Count;
        var metrics = bench.Optimality.Of(agreement);
        var profiles = Enumerable.Range(0, seats).Select(seat => bench.Ranked[(seat + rotation) % seats]).ToList();
        return new EndFacts(
            agreement >= 0 ? bench.Scenario.TextOf(bench.Ranked[0].Space[agreement]) : string.Empty,
            metrics.Welfare,
            RowOf(metrics),
            null,
            profiles.Select(own => own.UtilityOfEnd(agreement)).ToValueArray(),
            profiles.Select(own => AdvantageOf(own, agreement)).ToValueArray());
    }
}
