using Market.Domain.Settling;

namespace Market.Domain.Negotiating;

/// <summary>Which agendas a market takes. Terms within a valid agenda cannot overflow.</summary>
public static class AgendaRules
{
    /// <summary>
    /// Whether an agenda has exactly one price, at most one quantity, bounded and uniquely named issues, possible
    /// charges, and all-in totals that stay within <see cref="MarketLimits.AmountMax"/>.
    /// </summary>
    public static bool IsValid(Agenda agenda)
    {
        var problems = new FieldProblems();
        Check(agenda, problems);
        return problems.AreNone;
    }

    /// <summary>What is wrong with an agenda, field by field; empty where nothing is.</summary>
    public static ValueArray<FieldProblem> ProblemsOf(Agenda agenda)
    {
        var problems = new FieldProblems();
        Check(agenda, problems);
        return problems.ToValueArray();
    }

    internal static void Check(Agenda agenda, FieldProblems problems)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        if (agenda.Issues.Count is < 1 or > MarketLimits.IssuesMax)
        {
            problems.Add("issues", "are too few or too many", agenda.Issues.Count, $"1..{MarketLimits.IssuesMax}");
            return;
        }

        if (!Asset.Money(agenda.Currency).IsWellFormed)
        {
            problems.Add("currency", "is no currency", agenda.Currency.Packed, "three letters and up to 9 decimals");
        }

        for (var i = 0; i < agenda.Issues.Count; i++)
        {
            IssueRules.Check(agenda.Issues[i], i, problems);
            if (IsNamedBefore(agenda, i))
            {
                problems.Add($"issues[{i}].name", "is another issue's too", agenda.Issues[i].Name, "a name of its own");
            }
        }

        CheckKinds(agenda.Issues, problems);
        ChargeRules.Check(agenda, problems);
        if (problems.AreNone)
        {
            CheckTotal(agenda, problems);
        }
    }

    private static void CheckKinds(ValueArray<Issue> issues, FieldProblems problems)
    {
        var prices = issues.Count(static issue => issue.IsPrice);
        var quantities = issues.Count(static issue => issue.Kind == IssueKind.Quantity);
        if (prices != 1)
        {
            problems.Add("issues", "have no price, or several", prices, "one price");
        }

        if (quantities > 1)
        {
            problems.Add("issues", "have several quantities", quantities, "at most one quantity");
        }
    }

    private static void CheckTotal(Agenda agenda, FieldProblems problems)
    {
        Int128 price = 0;
        Int128 quantity = 1;
        foreach (var issue in agenda.Issues)
        {
            price = issue.IsPrice ? issue.Highest : price;
            quantity = issue.Kind == IssueKind.Quantity ? issue.Highest : quantity;
        }

        var largest = AllInTotal.Largest(agenda.Charges.AsSpan(), price * quantity);
        if (largest > MarketLimits.AmountMax)
        {
            problems.Add(
                "issues", "come to more than an amount can be", largest.ToString(),
                $"at most {MarketLimits.AmountMax}");
        }
    }

    private static bool IsNamedBefore(Agenda agenda, int place)
    {
        for (var i = 0; i < place; i++)
        {
            if (string.Equals(agenda.Issues[i].Name, agenda.Issues[place].Name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
