namespace Market.Domain.Negotiating;

/// <summary>Which charges an agenda can have; see <see cref="Charge"/> for what they mean.</summary>
internal static class ChargeRules
{
    /// <summary>Adds what is wrong with an agenda's charges.</summary>
    public static void Check(Agenda agenda, FieldProblems problems)
    {
        if (agenda.Charges.Count > MarketLimits.ChargesMax)
        {
            problems.Add("charges", "are too many", agenda.Charges.Count, $"at most {MarketLimits.ChargesMax}");
            return;
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < agenda.Charges.Count; i++)
        {
            var (charge, path) = (agenda.Charges[i], $"charges[{i}]");
            if (!Names.IsValid(charge.Name))
            {
                problems.AddBadName($"{path}.name", charge.Name);
            }
            else if (!names.Add(charge.Name))
            {
                problems.Add($"{path}.name", "is another charge's too", charge.Name, "a name of its own");
            }

            CheckShape(charge, path, problems);
            CheckChoice(charge, agenda.Issues, path, problems);
        }

        CheckTaxes(agenda.Charges, problems);
    }

    /// <summary>A rate or an amount, whichever its kind can have, and not both.</summary>
    private static void CheckShape(Charge charge, string path, FieldProblems problems)
    {
        if (!Enum.IsDefined(charge.Kind))
        {
            problems.Add($"{path}.kind", "is no kind of charge", (int)charge.Kind, "1..3");
            return;
        }

        var hasRate = charge.Kind == ChargeKind.Tax || (charge.Kind == ChargeKind.Fee && charge.BasisPoints != 0);
        var (ratesMin, ratesMax) = hasRate ? (1, Charge.BasisPointsMax) : (0, 0);
        if (charge.BasisPoints < ratesMin || charge.BasisPoints > ratesMax)
        {
            problems.AddOutOfRange($"{path}.basisPoints", charge.BasisPoints, ratesMin, ratesMax);
        }

        var amountMax = hasRate || charge.ByIssue is not null ? 0 : MarketLimits.AmountMax;
        if (charge.AmountMinor < 0 || charge.AmountMinor > amountMax)
        {
            problems.AddOutOfRange($"{path}.amountMinor", charge.AmountMinor, 0, amountMax);
        }

        if (charge is { IsIncluded: true, Kind: not ChargeKind.Tax })
        {
            problems.Add($"{path}.isIncluded", "is for taxes only", "true", "false");
        }
    }

    private static void CheckChoice(
        Charge charge, ValueArray<Issue> issues, string path, FieldProblems problems)
    {
        var amounts = charge.AmountsMinor;
        if (charge.ByIssue is not { } place)
        {
            if (amounts.Count > 0)
            {
                problems.Add($"{path}.amountsMinor", "belong to a delivery by an issue", amounts.Count, "none");
            }

            return;
        }

        if (charge.Kind != ChargeKind.Delivery || place < 0 || place >= issues.Count
            || issues[place].Kind != IssueKind.Choice)
        {
            problems.Add($"{path}.byIssue", "is not a choice that decides on a delivery", place, "a choice's place");
        }
        else if (amounts.Count != issues[place].Choices.Count)
        {
            problems.Add(
                $"{path}.amountsMinor", "are not one for each choice", amounts.Count, $"{issues[place].Choices.Count}");
        }

        for (var i = 0; i < amounts.Count; i++)
        {
            if (amounts[i] is < 0 or > MarketLimits.AmountMax)
            {
                problems.AddOutOfRange($"{path}.amountsMinor[{i}]", amounts[i], 0, MarketLimits.AmountMax);
            }
        }
    }

    // A tax on what contains another tax already would need an order among them; nobody's invoice does.
    private static void CheckTaxes(ValueArray<Charge> charges, FieldProblems problems)
    {
        bool? areIncluded = null;
        for (var i = 0; i < charges.Count; i++)
        {
            if (charges[i].Kind != ChargeKind.Tax)
            {
                continue;
            }

            areIncluded ??= charges[i].IsIncluded;
            if (charges[i].IsIncluded != areIncluded)
            {
                problems.Add(
                    $"charges[{i}].isIncluded", "differs from the other taxes",
                    charges[i].IsIncluded ? "true" : "false", areIncluded.Value ? "true" : "false");
            }
        }
    }
}
