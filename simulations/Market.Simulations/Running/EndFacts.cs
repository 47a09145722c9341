using Market.Domain;
using Market.Domain.Strategies;
using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>
/// What an end of a negotiation is worth, whoever played it: worked out once for each agreement that occurs.
/// </summary>
/// <param name="Agreement">The values agreed on as text; empty without agreement.</param>
/// <param name="Welfare">Σ of the utilities.</param>
/// <param name="Metrics">Distances and optimalities.</param>
/// <param name="SurplusSplit">The first seat's share of the surplus, by advantages.</param>
/// <param name="SurplusMoney">
/// What all have gained over no agreement, in minor units; null where a profile is not in money.
/// </param>
/// <param name="SurplusSplitMoney">The first seat's share of that; null without a positive gain.</param>
/// <param name="Utilities">The utility of each seat.</param>
/// <param name="Advantages">The advantage of each seat.</param>
internal sealed record EndFacts(
    string Agreement,
    double Welfare,
    RowMetrics Metrics,
    double? SurplusSplit,
    double? SurplusMoney,
    double? SurplusSplitMoney,
    ValueArray<double> Utilities,
    ValueArray<double?> Advantages)
{
    /// <summary>Works one out.</summary>
    public static EndFacts Of(StageBench bench, int agreement, int rotation)
    {
        var optimality = bench.OptimalityOf(rotation);
        var scores = optimality.ScoresOf(agreement);
        var advantages = Enumerable.Range(0, optimality.Profiles.Count)
            .Select(seat => optimality.AdvantageOf(seat, agreement))
            .ToValueArray();
        var gains = GainsOf(bench, agreement, rotation);
        return new EndFacts(
            agreement >= 0 ? bench.Scenario.TextOf(bench.Ranked[0].Space[agreement]) : string.Empty,
            scores.Welfare,
            RowOf(scores),
            Surplus.ShareOfAdvantage(0, advantages.AsSpan()),
            gains.Count > 0 ? gains.Sum() : null,
            gains.Count > 0 ? Surplus.ShareInMoney(0, gains.AsSpan()) : null,
            optimality.Profiles.Select(own => own.UtilityOfEnd(agreement)).ToValueArray(),
            advantages);
    }

    /// <summary>Gains in minor units, a seat each; empty where a profile is not in money.</summary>
    private static ValueArray<double> GainsOf(StageBench bench, int agreement, int rotation)
    {
        if (bench.Money is not { } money)
        {
            return [];
        }

        var seats = bench.Seats(rotation);
        var gains = new List<double>(seats.Count);
        for (var seat = 0; seat < seats.Count; seat++)
        {
            if (money.GainOf((seat + rotation) % seats.Count, seats[seat].UtilityOfEnd(agreement)) is not { } gain)
            {
                return [];
            }

            gains.Add(gain);
        }

        return gains.ToValueArray();
    }

    private static RowMetrics RowOf(in OptimalityScores scores) => new(
        scores.ParetoDistance,
        scores.NashDistance,
        scores.KalaiDistance,
        scores.ModifiedKalaiDistance,
        scores.KalaiSmorodinskyDistance,
        scores.ModifiedKalaiSmorodinskyDistance,
        scores.MaxWelfareDistance,
        scores.ParetoOptimality,
        scores.NashOptimality,
        scores.KalaiOptimality,
        scores.ModifiedKalaiOptimality,
        scores.KalaiSmorodinskyOptimality,
        scores.ModifiedKalaiSmorodinskyOptimality,
        scores.MaxWelfareOptimality);
}
