using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Negotiating;

/// <summary>What the kinds of issues mean.</summary>
public sealed class IssueTests
{
    [Fact]
    public void A_date_is_the_number_of_its_day_and_back()
    {
        var issue = Issue.Date("delivery", new DateOnly(1970, 1, 1), new DateOnly(1970, 1, 15), stepDays: 7);

        Assert.Equal((0, 14, 3), (issue.Minimum, issue.Maximum, issue.LevelCount));
        Assert.Equal(20_779, Issue.ValueOf(new DateOnly(2026, 11, 22)));
        Assert.Equal(new DateOnly(2026, 11, 22), Issue.DayOf(20_779));
        Assert.Equal(Issue.DayMax, Issue.ValueOf(DateOnly.MaxValue));
        Assert.Equal(DateOnly.MaxValue, Issue.DayOf(Issue.DayMax));
        Assert.Throws<ArgumentOutOfRangeException>(() => Issue.DayOf(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Issue.DayOf(Issue.DayMax + 1));
    }

    [Fact]
    public void A_boolean_is_yes_or_no_and_a_text_has_one_value()
    {
        Assert.Equal(2, Issue.Boolean("gift").LevelCount);
        Assert.True(Issue.Boolean("gift").Contains(1));
        Assert.False(Issue.Boolean("gift").Contains(2));
        Assert.Equal(1, Issue.Text("engraving").LevelCount);
        Assert.True(Issue.Text("engraving").IsNegotiable);
        Assert.False(Issue.Text("engraving").Contains(1));
    }

    [Fact]
    public void A_fixed_issue_has_one_value_and_is_not_negotiable()
    {
        var issue = Issue.Choice("colour", "red", "green", "blue").FixedAt(1);

        Assert.True(Issue.Choice("colour", "red", "green").IsNegotiable);
        Assert.False(issue.IsNegotiable);
        Assert.Equal((1, 1, 1), (issue.LevelCount, issue.Lowest, issue.Highest));
        Assert.True(issue.Contains(1));
        Assert.False(issue.Contains(0));
        Assert.Equal((1, 0), (issue.ValueAt(0), issue.LevelOf(1)));
    }

    [Fact]
    public void Strategies_see_fixed_issues_and_texts_as_one_level()
    {
        var agenda = new Agenda(
            Currency.Usd,
            [
                Issue.TotalPrice(10, 30, 10),
                Issue.Range("days", 1, 10).FixedAt(7),
                Issue.Text("name"),
                Issue.Boolean("gift"),
            ]);
        var space = new OutcomeSpace(agenda);

        Assert.Equal(6, space.Count);
        Assert.Equal(Outcome.Of(20, 7, 0, 1), space[3]);
        Assert.All(Enumerable.Range(0, space.Count), i => Assert.Equal(i, space.IndexOf(space[i])));
        Assert.Equal(0.5, new TableValueFunction([0.5]).ValueOf(agenda.Issues[1], 7));
    }

    [Fact]
    public void Terms_have_a_label_for_each_text_and_say_nothing_by_default()
    {
        var agenda = new Agenda(Currency.Usd, [Issue.TotalPrice(1, 9), Issue.Text("front"), Issue.Text("back")]);
        var terms = agenda.TermsOf(Outcome.Of(5, 0, 0));

        Assert.Equal(["", ""], terms.Labels);
        Assert.Empty(OfferProblems.Of(agenda, terms));
        Assert.Empty(OfferProblems.Of(agenda, agenda.TermsOf(terms.Outcome, ["For Ada", ""])));
        Assert.Equal("labels", Assert.Single(OfferProblems.Of(agenda, terms with { Labels = ["one"] })).Path);
        Assert.Equal("labels[1]", Assert.Single(OfferProblems.Of(agenda, terms with { Labels = ["", "\a"] })).Path);
        Assert.Equal("labels[0]", Assert.Single(OfferProblems.Of(agenda, terms with { Labels = [TooLong, ""] })).Path);
    }

    private static string TooLong => new('x', MarketLimits.NameLengthMax + 1);
}
