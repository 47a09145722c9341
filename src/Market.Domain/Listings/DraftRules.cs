using Market.Domain.Negotiating;

namespace Market.Domain.Listings;

/// <summary>What is wrong with the fields that drafts of listings and of requests have in common.</summary>
internal static class DraftRules
{
    public static void CheckName(string path, string name, FieldProblems problems)
    {
        if (!Names.IsValid(name))
        {
            problems.AddBadName(path, name);
        }
    }

    public static void CheckText(string path, string text, FieldProblems problems)
    {
        if (!Names.IsText(text))
        {
            problems.Add(
                path, "is no text", text,
                $"up to {MarketLimits.TextLengthMax} characters, composed, without control or invisible ones");
        }
    }

    public static void CheckLines(ValueArray<ListingLine> lines, FieldProblems problems)
    {
        CheckCount("lines", lines.Count, 1, MarketLimits.LinesMax, problems);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < lines.Count; i++)
        {
            CheckLine(lines[i].Name, lines[i].Unit, i, names, problems);
            if (lines[i].UnitPriceMinor is < 1 or > MarketLimits.AmountMax)
            {
                problems.AddOutOfRange(
                    $"lines[{i}].unitPriceMinor", lines[i].UnitPriceMinor, 1, MarketLimits.AmountMax);
            }
        }
    }

    public static void CheckLines(ValueArray<RequestLine> lines, FieldProblems problems)
    {
        CheckCount("lines", lines.Count, 0, MarketLimits.LinesMax, problems);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < lines.Count; i++)
        {
            CheckLine(lines[i].Name, lines[i].Unit, i, names, problems);
            if (lines[i].Quantity < 1)
            {
                problems.AddOutOfRange($"lines[{i}].quantity", lines[i].Quantity, 1, int.MaxValue);
            }
        }
    }

    public static void CheckAttributes(
        string path, ValueArray<ListingAttribute> attributes, FieldProblems problems)
    {
        CheckCount(path, attributes.Count, 0, MarketLimits.AttributesMax, problems);
        for (var i = 0; i < attributes.Count; i++)
        {
            if (!Names.IsValid(attributes[i].Name))
            {
                problems.AddBadName($"{path}[{i}].name", attributes[i].Name);
            }

            if (!Names.IsValid(attributes[i].Value))
            {
                problems.AddBadName($"{path}[{i}].value", attributes[i].Value);
            }
        }
    }

    public static void CheckAmount(string path, long amount, FieldProblems problems)
    {
        if (amount is < 1 or > MarketLimits.AmountMax)
        {
            problems.AddOutOfRange(path, amount, 1, MarketLimits.AmountMax);
        }
    }

    /// <summary>Posted values: none at all, or one allowed value an issue (the price's counts for nothing).</summary>
    public static void CheckPosted(ListingDraft draft, Agenda agenda, long total, FieldProblems problems)
    {
        if (draft.PostedValues.Count == 0)
        {
            CheckCount("postedLabels", draft.PostedLabels.Count, 0, 0, problems);
            return;
        }

        CheckCount("postedValues", draft.PostedValues.Count, agenda.Issues.Count, agenda.Issues.Count, problems);
        for (var i = 0; i < Math.Min(agenda.Issues.Count, draft.PostedValues.Count); i++)
        {
            var value = agenda.Issues[i].IsPrice ? total : draft.PostedValues[i];
            if (!agenda.Issues[i].Contains(value))
            {
                problems.Add(
                    $"postedValues[{i}]", "is none of the issue's values", value, agenda.Issues[i].Allowed());
            }
        }

        if (draft.PostedLabels.Count > 0)
        {
            OfferProblems.CheckLabels(agenda, draft.PostedLabels, "postedLabels", problems);
        }
    }

    private static void CheckLine(string name, string unit, int place, HashSet<string> names, FieldProblems problems)
    {
        if (!Names.IsValid(name))
        {
            problems.AddBadName($"lines[{place}].name", name);
        }
        else if (!names.Add(name))
        {
            problems.Add($"lines[{place}].name", "is another line's too", name, "a name of its own");
        }

        if (!Names.IsValid(unit))
        {
            problems.AddBadName($"lines[{place}].unit", unit);
        }
    }

    private static void CheckCount(string path, int count, int minimum, int maximum, FieldProblems problems)
    {
        if (count < minimum || count > maximum)
        {
            problems.Add(
                path, "are too few or too many", count, minimum == maximum ? $"{minimum}" : $"{minimum}..{maximum}");
        }
    }
}
