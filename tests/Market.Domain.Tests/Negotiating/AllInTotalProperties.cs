using Market.Domain.Negotiating;

namespace Market.Domain.Tests.Negotiating;

/// <summary>INV-5: the all-in total of every agenda that a market takes is exact and bounded.</summary>
public sealed class AllInTotalProperties
{
    [Property(MaxTest = 1_000)]
    public void The_parts_that_are_not_included_add_up_to_the_total(int seed)
    {
        var random = new RandomAgenda(seed);
        var outcome = random.Any();
        var breakdown = random.Agenda.BreakdownOf(outcome);

        Assert.Equal(
            breakdown.TotalMinor,
            breakdown.GoodsMinor + breakdown.Parts.Where(static part => !part.IsIncluded).Sum(p => p.AmountMinor));
        Assert.Equal(breakdown.TotalMinor, random.Agenda.TotalOf(outcome));
        Assert.Equal(random.Agenda.Charges.Select(static c => c.Name), breakdown.Parts.Select(static p => p.Name));
    }

    [Property(MaxTest = 1_000)]
    public void No_total_of_a_valid_agenda_is_beyond_the_largest_amount_or_below_its_goods(int seed)
    {
        var random = new RandomAgenda(seed);
        var largest = random.Agenda.TotalOf(random.Dearest());

        Assert.InRange(largest, 1, MarketLimits.AmountMax);
        Assert.InRange(random.Agenda.TotalOf(random.Any()), 1, MarketLimits.AmountMax);
        Assert.All(
            random.Agenda.BreakdownOf(random.Dearest()).Parts, part => Assert.InRange(part.AmountMinor, 0, largest));
    }

    [Property(MaxTest = 1_000)]
    public void A_higher_price_never_makes_a_lower_total(int seed)
    {
        var random = new RandomAgenda(seed);
        var values = random.Any().Values.ToArray();
        var price = random.Agenda.Issues.ToList().FindIndex(static issue => issue.IsPrice);
        var issue = random.Agenda.Issues[price];
        values[price] = issue.ValueAt(new Random(seed).NextInt64(issue.LevelCount));
        var before = random.Agenda.TotalOf(Outcome.Of(values));
        values[price] = Math.Min(values[price] + issue.Step, issue.Maximum);

        Assert.InRange(random.Agenda.TotalOf(Outcome.Of(values)), before, MarketLimits.AmountMax);
    }

    [Property(MaxTest = 300)]
    public void An_offer_of_any_outcome_has_nothing_wrong_with_it_until_a_value_or_the_total_changes(int seed)
    {
        var random = new RandomAgenda(seed);
        var terms = random.Agenda.TermsOf(random.Any());
        var place = new Random(seed).Next(terms.Outcome.Values.Count);
        var wrong = terms.Outcome.Values.ToArray();
        wrong[place] = random.Agenda.Issues[place].Highest + 1;

        Assert.Empty(OfferProblems.Of(random.Agenda, terms));
        Assert.Equal(
            ["totalMinorUnits"],
            OfferProblems.Of(random.Agenda, terms with { TotalMinorUnits = terms.TotalMinorUnits + 1 })
                .Select(static problem => problem.Path));
        Assert.Equal(
            [$"issues[{place}].value"],
            OfferProblems.Of(random.Agenda, terms with { Outcome = Outcome.Of(wrong) }).Select(static p => p.Path));
    }
}
