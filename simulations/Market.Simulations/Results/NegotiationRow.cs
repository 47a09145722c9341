using Market.Domain;

namespace Market.Simulations.Results;

/// <summary>
/// One negotiation of a run: what was set, how it ended, and what it was worth: a line of negotiations.csv. A number
/// that is not defined is null, and an empty field there.
/// </summary>
/// <param name="Number">Place in the run from 0; the order of every file, whatever finished first.</param>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Rotation">
/// By how many places profiles are rotated against strategies; 0 is the scenario's order.
/// </param>
/// <param name="Repetition">From 0; pairs without chance have only 0.</param>
/// <param name="Seed">The seed of this negotiation, derived from the run's and what identifies it.</param>
/// <param name="RoundsMax">Rounds after which there is no agreement.</param>
/// <param name="End">agreement, out-of-rounds, ended-by-party, failed.</param>
/// <param name="Rounds">Rounds begun.</param>
/// <param name="Offers">Offers made by all.</param>
/// <param name="Agreement">Values of what was agreed as text, issues joined by "|"; empty without agreement.</param>
/// <param name="Welfare">Σ of the utilities.</param>
/// <param name="Metrics">Distances and optimalities.</param>
/// <param name="SurplusSplit">The first party's share of the surplus, by advantages.</param>
/// <param name="Anomalies">Labels, joined by "|".</param>
/// <param name="Failure">What a strategy did wrong, and which: the negotiation counts as without agreement.</param>
/// <param name="Digest">SHA-256 of what identifies the negotiation and of every act, as 16 hexadecimal digits.</param>
/// <param name="Parties">What each party did and got, in the order of play.</param>
/// <param name="Value">The value of the swept parameter; null without a sweep.</param>
/// <param name="SurplusMoney">
/// What all have gained over no agreement, in minor units of money; null where a profile is not in money.
/// </param>
/// <param name="SurplusSplitMoney">The first party's share of it; null without a positive gain.</param>
internal sealed record NegotiationRow(
    long Number,
    string Scenario,
    int Rotation,
    int Repetition,
    ulong Seed,
    int RoundsMax,
    string End,
    int Rounds,
    int Offers,
    string Agreement,
    double Welfare,
    RowMetrics Metrics,
    double? SurplusSplit,
    string Anomalies,
    string Failure,
    string Digest,
    ValueArray<PartyRow> Parties,
    double? Value = null,
    double? SurplusMoney = null,
    double? SurplusSplitMoney = null)
{
    /// <summary>Whether there was an agreement.</summary>
    public bool IsAgreement => End == "agreement";

    /// <summary>Whether one strategy plays every party.</summary>
    public bool IsSelfPlay
    {
        get
        {
            foreach (var party in Parties)
            {
                if (party.Strategy != Parties[0].Strategy)
                {
                    return false;
                }
            }

            return true;
        }
    }
}

/// <summary>A party of a negotiation.</summary>
/// <param name="Strategy">Full name of its strategy.</param>
/// <param name="Profile">Name of its profile.</param>
/// <param name="Utility">u of the agreement, or the reservation value.</param>
/// <param name="Discounted">u·δ^t.</param>
/// <param name="Advantage">(u − rv)/(max − rv).</param>
/// <param name="Fortunate">Its moves that raised both utilities, as a share of its moves; and so on.</param>
/// <param name="Selfish">Raised its own, lowered the counterparty's.</param>
/// <param name="Concession">Lowered its own, raised the counterparty's.</param>
/// <param name="Nice">Raised the counterparty's at no cost.</param>
/// <param name="Silent">Changed neither.</param>
/// <param name="Unfortunate">Lowered the counterparty's without a gain of its own.</param>
/// <param name="ModelRmse">Root mean square error of its opponent model at the end; null without one.</param>
/// <param name="ModelSpearman">Rank correlation of its opponent model with the truth at the end.</param>
/// <param name="ModelKendall">Kendall's τ-b of the same.</param>
internal sealed record PartyRow(
    string Strategy,
    string Profile,
    double Utility,
    double Discounted,
    double? Advantage,
    double Fortunate,
    double Selfish,
    double Concession,
    double Nice,
    double Silent,
    double Unfortunate,
    double? ModelRmse,
    double? ModelSpearman,
    double? ModelKendall);

/// <summary>Distances to, and optimalities against, the solution points of the rational Pareto frontier.</summary>
internal sealed record RowMetrics(
    double? ParetoDistance,
    double? NashDistance,
    double? KalaiDistance,
    double? ModifiedKalaiDistance,
    double? KalaiSmorodinskyDistance,
    double? ModifiedKalaiSmorodinskyDistance,
    double? MaxWelfareDistance,
    double? ParetoOptimality,
    double? NashOptimality,
    double? KalaiOptimality,
    double? ModifiedKalaiOptimality,
    double? KalaiSmorodinskyOptimality,
    double? ModifiedKalaiSmorodinskyOptimality,
    double? MaxWelfareOptimality);
