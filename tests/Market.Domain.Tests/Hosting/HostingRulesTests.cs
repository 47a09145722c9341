using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Domain.Wire;
using Market.Testing;

namespace Market.Domain.Tests.Hosting;

/// <summary>Which utilities the market hosts, and that their travelling form loses nothing.</summary>
public sealed class HostingRulesTests
{
    private static readonly HostedUtility Utility = new(
        [
            new IssueUtility(1, Slope: -1, Intercept: 200_00),
            new IssueUtility(0.5, Slope: 3),
            new IssueUtility(2, Table: [0, 1, 4]),
        ],
        ReservationValue: 10,
        Bias: 0.25);

    [Fact]
    public void A_utility_that_has_travelled_values_every_outcome_as_before()
    {
        var before = Utility.For(Some.Agenda);
        var after = WireFormat.Decode<HostedUtility>(WireFormat.Encode(HostedUtility.Of(before))).For(Some.Agenda);
        Assert.Equal(before.ReservationValue, after.ReservationValue);
        foreach (var price in new long[] { 1, 60_00, 200_00 })
        {
            var outcome = Outcome.Of(price, 7, 24);
            Assert.Equal(before.Of(outcome), after.Of(outcome));
        }
    }

    [Fact]
    public void A_price_alone_needs_one_number()
    {
        var agenda = new Agenda(Currency.Usd, [Issue.TotalPrice(1, 100)]);
        var seller = HostedUtility.PriceAtLeast(60).For(agenda);
        var buyer = HostedUtility.PriceAtMost(80).For(agenda);
        Assert.Equal((60, 60), (seller.Of(Outcome.Of(60)), seller.ReservationValue));
        Assert.Equal((0, 0), (buyer.Of(Outcome.Of(80)), buyer.ReservationValue));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(HostingLimits.NumberMax * 1.0001)]
    [InlineData(-HostingLimits.NumberMax * 1.0001)]
    public void Every_number_is_checked_and_named(double wrong)
    {
        AssertInvalid("weight of issue 1", With(1, issue => issue with { Weight = wrong }));
        AssertInvalid("slope of issue 0", With(0, issue => issue with { Slope = wrong }));
        AssertInvalid("intercept of issue 0", With(0, issue => issue with { Intercept = wrong }));
        AssertInvalid("table of issue 2", With(2, issue => issue with { Table = [0, wrong, 4] }));
        AssertInvalid("bias", Utility with { Bias = wrong });
        AssertInvalid("reservationValue", Utility with { ReservationValue = wrong });
    }

    [Fact]
    public void The_largest_numbers_are_taken_and_so_is_a_reservation_of_minus_infinity()
    {
        Assert.Null(HostingRules.RefuseNumbers(
            With(0, static issue => issue with { Slope = HostingLimits.NumberMax })));
        Assert.Null(HostingRules.RefuseNumbers(Utility with { ReservationValue = double.NegativeInfinity }));
        AssertInvalid("a table and a line", With(2, static issue => issue with { Slope = 1 }));
        AssertInvalid("values 0 issues", Utility with { Issues = [] });
    }

    [Fact]
    public void A_utility_fits_its_agenda()
    {
        var small = new Agenda(
            Currency.Usd,
            [Issue.UnitPrice(1, 100), Issue.Range("delivery days", 1, 10), Issue.Range("warranty", 0, 24, 12)]);
        Assert.Null(HostingRules.RefuseFor(Utility, small));
        var longer = With(2, static issue => issue with { Table = [0, 1, 4, 5] });
        Assert.Equal(HostingRefusal.UtilityIsInvalid, HostingRules.RefuseFor(longer, small)!.Refusal);
        Assert.NotNull(HostingRules.RefuseFor(Utility with { Issues = [new IssueUtility(1)] }, small));
    }

    [Theory]
    [InlineData(HostingLimits.OutcomesMax - 1, true)]
    [InlineData(HostingLimits.OutcomesMax, true)]
    [InlineData(HostingLimits.OutcomesMax + 1, false)]
    public void An_agenda_has_at_most_so_many_outcomes(long count, bool isTaken)
    {
        var agenda = new Agenda(Currency.Usd, [Issue.TotalPrice(1, count)]);
        Assert.Equal(isTaken, HostingRules.RefuseFor(HostedUtility.PriceAtLeast(1), agenda) is null);
    }

    [Fact]
    public void Strategies_are_those_of_the_catalogue()
    {
        Assert.Null(HostingRules.RefuseStrategy("Linear"));
        Assert.Null(HostingRules.RefuseStrategy("negmas:Poly2.5"));
        Assert.Contains(
            "negmas:Boulware", HostingRules.RefuseStrategy("Clairvoyant")!.Detail, StringComparison.Ordinal);
        Assert.All(
            StrategyCatalog.Names.Where(static name => !name.Contains('<', StringComparison.Ordinal)),
            static name => Assert.Null(HostingRules.RefuseStrategy(name)));
    }

    private static HostedUtility With(int place, Func<IssueUtility, IssueUtility> change)
    {
        var issues = Utility.Issues.ToArray();
        issues[place] = change(issues[place]);
        return Utility with { Issues = issues.ToValueArray() };
    }

    private static void AssertInvalid(string naming, HostedUtility utility)
    {
        var finding = HostingRules.RefuseNumbers(utility);
        Assert.Equal(HostingRefusal.UtilityIsInvalid, finding?.Refusal);
        Assert.Contains(naming, finding!.Detail, StringComparison.Ordinal);
    }
}
