using Market.Domain.Negotiating;

namespace Market.Domain.Tests.Negotiating;

public sealed class AgendaTests
{
    private static readonly Issue Price = Issue.UnitPrice(1, 100);

    public static TheoryData<string, Issue> ImpossibleIssues => new()
    {
        { "no name", Issue.Range(" ", 1, 2) },
        { "a control character", Issue.Range("days\u0007", 1, 2) },
        { "a name too long", Issue.Range(new string('x', MarketLimits.NameLengthMax + 1), 1, 2) },
        { "a negative value", Issue.Range("days", -1, 2) },
        { "bounds the wrong way round", Issue.Range("days", 2, 1) },
        { "no step", Issue.Range("days", 1, 2, 0) },
        { "a maximum between steps", Issue.Range("days", 0, 3, 2) },
        { "a maximum too large", Issue.Range("days", 0, MarketLimits.AmountMax + 1) },
        { "a price of nothing", Issue.TotalPrice(0, 5) },
        { "a second price", Issue.TotalPrice(1, 5) },
        { "a quantity of nothing", Issue.Quantity(0, 5) },
        { "another issue's name", Issue.Range("UNIT PRICE", 1, 5) },
        { "no choice", Issue.Choice("colour") },
        { "a choice without a name", Issue.Choice("colour", "red", "") },
        { "two choices of one name", Issue.Choice("colour", "red", "Red") },
        { "choices where none belong", Issue.Range("days", 1, 2) with { Choices = ["red"] } },
        { "more values than choices", Issue.Choice("colour", "red") with { Maximum = 1 } },
        { "an unknown kind", Issue.Range("days", 1, 2) with { Kind = (IssueKind)10 } },
    };

    [Theory]
    [MemberData(nameof(ImpossibleIssues))]
    public void An_agenda_with_an_impossible_issue_is_invalid(string flaw, Issue issue) =>
        Assert.False(AgendaRules.IsValid(new Agenda(Currency.Usd, [Price, issue])), $"An issue with {flaw} was taken.");

    [Theory]
    [InlineData(MarketLimits.IssuesMax - 1, true)]
    [InlineData(MarketLimits.IssuesMax, true)]
    [InlineData(MarketLimits.IssuesMax + 1, false)]
    public void Issues_are_limited(int count, bool isValid)
    {
        var others = Enumerable.Range(1, count - 1).Select(i => Issue.Range($"issue {i}", 0, 1));

        Assert.Equal(isValid, AgendaRules.IsValid(new Agenda(Currency.Usd, others.Prepend(Price).ToValueArray())));
    }

    [Theory]
    [InlineData(MarketLimits.ChoicesMax - 1, true)]
    [InlineData(MarketLimits.ChoicesMax, true)]
    [InlineData(MarketLimits.ChoicesMax + 1, false)]
    public void Choices_are_limited(int count, bool isValid)
    {
        var choice = Issue.Choice("colour", [.. Enumerable.Range(1, count).Select(i => $"colour {i}")]);

        Assert.Equal(isValid, AgendaRules.IsValid(new Agenda(Currency.Usd, [Price, choice])));
    }

    [Theory]
    [InlineData(MarketLimits.AmountMax / 10, true)]
    [InlineData((MarketLimits.AmountMax / 10) + 1, false)]
    public void The_largest_total_of_an_agenda_stays_within_the_largest_amount(long unitPrice, bool isValid)
    {
        var agenda = new Agenda(Currency.Usd, [Issue.UnitPrice(1, unitPrice), Issue.Quantity(1, 10)]);

        Assert.Equal(isValid, AgendaRules.IsValid(agenda));
    }

    [Fact]
    public void A_total_is_unit_price_times_quantity_or_the_total_price_itself()
    {
        var units = new Agenda(
            Currency.Usd, [Issue.Quantity(1, 10), Issue.UnitPrice(1, 100), Issue.Range("days", 1, 5)]);
        var whole = new Agenda(Currency.Usd, [Issue.Quantity(1, 10), Issue.TotalPrice(1, 100)]);

        Assert.Equal(3 * 70, units.TotalOf(Outcome.Of(3, 70, 5)));
        Assert.Equal(3, units.QuantityOf(Outcome.Of(3, 70, 5)));
        Assert.Equal(70, whole.TotalOf(Outcome.Of(3, 70)));
        Assert.Equal(1, new Agenda(Currency.Usd, [Price]).QuantityOf(Outcome.Of(7)));
    }

    [Fact]
    public void An_outcome_has_one_allowed_value_for_each_issue()
    {
        var agenda = new Agenda(Currency.Usd, [Price, Issue.Range("warranty", 0, 24, 12)]);

        Assert.True(agenda.Contains(Outcome.Of(1, 24)));
        Assert.False(agenda.Contains(Outcome.Of(1, 6)));
        Assert.False(agenda.Contains(Outcome.Of(101, 12)));
        Assert.False(agenda.Contains(Outcome.Of(1)));
        Assert.False(agenda.Contains(Outcome.Of(1, 12, 0)));
    }
}
