using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Results;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Running;

/// <summary>Labels of agreements that need to know the price, and what was asked for.</summary>
internal static class MoneyLabels
{
    /// <summary>Finds overpayment and substitution.</summary>
    /// <param name="bench">The scenario.</param>
    /// <param name="rotation">By how many places profiles are rotated against seats.</param>
    /// <param name="agreement">The index of the agreement; below 0 without one.</param>
    /// <param name="log">All acts.</param>
    public static Anomalies Of(StageBench bench, int rotation, int agreement, ActLog log)
    {
        if (agreement < 0)
        {
            return Anomalies.None;
        }

        var found = IsSubstitution(bench.Scenario, bench.Ranked[0].Space, agreement)
            ? Anomalies.Substitution
            : Anomalies.None;
        return bench.Money is { } money && IsOverpayment(bench, money, rotation, agreement, log)
            ? found | Anomalies.Overpayment
            : found;
    }

    private static bool IsOverpayment(
        StageBench bench, ScenarioMoney money, int rotation, int agreement, ActLog log)
    {
        var total = money.TotalOf(agreement);
        if (AnomalyRules.IsOverpayment(total, 0, bench.Scenario.Posted, []))
        {
            return true;
        }

        var sides = bench.SidesOf(rotation);
        var seats = bench.Seats(rotation);
        for (var buyer = 0; buyer < sides.Length; buyer++)
        {
            var paid = seats[buyer].UtilityOf(agreement);
            if (sides[buyer] != Party.Buyer)
            {
                continue;
            }

            foreach (var act in log.Trace)
            {
                // An ask that was lower for terms no worse was worth at least as much, which is quickly seen.
                if (act.Kind == NegotiatorActKind.Propose
                    && sides[act.Party] == Party.Seller
                    && seats[buyer].UtilityOf(act.Outcome) >= paid
                    && IsBetter(money, (buyer + rotation) % sides.Length, act.Outcome, agreement, total))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsBetter(ScenarioMoney money, int buyer, int ask, int agreement, long total) =>
        AnomalyRules.IsOverpayment(
            total,
            money.TermsWorth(buyer, agreement),
            posted: null,
            [(money.TotalOf(ask), money.TermsWorth(buyer, ask))]);

    private static bool IsSubstitution(Scenario scenario, OutcomeSpace space, int agreement)
    {
        if (scenario.Request.Count == 0)
        {
            return false;
        }

        var settled = space[agreement];
        return AnomalyRules.IsSubstitution(
            Order(scenario, static asked => asked.Value), Order(scenario, asked => settled[asked.Issue]));
    }

    /// <summary>What the request names, as it was asked for or settled: the item's features, quantity, fees.</summary>
    private static (string Item, long Quantity, long FeeMinor) Order(
        Scenario scenario, Func<RequestedValue, long> valueOf)
    {
        var (features, quantity, fees) = (new List<string>(), 0L, 0L);
        foreach (var asked in scenario.Request)
        {
            var value = valueOf(asked);
            switch (scenario.Agenda.Issues[asked.Issue].Kind)
            {
                case IssueKind.Quantity:
                    quantity = value;
                    break;
                case IssueKind.Money:
                    fees += value;
                    break;
                default:
                    features.Add(scenario.TextOf(asked.Issue, value));
                    break;
            }
        }

        return (string.Join('|', features), quantity, fees);
    }
}
