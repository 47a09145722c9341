using Market.Simulations.Results;

namespace Market.Simulations.Statistics;

/// <summary>All measures, each once.</summary>
internal static class Measures
{
    /// <summary>The share of negotiations that ended in agreement.</summary>
    public static Measure AgreementRate { get; } = new(
        "agreementRate", "agreement rate", "Share of negotiations that ended in agreement.",
        static o => o.Row.IsAgreement ? 1 : 0);

    /// <summary>Rounds begun until the agreement.</summary>
    public static Measure Rounds { get; } = new(
        "roundsToAgreement", "rounds to agreement", "Rounds begun, of the negotiations that ended in agreement.",
        static o => o.Row.IsAgreement ? o.Row.Rounds : null);

    /// <summary>Utility; without agreement the reservation value.</summary>
    public static Measure Utility { get; } = new(
        "utility", "utility", "Own utility; without agreement the reservation value.", static o => o.Party.Utility);

    /// <summary>Utility of agreements alone.</summary>
    public static Measure UtilityOfAgreements { get; } = new(
        "utilityOfAgreements", "utility of agreements", "Own utility, of the negotiations that ended in agreement.",
        static o => o.Row.IsAgreement ? o.Party.Utility : null);

    /// <summary>Advantage.</summary>
    public static Measure Advantage { get; } = new(
        "advantage", "advantage", "(u − rv)/(max − rv): 0 for the reservation value, 1 for the best outcome.",
        static o => o.Party.Advantage);

    /// <summary>Welfare.</summary>
    public static Measure Welfare { get; } = new(
        "welfare", "welfare", "Sum of all parties' utilities.", static o => o.Row.Welfare);

    /// <summary>All of them; the first ones are the most asked for.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        AgreementRate, Rounds, Utility, UtilityOfAgreements,
        new("discountedUtility", "discounted utility", "u·δ^t.", static o => o.Party.Discounted),
        Advantage, Welfare,
        new("surplusShare", "surplus share", "Own share of the surplus by advantages, two parties.",
            static o => Share(o, o.Row.SurplusSplit)),
        new("surplusShareInMoney", "surplus share in money",
            "Own share of the surplus in money, two parties whose profiles are in money.",
            static o => Share(o, o.Row.SurplusSplitMoney)),
        Of("paretoOptimality", "Pareto optimality", static m => m.ParetoOptimality),
        Of("nashOptimality", "Nash optimality", static m => m.NashOptimality),
        Of("kalaiOptimality", "Kalai optimality", static m => m.KalaiOptimality),
        Of("modifiedKalaiOptimality", "modified Kalai optimality", static m => m.ModifiedKalaiOptimality),
        Of("kalaiSmorodinskyOptimality", "Kalai-Smorodinsky optimality", static m => m.KalaiSmorodinskyOptimality),
        Of("modifiedKalaiSmorodinskyOptimality", "modified Kalai-Smorodinsky optimality",
            static m => m.ModifiedKalaiSmorodinskyOptimality),
        Of("maxWelfareOptimality", "max-welfare optimality", static m => m.MaxWelfareOptimality),
        .. Classes,
        Model("modelRmse", "model RMSE", static party => party.ModelRmse),
        Model("modelSpearman", "model Spearman", static party => party.ModelSpearman),
        Model("modelKendall", "model Kendall τ-b", static party => party.ModelKendall),
    ];

    /// <summary>The classes of offers, as shares of a party's offers.</summary>
    public static IReadOnlyList<Measure> Classes =>
    [
        Class("fortunate", static party => party.Fortunate),
        Class("nice", static party => party.Nice),
        Class("concession", static party => party.Concession),
        Class("silent", static party => party.Silent),
        Class("selfish", static party => party.Selfish),
        Class("unfortunate", static party => party.Unfortunate),
    ];

    /// <summary>The measure of a key, or null.</summary>
    public static Measure? Find(string key) => All.FirstOrDefault(measure => measure.Key == key);

    private static Measure Of(string key, string name, Func<RowMetrics, double?> of) =>
        new(key, name, "1 − distance/D to the nearest such point, or a share of the largest welfare.",
            o => of(o.Row.Metrics));

    private static Measure Class(string key, Func<PartyRow, double> of) =>
        new(key, key, "Share of this class of a party's offers after its first.",
            o => HasMoved(o.Party) ? of(o.Party) : null);

    // Whoever made one offer or none has no classes: zeros would not add up to a whole.
    private static bool HasMoved(PartyRow party) => party.Fortunate + party.Nice + party.Concession + party.Silent
        + party.Selfish + party.Unfortunate > 0;

    private static Measure Model(string key, string name, Func<PartyRow, double?> of) =>
        new(key, name, "Of the opponent model at the end, against the truth.", o => of(o.Party));

    private static double? Share(Observation o, double? split) =>
        o.Row.Parties.Count == 2 && split is { } first ? (o.Seat == 0 ? first : 1 - first) : null;
}
