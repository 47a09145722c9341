using Market.Domain.Negotiating;

namespace Market.Silo.Commands.Audit;

/// <summary>What terms come to under an agenda, computed again without overflow.</summary>
internal static class AuditedTerms
{
    /// <summary>Why terms are none of an agenda's; null where they are.</summary>
    public static string? Check(Agenda agenda, Terms terms)
    {
        var values = terms.Outcome.Values;
        if (values.Count != agenda.Issues.Count)
        {
            return $"The offer has {values.Count} values for {agenda.Issues.Count} issues.";
        }

        for (var i = 0; i < values.Count; i++)
        {
            var issue = agenda.Issues[i];
            if (values[i] < issue.Minimum || values[i] > issue.Maximum || issue.Step < 1
                || (values[i] - issue.Minimum) % issue.Step != 0)
            {
                return $"The offer's value {values[i]} is none of the issue '{issue.Name}'.";
            }
        }

        var total = TotalOf(agenda, terms.Outcome);
        return total == terms.TotalMinorUnits
            ? null
            : $"The offer's total is {terms.TotalMinorUnits} and should be {total}.";
    }

    /// <summary>Units that change hands: the quantity issue's value, or one.</summary>
    public static long QuantityOf(Agenda agenda, Outcome outcome) => Find(agenda, outcome, IssueKind.Quantity) ?? 1;

    private static Int128 TotalOf(Agenda agenda, Outcome outcome) =>
        Find(agenda, outcome, IssueKind.TotalPrice)
        ?? ((Int128)(Find(agenda, outcome, IssueKind.UnitPrice) ?? 0) * QuantityOf(agenda, outcome));

    private static long? Find(Agenda agenda, Outcome outcome, IssueKind kind)
    {
        for (var i = 0; i < agenda.Issues.Count; i++)
        {
            if (agenda.Issues[i].Kind == kind)
            {
                return outcome.Values[i];
            }
        }

        return null;
    }
}
