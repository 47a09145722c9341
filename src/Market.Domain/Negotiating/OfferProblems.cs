namespace Market.Domain.Negotiating;

/// <summary>What is wrong with the terms of an offer, field by field.</summary>
public static class OfferProblems
{
    /// <summary>
    /// What stands in the way of an offer's terms under an agenda; empty where nothing does. Each value, each label,
    /// and the total where all values are allowed.
    /// </summary>
    public static ValueArray<FieldProblem> Of(Agenda agenda, Terms terms)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        ArgumentNullException.ThrowIfNull(terms);
        var problems = new FieldProblems();
        CheckValues(agenda, terms.Outcome, problems);
        CheckLabels(agenda, terms.Labels, "labels", problems);
        if (problems.AreNone && agenda.TotalOf(terms.Outcome) is var total && total != terms.TotalMinorUnits)
        {
            problems.Add("totalMinorUnits", "does not add up", terms.TotalMinorUnits, $"{total}");
        }

        return problems.ToValueArray();
    }

    /// <summary>What is wrong with an offer that is refused for a reason; empty for what has no fields.</summary>
    internal static ValueArray<FieldProblem> Of(Agenda agenda, ProposedOffer offer, NegotiationRefusal reason)
    {
        switch (reason)
        {
            case NegotiationRefusal.OutcomeOutsideAgenda or NegotiationRefusal.TotalDoesNotAddUp:
                return Of(agenda, offer.Terms);
            case NegotiationRefusal.ValidityOutOfRange:
                return
                [
                    new FieldProblem(
                        "validFor", "is out of range", $"{offer.ValidFor}", $"up to {MarketLimits.OfferValidityMax}"),
                ];
            default:
                return [];
        }
    }

    /// <summary>Whether there is a label for each text issue, each of them a name or empty.</summary>
    internal static bool AreLabelsOf(Agenda agenda, ValueArray<string> labels)
    {
        if (labels.Count != agenda.TextCount)
        {
            return false;
        }

        foreach (var label in labels)
        {
            if (label.Length > 0 && !Names.IsValid(label))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds what is wrong with labels.</summary>
    internal static void CheckLabels(Agenda agenda, ValueArray<string> labels, string path, FieldProblems problems)
    {
        if (labels.Count != agenda.TextCount)
        {
            problems.Add(path, "are not one for each text issue", labels.Count, $"{agenda.TextCount}");
            return;
        }

        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i].Length > 0 && !Names.IsValid(labels[i]))
            {
                problems.AddBadName($"{path}[{i}]", labels[i]);
            }
        }
    }

    private static void CheckValues(Agenda agenda, Outcome outcome, FieldProblems problems)
    {
        if (outcome.Values.Count != agenda.Issues.Count)
        {
            problems.Add("issues", "do not have one value each", outcome.Values.Count, $"{agenda.Issues.Count}");
            return;
        }

        for (var i = 0; i < agenda.Issues.Count; i++)
        {
            if (!agenda.Issues[i].Contains(outcome[i]))
            {
                problems.Add(
                    $"issues[{i}].value", "is none of the issue's values", outcome[i], agenda.Issues[i].Allowed());
            }
        }
    }
}
