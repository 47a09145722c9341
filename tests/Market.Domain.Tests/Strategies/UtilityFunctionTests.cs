using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class UtilityFunctionTests
{
    private static readonly Agenda Agenda = new(
        Currency.Usd, [Issue.UnitPrice(100, 300, 100), Issue.Choice("colour", "red", "blue")]);

    [Fact]
    public void Utility_is_bias_plus_weighted_values()
    {
        var utility = new UtilityFunction(
            Agenda, [ValueFunction.Linear(-1, 10), ValueFunction.Table(0.25, 4)], [2, 0.5], bias: 1000);
        Assert.Equal(1000 + (2 * (-300 + 10)) + (0.5 * 4), utility.Of(Outcome.Of(300, 1)));
        Assert.Equal(1000 + (2 * (-100 + 10)) + (0.5 * 0.25), utility.Of(Outcome.Of(100, 0)));
    }

    [Fact]
    public void Utility_is_summed_from_left_to_right()
    {
        // From the left the small numbers are lost one by one; from the right they would add up to 2 first.
        var three = new Agenda(Currency.Usd, [Issue.Range("a", 0, 0), Issue.Range("b", 0, 0), Issue.Range("c", 0, 0)]);
        var utility = new UtilityFunction(
            three, [ValueFunction.Table(1), ValueFunction.Table(1), ValueFunction.Table(-1e16)], bias: 1e16);
        Assert.Equal(0, utility.Of(Outcome.Of(0, 0, 0)));
    }

    [Fact]
    public void Without_weights_every_issue_weighs_one()
    {
        var utility = new UtilityFunction(Agenda, [ValueFunction.Linear(1), ValueFunction.Table(7, 9)]);
        Assert.Equal(209, utility.Of(Outcome.Of(200, 1)));
    }

    [Fact]
    public void No_agreement_is_worth_the_reservation_value()
    {
        var utility = new UtilityFunction(
            Agenda, [ValueFunction.Linear(1), ValueFunction.Table(7, 9)], default, double.NegativeInfinity);
        Assert.Equal(double.NegativeInfinity, utility.OfEnd(null));
        Assert.Equal(107, utility.OfEnd(Outcome.Of(100, 0)));
    }

    [Fact]
    public void An_outcome_of_another_agenda_has_no_utility()
    {
        var utility = new UtilityFunction(Agenda, [ValueFunction.Linear(1), ValueFunction.Table(7, 9)]);
        Assert.Throws<ArgumentException>(() => utility.Of(Outcome.Of(150, 0)));
    }

    [Fact]
    public void A_bias_and_a_reservation_value_that_are_no_numbers_are_refused()
    {
        ValueArray<ValueFunction> functions = [ValueFunction.Linear(1), ValueFunction.Table(7, 9)];
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentException>(() => new UtilityFunction(Agenda, functions, default, bad));
            Assert.Throws<ArgumentException>(() => new UtilityFunction(Agenda, functions, bias: bad));
        }
    }

    [Fact]
    public void A_definition_that_does_not_fit_is_refused()
    {
        var line = ValueFunction.Linear(1);
        var table = ValueFunction.Table(7, 9);
        Assert.Throws<ArgumentException>(() => new UtilityFunction(Agenda, [line]));
        Assert.Throws<ArgumentException>(() => new UtilityFunction(Agenda, [line, table], [1]));
        Assert.Throws<ArgumentException>(() => new UtilityFunction(Agenda, [line, table], [1, double.NaN]));
        Assert.Throws<ArgumentException>(() => new UtilityFunction(Agenda, [line, ValueFunction.Table(1)]));
        Assert.Throws<ArgumentException>(() => new UtilityFunction(Agenda, [line, ValueFunction.Table(1, double.NaN)]));
        Assert.Throws<ArgumentException>(() => new UtilityFunction(Agenda, [ValueFunction.Linear(double.NaN), table]));
    }
}
