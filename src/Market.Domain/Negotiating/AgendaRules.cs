namespace Market.Domain.Negotiating;

/// <summary>Which agendas a market takes. Terms within a valid agenda cannot overflow.</summary>
public static class AgendaRules
{
    /// <summary>
    /// Whether an agenda has exactly one price, at most one quantity, bounded and uniquely named issues, and totals
    /// that stay within <see cref="MarketLimits.AmountMax"/>.
    /// </summary>
    public static bool IsValid(Agenda agenda)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        if (agenda.Issues.Count is < 1 or > MarketLimits.IssuesMax)
        {
            return false;
        }

        long quantityMax = 1;
        long priceMax = 0;
        var prices = 0;
        var quantities = 0;
        for (var i = 0; i < agenda.Issues.Count; i++)
        {
            var issue = agenda.Issues[i];
            if (!IsValid(issue) || IsNamedBefore(agenda, i))
            {
                return false;
            }

            if (issue.Kind is IssueKind.UnitPrice or IssueKind.TotalPrice)
            {
                prices++;
                priceMax = issue.Maximum;
            }
            else if (issue.Kind == IssueKind.Quantity)
            {
                quantities++;
                quantityMax = issue.Maximum;
            }
        }

        return prices == 1 && quantities <= 1 && (Int128)priceMax * quantityMax <= MarketLimits.AmountMax;
    }

    private static bool IsValid(Issue issue)
    {
        var bounded = issue.Minimum >= 0
            && issue.Maximum >= issue.Minimum
            && issue.Maximum <= MarketLimits.AmountMax
            && issue.Step >= 1
            && (issue.Maximum - issue.Minimum) % issue.Step == 0;
        var choices = issue.Kind == IssueKind.Choice
            ? issue.Choices.Count is >= 1 and <= MarketLimits.ChoicesMax
                && issue is { Minimum: 0, Step: 1 }
                && issue.Maximum == issue.Choices.Count - 1
                && AreNamedApart(issue.Choices)
            : issue.Choices.Count == 0;
        var positive = issue.Kind is not (IssueKind.UnitPrice or IssueKind.TotalPrice or IssueKind.Quantity)
            || issue.Minimum >= 1;
        return Names.IsValid(issue.Name) && bounded && choices && positive && Enum.IsDefined(issue.Kind);
    }

    private static bool AreNamedApart(ValueArray<string> choices)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var choice in choices)
        {
            if (!Names.IsValid(choice) || !names.Add(choice))
            {
                return false;
            }
        }

        return true;
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
