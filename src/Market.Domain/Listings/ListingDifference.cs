using System.Globalization;
using Market.Domain.Negotiating;

namespace Market.Domain.Listings;

/// <summary>What differs between two drafts of a listing, in machine form: field by field, before and after.</summary>
public static class ListingDifference
{
    private const string Problem = "has changed";

    /// <summary>
    /// The fields that differ, at most <see cref="MarketLimits.FieldProblemsMax"/>; what was is given, what is now is
    /// expected. A list that grew or shrank is said as a whole for each element that is on one side only.
    /// </summary>
    public static ValueArray<FieldProblem> Between(ListingDraft before, ListingDraft after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var problems = new FieldProblems();
        Compare("title", before.Title, after.Title, problems);
        Compare("category", before.Category, after.Category, problems);
        Compare("description", before.Description, after.Description, problems);
        Compare("lines", before.Lines, after.Lines, CompareLines, static line => line.Name, problems);
        Compare("attributes", before.Attributes, after.Attributes, CompareAttributes, static a => a.Name, problems);
        Compare("currency", before.Currency.Code, after.Currency.Code, problems);
        Compare("currency.scale", before.Currency.Scale, after.Currency.Scale, problems);
        Compare("issues", before.Issues, after.Issues, CompareIssues, static issue => issue.Name, problems);
        Compare("charges", before.Charges, after.Charges, CompareCharges, static charge => charge.Name, problems);
        CompareNumbers("postedValues", before.PostedValues, after.PostedValues, problems);
        Compare("postedLabels", before.PostedLabels, after.PostedLabels, Compare, static label => label, problems);
        Compare("stock", before.Stock, after.Stock, problems);
        return problems.ToValueArray();
    }

    /// <summary>
    /// The refusal of what names an old version, with the version that there is and what has changed.
    /// </summary>
    public static ListingFault Stale(int given, int newest, ValueArray<FieldProblem> changes) => new(
        ListingRefusal.ListingVersionIsStale,
        changes.Prepend(new FieldProblem("listingVersion", "is not the newest", $"{given}", $"{newest}"))
            .Take(MarketLimits.FieldProblemsMax)
            .ToValueArray());

    /// <summary>
    /// Two differences, one after the other, as one: what was before the first, and what is after the second. A field
    /// that is as it was is left out.
    /// </summary>
    public static ValueArray<FieldProblem> Join(ValueArray<FieldProblem> first, ValueArray<FieldProblem> second)
    {
        var joined = first.ToList();
        foreach (var change in second)
        {
            var place = joined.FindIndex(one => one.Path == change.Path);
            if (place < 0)
            {
                joined.Add(change);
            }
            else
            {
                joined[place] = joined[place] with { Expected = change.Expected };
            }
        }

        return joined.Where(static one => one.Given != one.Expected)
            .Take(MarketLimits.FieldProblemsMax)
            .ToValueArray();
    }

    private static void CompareLines(string path, ListingLine before, ListingLine after, FieldProblems problems)
    {
        Compare($"{path}.name", before.Name, after.Name, problems);
        Compare($"{path}.unitPriceMinor", before.UnitPriceMinor, after.UnitPriceMinor, problems);
        Compare($"{path}.unit", before.Unit, after.Unit, problems);
    }

    private static void CompareAttributes(
        string path, ListingAttribute before, ListingAttribute after, FieldProblems problems)
    {
        Compare($"{path}.name", before.Name, after.Name, problems);
        Compare($"{path}.value", before.Value, after.Value, problems);
    }

    private static void CompareIssues(string path, Issue before, Issue after, FieldProblems problems)
    {
        Compare($"{path}.name", before.Name, after.Name, problems);
        Compare($"{path}.kind", before.Kind.ToString(), after.Kind.ToString(), problems);
        Compare($"{path}.minimum", before.Minimum, after.Minimum, problems);
        Compare($"{path}.maximum", before.Maximum, after.Maximum, problems);
        Compare($"{path}.step", before.Step, after.Step, problems);
        Compare($"{path}.choices", before.Choices.ToString(), after.Choices.ToString(), problems);
        Compare($"{path}.fixed", before.Fixed, after.Fixed, problems);
    }

    private static void CompareCharges(string path, Charge before, Charge after, FieldProblems problems)
    {
        Compare($"{path}.name", before.Name, after.Name, problems);
        Compare($"{path}.kind", before.Kind.ToString(), after.Kind.ToString(), problems);
        Compare($"{path}.amountMinor", before.AmountMinor, after.AmountMinor, problems);
        Compare($"{path}.basisPoints", before.BasisPoints, after.BasisPoints, problems);
        Compare($"{path}.isIncluded", Text(before.IsIncluded), Text(after.IsIncluded), problems);
        Compare($"{path}.byIssue", before.ByIssue, after.ByIssue, problems);
        CompareNumbers($"{path}.amountsMinor", before.AmountsMinor, after.AmountsMinor, problems);
    }

    private static void CompareNumbers(
        string path, ValueArray<long> before, ValueArray<long> after, FieldProblems problems)
    {
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            Compare(
                $"{path}[{i}]", i < before.Count ? before[i] : null, i < after.Count ? after[i] : null, problems);
        }
    }

    private static void Compare<T>(
        string path,
        ValueArray<T> before,
        ValueArray<T> after,
        Action<string, T, T, FieldProblems> compare,
        Func<T, string> nameOf,
        FieldProblems problems)
    {
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            if (i < before.Count && i < after.Count)
            {
                compare($"{path}[{i}]", before[i], after[i], problems);
            }
            else
            {
                problems.Add(
                    $"{path}[{i}]", Problem, i < before.Count ? nameOf(before[i]) : null,
                    i < after.Count ? nameOf(after[i]) : null);
            }
        }
    }

    private static void Compare(string path, string before, string after, FieldProblems problems)
    {
        if (before != after)
        {
            problems.Add(path, Problem, before, after);
        }
    }

    private static void Compare(string path, long? before, long? after, FieldProblems problems)
    {
        if (before != after)
        {
            problems.Add(path, Problem, Text(before), Text(after));
        }
    }

    private static string Text(bool value) => value ? "true" : "false";

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
