using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>What terms come to under an agenda, computed again without overflow.</summary>
internal static class AuditedTerms
{
    /// <summary>Why terms are none of an agenda's; null where they are.</summary>
    public static string? Check(Subject subject, Terms terms)
    {
        var values = terms.Values;
        if (values.Count != subject.Issues.Count)
        {
            return $"The offer has {values.Count} values for {subject.Issues.Count} issues.";
        }

        for (var i = 0; i < values.Count; i++)
        {
            var issue = subject.Issues[i];
            if (values[i] < issue.Minimum || values[i] > issue.Maximum || issue.Step < 1
                || (values[i] - issue.Minimum) % issue.Step != 0)
            {
                return $"The offer's value {values[i]} is none of the issue '{issue.Name}'.";
            }
        }

        var total = TotalOf(subject, terms);
        return total == terms.TotalMinorUnits
            ? null
            : $"The offer's total is {terms.TotalMinorUnits} and should be {total}.";
    }

    /// <summary>Units that change hands: the quantity issue's value, or one.</summary>
    public static long QuantityOf(Subject subject, Terms terms) => Find(subject, terms, IssueKind.Quantity) ?? 1;

    private static Int128 TotalOf(Subject subject, Terms terms) =>
        Find(subject, terms, IssueKind.TotalPrice)
        ?? ((Int128)(Find(subject, terms, IssueKind.UnitPrice) ?? 0) * QuantityOf(subject, terms));

    private static long? Find(Subject subject, Terms terms, IssueKind kind)
    {
        for (var i = 0; i < subject.Issues.Count; i++)
        {
            if (subject.Issues[i].Kind == kind)
            {
                return terms.Values[i];
            }
        }

        return null;
    }
}
