using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class OutcomeSpaceTests
{
    private static readonly Agenda Agenda = new(
        Currency.Usd,
        [Issue.UnitPrice(500, 520, 10), Issue.Range("delivery days", 1, 2), Issue.Choice("colour", "red", "blue")]);

    [Fact]
    public void Outcomes_are_numbered_with_the_last_issue_fastest()
    {
        var space = new OutcomeSpace(Agenda);
        Assert.Equal(12, space.Count);
        Assert.Equal(
            [Outcome.Of(500, 1, 0), Outcome.Of(500, 1, 1), Outcome.Of(500, 2, 0), Outcome.Of(500, 2, 1)],
            Enumerable.Range(0, 4).Select(i => space[i]));
        Assert.Equal(Outcome.Of(510, 1, 0), space[4]);
        Assert.Equal(Outcome.Of(520, 2, 1), space[11]);
    }

    [Fact]
    public void A_number_and_its_outcome_lead_to_each_other()
    {
        var space = new OutcomeSpace(Agenda);
        Assert.All(Enumerable.Range(0, space.Count), i => Assert.Equal(i, space.IndexOf(space[i])));
    }

    [Fact]
    public void An_outcome_of_another_agenda_has_no_number()
    {
        var space = new OutcomeSpace(Agenda);
        Assert.Throws<ArgumentException>(() => space.IndexOf(Outcome.Of(505, 1, 0)));
        Assert.Throws<ArgumentException>(() => space.IndexOf(Outcome.Of(500, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => space[12]);
        Assert.Throws<ArgumentOutOfRangeException>(() => space[-1]);
    }

    [Fact]
    public void The_largest_space_has_a_million_outcomes()
    {
        Assert.Equal(OutcomeSpace.CountMax - 1, new OutcomeSpace(Some.PriceAgenda(2, OutcomeSpace.CountMax)).Count);
        Assert.Equal(OutcomeSpace.CountMax, new OutcomeSpace(Some.PriceAgenda(1, OutcomeSpace.CountMax)).Count);
        var refusal = Assert.Throws<OutcomeSpaceTooLargeException>(
            () => new OutcomeSpace(Some.PriceAgenda(0, OutcomeSpace.CountMax)));
        Assert.Contains("1,000,000", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("total price: 1000001", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_space_beyond_any_integer_is_refused_like_any_other()
    {
        var widest = Issue.Range("widest", long.MinValue, long.MaxValue);
        var agenda = new Agenda(Currency.Usd, [widest, widest]);
        Assert.Throws<OutcomeSpaceTooLargeException>(() => new OutcomeSpace(agenda));
    }

    [Fact]
    public void An_agenda_without_values_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new OutcomeSpace(new Agenda(Currency.Usd, [])));
        Assert.Throws<ArgumentException>(() => new OutcomeSpace(Some.PriceAgenda(2, 1)));
        Assert.Throws<ArgumentException>(() => new OutcomeSpace(Some.PriceAgenda(1, 2, 0)));
    }
}
