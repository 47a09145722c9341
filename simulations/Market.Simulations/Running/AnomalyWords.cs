using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.Running;

/// <summary>Anomalies as rows call them.</summary>
internal static class AnomalyWords
{
    private static readonly (Anomalies Anomaly, string Word)[] All =
    [
        (Anomalies.OverBudget, "over-budget"),
        (Anomalies.BelowCost, "below-cost"),
        (Anomalies.BelowReservation, "below-reservation"),
        (Anomalies.Overpayment, "overpayment"),
        (Anomalies.MissedFeasibleDeal, "missed-feasible-deal"),
        (Anomalies.IrrationalRefusal, "irrational-refusal"),
        (Anomalies.Deadlock, "deadlock"),
        (Anomalies.Substitution, "substitution"),
    ];

    // What has occurred together, by its bits. Two threads may make a text at once; either one is kept.
    private static readonly string?[] Known = new string?[1 << All.Length];

    /// <summary>The words, joined by |; the same object each time.</summary>
    public static string Of(Anomalies found) => found == Anomalies.None
        ? string.Empty
        : Known[(int)found] ??= string.Join(
            '|', All.Where(anomaly => found.HasFlag(anomaly.Anomaly)).Select(anomaly => anomaly.Word));

    /// <summary>The side of a profile: of one that is named buyer or seller; null for any other.</summary>
    public static Party? SideOf(string profile) =>
        profile.Equals("buyer", StringComparison.OrdinalIgnoreCase) ? Party.Buyer
        : profile.Equals("seller", StringComparison.OrdinalIgnoreCase) ? Party.Seller
        : null;
}
