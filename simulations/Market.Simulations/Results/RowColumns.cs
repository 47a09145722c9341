using Market.Domain;

namespace Market.Simulations.Results;

/// <summary>
/// The columns of negotiations.csv in their order: those of the negotiation, then those of each party with its number
/// from 1 behind the name, <c>strategy_1 … model_kendall_1, strategy_2 …</c>.
/// </summary>
internal static class RowColumns
{
    /// <summary>What is said once a negotiation.</summary>
    public static ValueArray<RowColumn> OfNegotiation { get; } =
    [
        new("number", "Place in the run from 0; the rows are in its order."),
        new("scenario", "Name of the scenario."),
        new("rotation", "By how many places the profiles are rotated against the strategies."),
        new("repetition", "From 0; strategies without chance run once."),
        new("value", "The value of the swept parameter; empty without a sweep."),
        new("seed", "Seed of this negotiation."),
        new("rounds_max", "Rounds after which there is no agreement."),
        new("end", "agreement, out-of-rounds, ended-by-party or failed."),
        new("rounds", "Rounds begun."),
        new("offers", "Offers made by all parties."),
        new("agreement", "The values agreed on, joined by |; empty without agreement."),
        new("welfare", "Sum of the utilities."),
        new("pareto_distance", "Distance of the end's utilities to the rational Pareto frontier."),
        new("nash_distance", "Distance to the nearest Nash point."),
        new("kalai_distance", "Distance to the nearest Kalai (egalitarian) point."),
        new("modified_kalai_distance", "Distance to the nearest modified Kalai point."),
        new("kalai_smorodinsky_distance", "Distance to the nearest Kalai-Smorodinsky point."),
        new("modified_kalai_smorodinsky_distance", "Distance to the nearest modified Kalai-Smorodinsky point."),
        new("max_welfare_distance", "Distance to the nearest point of the largest welfare."),
        new("pareto_optimality", "1 - distance to the frontier / D, at least 0."),
        new("nash_optimality", "The same of the Nash points."),
        new("kalai_optimality", "The same of the Kalai points."),
        new("modified_kalai_optimality", "The same of the modified Kalai points."),
        new("kalai_smorodinsky_optimality", "The same of the Kalai-Smorodinsky points."),
        new("modified_kalai_smorodinsky_optimality", "The same of the modified Kalai-Smorodinsky points."),
        new("max_welfare_optimality", "Welfare / largest welfare on the frontier, at least 0."),
        new("surplus_split", "The first party's share of the surplus, by advantages."),
        new(
            "surplus_money",
            "What all gained over no agreement, in minor units; empty where a profile is not in money."),
        new("surplus_split_money", "The first party's share of that; empty without a gain."),
        new("anomalies", "Labels of what went wrong, joined by |."),
        new("failure", "What a strategy did wrong, and which; then there is no agreement."),
        new("digest", "16 hexadecimal digits of a SHA-256 over what identifies the negotiation, and every act."),
    ];

    /// <summary>What is said of each party.</summary>
    public static ValueArray<RowColumn> OfParty { get; } =
    [
        new("strategy", "Full name of the party's strategy."),
        new("profile", "Name of its profile in the scenario."),
        new("utility", "Utility of the agreement, or the reservation value."),
        new("discounted", "The same times discount^t."),
        new("advantage", "(utility - reservation value) / (largest utility - reservation value)."),
        new("fortunate", "Share of its moves that raised both utilities."),
        new("selfish", "Share that raised its own and lowered the counterparty's."),
        new("concession", "Share that lowered its own and raised the counterparty's."),
        new("nice", "Share that raised the counterparty's at no cost."),
        new("silent", "Share that changed neither."),
        new("unfortunate", "Share that lowered the counterparty's without a gain of its own."),
        new("model_rmse", "Root mean square error of its opponent model at the end; empty without one."),
        new("model_spearman", "Rank correlation of its opponent model with the truth at the end."),
        new("model_kendall", "Kendall's tau-b of the same."),
    ];

    /// <summary>The first line's names for negotiations of up to so many parties.</summary>
    public static IEnumerable<string> Names(int partiesMax) => OfNegotiation.Select(column => column.Name)
        .Concat(Enumerable.Range(1, partiesMax).SelectMany(
            party => OfParty.Select(column => $"{column.Name}_{party}")));
}
