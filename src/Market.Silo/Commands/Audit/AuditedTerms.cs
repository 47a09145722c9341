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

    /// <summary>
    /// Whether a part of what is offered has terms of its own: of a unit price and a quantity, one of its values.
    /// </summary>
    public static bool IsPart(Subject subject, Terms terms, long quantity) =>
        PlaceOf(subject, IssueKind.UnitPrice) is not null
        && PlaceOf(subject, IssueKind.Quantity) is { } place
        && subject.Issues[place] is var issue
        && quantity >= issue.Minimum && quantity <= terms.Values[place] && (quantity - issue.Minimum) % issue.Step == 0;

    /// <summary>The terms over a part of the quantity that is offered; where there is none, the terms.</summary>
    public static Terms OfPart(Subject subject, Terms terms, long quantity)
    {
        if (!IsPart(subject, terms, quantity) || quantity == QuantityOf(subject, terms))
        {
            return terms;
        }

        var values = new long[terms.Values.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = subject.Issues[i].Kind == IssueKind.Quantity ? quantity : terms.Values[i];
        }

        var part = new Terms(new Items<long>(values), 0);
        return part with { TotalMinorUnits = (long)TotalOf(subject, part) };
    }

    private static Int128 TotalOf(Subject subject, Terms terms) =>
        Find(subject, terms, IssueKind.TotalPrice)
        ?? ((Int128)(Find(subject, terms, IssueKind.UnitPrice) ?? 0) * QuantityOf(subject, terms));

    private static long? Find(Subject subject, Terms terms, IssueKind kind) =>
        PlaceOf(subject, kind) is { } place ? terms.Values[place] : null;

    private static int? PlaceOf(Subject subject, IssueKind kind)
    {
        for (var i = 0; i < subject.Issues.Count; i++)
        {
            if (subject.Issues[i].Kind == kind)
            {
                return i;
            }
        }

        return null;
    }
}
