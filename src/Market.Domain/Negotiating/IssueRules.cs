namespace Market.Domain.Negotiating;

/// <summary>Which issues an agenda can have.</summary>
internal static class IssueRules
{
    /// <summary>Adds what is wrong with an issue at its place.</summary>
    public static void Check(Issue issue, int place, FieldProblems problems)
    {
        if (!Names.IsValid(issue.Name))
        {
            problems.AddBadName($"issues[{place}].name", issue.Name);
        }

        if (!Enum.IsDefined(issue.Kind))
        {
            problems.Add($"issues[{place}].kind", "is no kind of issue", (int)issue.Kind, "1..9");
        }

        CheckBounds(issue, place, problems);
        CheckChoices(issue, place, problems);
        CheckFixed(issue, place, problems);
    }

    private static void CheckBounds(Issue issue, int place, FieldProblems problems)
    {
        var (lowest, highest) = issue.Kind switch
        {
            IssueKind.UnitPrice or IssueKind.TotalPrice or IssueKind.Quantity => (1, MarketLimits.AmountMax),
            IssueKind.Date => (0, Issue.DayMax),
            IssueKind.Boolean => (0, 1),
            IssueKind.Text => (0, 0),
            _ => (0L, MarketLimits.AmountMax),
        };
        if (issue.Minimum < lowest || issue.Minimum > highest)
        {
            problems.AddOutOfRange($"issues[{place}].minimum", issue.Minimum, lowest, highest);
        }
        else if (issue.Maximum < issue.Minimum || issue.Maximum > highest)
        {
            problems.AddOutOfRange($"issues[{place}].maximum", issue.Maximum, issue.Minimum, highest);
        }
        else if (issue.Step < 1)
        {
            problems.Add($"issues[{place}].step", "is not positive", issue.Step, "at least 1");
        }
        else if ((issue.Maximum - issue.Minimum) % issue.Step != 0)
        {
            problems.Add(
                $"issues[{place}].step", "does not lead from the minimum to the maximum", issue.Step,
                $"a divisor of {issue.Maximum - issue.Minimum}");
        }
    }

    private static void CheckChoices(Issue issue, int place, FieldProblems problems)
    {
        var path = $"issues[{place}].choices";
        if (issue.Kind != IssueKind.Choice)
        {
            if (issue.Choices.Count > 0)
            {
                problems.Add(path, "belong to a choice", issue.Choices.Count, "none");
            }

            return;
        }

        if (issue.Choices.Count is < 1 or > MarketLimits.ChoicesMax)
        {
            problems.Add(path, "are too few or too many", issue.Choices.Count, $"1..{MarketLimits.ChoicesMax}");
        }
        else if (issue.Minimum != 0 || issue.Step != 1 || issue.Maximum != issue.Choices.Count - 1)
        {
            problems.Add(path, "are not its values", issue.Allowed(), $"0..{issue.Choices.Count - 1}");
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < issue.Choices.Count; i++)
        {
            if (!Names.IsValid(issue.Choices[i]))
            {
                problems.AddBadName($"{path}[{i}]", issue.Choices[i]);
            }
            else if (!names.Add(issue.Choices[i]))
            {
                problems.Add($"{path}[{i}]", "is another choice's too", issue.Choices[i], "a name of its own");
            }
        }
    }

    private static void CheckFixed(Issue issue, int place, FieldProblems problems)
    {
        if (issue.Fixed is not { } value)
        {
            return;
        }

        if (issue.Kind == IssueKind.Text)
        {
            problems.Add($"issues[{place}].fixed", "has no meaning for a text", value, "a choice of one name");
        }
        else if (issue.Step >= 1 && !(issue with { Fixed = null }).Contains(value))
        {
            problems.Add($"issues[{place}].fixed", "is none of its values", value, issue.Bounds());
        }
    }
}
