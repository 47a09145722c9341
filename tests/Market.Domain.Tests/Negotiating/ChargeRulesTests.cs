using Market.Domain.Negotiating;

namespace Market.Domain.Tests.Negotiating;

/// <summary>Each rule of charges, and of issues' newer kinds, has a case that breaks it and nothing else.</summary>
public sealed class ChargeRulesTests
{
    private static readonly Charge Tax = Charge.TaxAdded("tax", 19_00);

    public static TheoryData<string, Charge> ImpossibleCharges => new()
    {
        { "charges[1].name", Tax with { Name = "" } },
        { "charges[1].name", Charge.Fee("EXPRESS", 1) },
        { "charges[1].kind", Tax with { Kind = (ChargeKind)4 } },
        { "charges[1].basisPoints", Tax with { BasisPoints = 0 } },
        { "charges[1].basisPoints", Tax with { BasisPoints = Charge.BasisPointsMax + 1 } },
        { "charges[1].basisPoints", Charge.FeeRate("fee", -1) },
        { "charges[1].basisPoints", Charge.Delivery("delivery", 1) with { BasisPoints = 1 } },
        { "charges[1].amountMinor", Tax with { AmountMinor = 1 } },
        { "charges[1].amountMinor", Charge.Fee("fee", -1) },
        { "charges[1].amountMinor", Charge.Fee("fee", 1) with { BasisPoints = 1 } },
        { "charges[1].amountMinor", Charge.Delivery("delivery", MarketLimits.AmountMax + 1) },
        { "charges[1].amountMinor", Charge.DeliveryBy("delivery", 1, 1, 2) with { AmountMinor = 1 } },
        { "charges[1].isIncluded", Charge.Fee("fee", 1) with { IsIncluded = true } },
        { "charges[1].byIssue", Charge.DeliveryBy("delivery", 0, 1, 2) },
        { "charges[1].byIssue", Charge.DeliveryBy("delivery", -1, 1, 2) },
        { "charges[1].byIssue", Charge.DeliveryBy("delivery", 2, 1, 2) },
        { "charges[1].byIssue", Charge.Fee("fee", 0) with { ByIssue = 1 } },
        { "charges[1].amountsMinor", Charge.DeliveryBy("delivery", 1, 1) },
        { "charges[1].amountsMinor", Charge.Delivery("delivery", 1) with { AmountsMinor = [1, 2] } },
        { "charges[1].amountsMinor[1]", Charge.DeliveryBy("delivery", 1, 1, -2) },
    };

    public static TheoryData<string, Issue> ImpossibleIssues => new()
    {
        { "issues[1].maximum", Issue.Date("day", new(2026, 1, 1), new(2026, 1, 2)) with { Maximum = 2_932_897 } },
        { "issues[1].minimum", Issue.Date("day", new DateOnly(1969, 12, 31), new DateOnly(2026, 1, 1)) },
        { "issues[1].maximum", Issue.Boolean("gift") with { Maximum = 2 } },
        { "issues[1].maximum", Issue.Text("engraving") with { Maximum = 1 } },
        { "issues[1].minimum", Issue.Money("deposit", -1, 5) },
        { "issues[1].fixed", Issue.Range("days", 0, 10, 5).FixedAt(6) },
        { "issues[1].fixed", Issue.Text("engraving").FixedAt(0) },
    };

    [Theory]
    [MemberData(nameof(ImpossibleCharges))]
    public void An_impossible_charge_is_named_by_its_field(string path, Charge charge)
    {
        var agenda = new Agenda(
            Currency.Usd,
            [Issue.UnitPrice(1, 100), Issue.Choice("ship to", "here", "there")],
            [Charge.Delivery("express", 5), charge]);

        Assert.Equal(path, Assert.Single(AgendaRules.ProblemsOf(agenda)).Path);
        Assert.False(AgendaRules.IsValid(agenda));
    }

    [Theory]
    [MemberData(nameof(ImpossibleIssues))]
    public void An_impossible_issue_is_named_by_its_field(string path, Issue issue) => Assert.Equal(
        path,
        Assert.Single(AgendaRules.ProblemsOf(new Agenda(Currency.Usd, [Issue.UnitPrice(1, 100), issue]))).Path);

    [Fact]
    public void Taxes_are_all_included_or_all_added() => Assert.Equal(
        new FieldProblem("charges[1].isIncluded", "differs from the other taxes", "true", "false"),
        Assert.Single(AgendaRules.ProblemsOf(
            new Agenda(Currency.Usd, [Issue.UnitPrice(1, 100)], [Tax, Charge.TaxIncluded("other", 1)]))));

    [Theory]
    [InlineData(MarketLimits.ChargesMax - 1, true)]
    [InlineData(MarketLimits.ChargesMax, true)]
    [InlineData(MarketLimits.ChargesMax + 1, false)]
    public void Charges_are_limited(int count, bool isValid) => Assert.Equal(
        isValid,
        AgendaRules.IsValid(new Agenda(
            Currency.Usd,
            [Issue.UnitPrice(1, 100)],
            Enumerable.Range(1, count).Select(i => Charge.Fee($"fee {i}", 1)).ToValueArray())));

    [Fact]
    public void A_currency_has_three_letters() => Assert.Equal(
        "currency", Assert.Single(AgendaRules.ProblemsOf(new Agenda(default, [Issue.UnitPrice(1, 100)]))).Path);

    [Fact]
    public void No_more_problems_are_named_than_a_refusal_has_room_for()
    {
        var issues = Enumerable.Range(0, MarketLimits.IssuesMax).Select(i => new Issue("", 0, -1, -1, 0, ["", ""]));

        Assert.Equal(
            MarketLimits.FieldProblemsMax,
            AgendaRules.ProblemsOf(new Agenda(Currency.Usd, issues.ToValueArray())).Count);
    }
}
