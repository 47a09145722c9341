using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Hosting;

/// <summary>
/// What a strategy and a utility must be for the market to host them. Each finding says what would be right, to the
/// agent alone; it is never logged, since it may name what is private.
/// </summary>
public static class HostingRules
{
    /// <summary>Why a strategy's name is refused; null when it is not.</summary>
    public static HostingFinding? RefuseStrategy(string strategy)
    {
        if (!Names.IsValid(strategy) || !StrategyCatalog.Contains(strategy))
        {
            return new HostingFinding(
                HostingRefusal.StrategyUnknown,
                $"Known are {string.Join(", ", StrategyCatalog.Names)}. {StrategyCatalog.Grammar}");
        }

        // It weighs up to 30,000 whole profiles an offer: an agent would have the market think for it alone.
        return StrategyCatalog.Find(strategy).Name.EndsWith("+model:bayesian", StringComparison.Ordinal)
            ? new HostingFinding(
                HostingRefusal.StrategyUnknown,
                "The Bayesian model of whole profiles is not hosted; scalable-bayesian is.")
            : null;
    }

    /// <summary>
    /// The seed of a hosted strategy's chance in a negotiation: the agent, which knows both ids, can repeat what it
    /// did; the counterparty, which does not know the hosting, cannot foresee it.
    /// </summary>
    public static ulong SeedOf(HostingId hosting, NegotiationId negotiation) =>
        Seeds.Derive(0, hosting.ToString(), negotiation.ToString());

    /// <summary>Why the numbers of a utility are refused, whatever the agenda is; null when they are not.</summary>
    public static HostingFinding? RefuseNumbers(HostedUtility utility)
    {
        ArgumentNullException.ThrowIfNull(utility);
        if (utility.Issues.Count is < 1 or > MarketLimits.IssuesMax)
        {
            return Invalid($"It values {utility.Issues.Count} issues; an agenda has 1 to {MarketLimits.IssuesMax}.");
        }

        for (var i = 0; i < utility.Issues.Count; i++)
        {
            var issue = utility.Issues[i];
            if (FlawOf(issue) is { } element)
            {
                return Invalid(
                    $"Element {element} of issue {i} must be a finite number within ±{HostingLimits.NumberMax}.");
            }

            if (issue.Table.Count > 0 && (issue.Slope != 0 || issue.Intercept != 0))
            {
                return Invalid($"Issue {i} has a table and a line; give one of them.");
            }
        }

        return !IsNumber(utility.Bias) ? Invalid("Element bias must be a finite number.")
            : !IsNumber(utility.ReservationValue) && !double.IsNegativeInfinity(utility.ReservationValue)
                ? Invalid("Element reservationValue must be a finite number, or −∞.")
            : null;
    }

    /// <summary>Why a utility is refused for an agenda; null when it fits.</summary>
    public static HostingFinding? RefuseFor(HostedUtility utility, Agenda agenda)
    {
        ArgumentNullException.ThrowIfNull(utility);
        ArgumentNullException.ThrowIfNull(agenda);
        if (agenda.Issues.Any(static issue => issue.Kind == IssueKind.Text))
        {
            return Invalid("The agenda has a text, which no utility values and nobody would read.");
        }

        try
        {
            var count = new OutcomeSpace(agenda).Count;
            _ = utility.For(agenda);
            return count <= HostingLimits.OutcomesMax
                ? null
                : Invalid($"The agenda has {count} outcomes; a hosted strategy ranks {HostingLimits.OutcomesMax}.");
        }
        catch (Exception flaw) when (flaw is ArgumentException or OutcomeSpaceTooLargeException)
        {
            return Invalid(flaw.Message);
        }
    }

    private static string? FlawOf(IssueUtility issue) =>
        !IsNumber(issue.Weight) ? "weight"
        : !IsNumber(issue.Slope) ? "slope"
        : !IsNumber(issue.Intercept) ? "intercept"
        : !issue.Table.All(IsNumber) ? "table"
        : null;

    private static bool IsNumber(double value) => Math.Abs(value) <= HostingLimits.NumberMax;

    private static HostingFinding Invalid(string detail) => new(HostingRefusal.UtilityIsInvalid, detail);
}

/// <summary>A refusal with what was wrong or would be right.</summary>
/// <param name="Refusal">The refusal.</param>
/// <param name="Detail">A sentence for the agent, or null.</param>
public sealed record HostingFinding(HostingRefusal Refusal, string? Detail = null);
