using Market.Simulations.Commands;
using Market.Simulations.Running;

namespace Market.Simulations.Tests.Running;

/// <summary>A tournament for each value of a parameter.</summary>
public sealed class SweepTests : IDisposable
{
    private readonly Tournaments _runs = new();

    [Theory]
    [InlineData("10,50,100", "10 50 100")]
    [InlineData("0.1..0.5/0.1", "0.1 0.2 0.3 0.4 0.5")]
    [InlineData("1..3, 10", "1 2 3 10")]
    [InlineData("-0.5..0/0.25", "-0.5 -0.25 0")]
    public void Values_are_a_list_or_a_range(string text, string expected) => Assert.Equal(
        expected,
        string.Join(' ', SweepCommand.ValuesOf(text).Select(value => FormattableString.Invariant($"{value}"))));

    [Theory]
    [InlineData("ten")]
    [InlineData("3..1")]
    [InlineData("1..2/0")]
    [InlineData("0..1/0.00001")]
    [InlineData("")]
    public void What_is_no_value_is_refused(string text) =>
        Assert.Throws<RunRefusedException>(() => SweepCommand.ValuesOf(text));

    [Fact]
    public void The_rounds_are_swept()
    {
        var rows = Sweep(Sweeps.Rounds, [5, 10, 20], ["Boulware", "Conceder"]);

        Assert.Equal([5d, 10, 20], rows.Select(row => row.Value!.Value).Distinct());
        Assert.All(rows, row => Assert.Equal(row.Value, row.RoundsMax));
        Assert.Equal(3 * 4, rows.Count);
    }

    [Fact]
    public void An_exponent_is_swept_in_the_names_of_strategies()
    {
        var rows = Sweep(Sweeps.Exponent, [0.5, 2], ["Poly{}", "Tough"]);

        Assert.Contains(rows, row => row.Value == 0.5 && row.Parties[0].Strategy == "negmas:Poly0.5");
        Assert.Contains(rows, row => row.Value == 2 && row.Parties[1].Strategy == "negmas:Poly2");
        Assert.Contains(
            "negmas:Poly0.5", _runs.Read(Sweeps.Exponent).Info.Strategies.Select(strategy => strategy.Name));
    }

    [Fact]
    public void One_partys_reservation_value_is_swept()
    {
        var rows = Sweep("reservation:seller", [0, 0.9], ["Tough"]);

        Assert.All(rows, row => Assert.Equal("out-of-rounds", row.End));
        Assert.Equal([0, 0.9], rows.Select(row => row.Parties[0].Utility));
        Assert.Equal([0.25, 0.25], rows.Select(row => row.Parties[1].Utility));
    }

    [Fact]
    public void Discounts_are_swept_and_leave_the_negotiation_as_it_is()
    {
        var rows = Sweep(Sweeps.Discount, [1, 0.5], ["Linear"]);

        Assert.Equal(rows[0].Parties[0].Utility, rows[0].Parties[0].Discounted);
        Assert.Equal(rows[0].Agreement, rows[1].Agreement);
        var passed = rows[1].Rounds / (rows[1].RoundsMax + 1.0);
        Assert.Equal(rows[1].Parties[0].Utility * Math.Pow(0.5, passed), rows[1].Parties[0].Discounted, 12);
    }

    [Theory]
    [InlineData("rounds", 2.5, "whole numbers")]
    [InlineData("rounds", 0, "whole numbers")]
    [InlineData("exponent", 2, "{}")]
    [InlineData("discount", 0, "above 0")]
    [InlineData("reservation:waiter", 0.5, "no party 'waiter'")]
    [InlineData("patience", 1, "There are: rounds")]
    public void A_sweep_that_makes_no_sense_is_refused(string parameter, double value, string message)
    {
        var refused = Assert.Throws<RunRefusedException>(() => Sweep(parameter, [value], ["Linear"]));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _runs.Dispose();

    private IReadOnlyList<Simulations.Results.NegotiationRow> Sweep(
        string parameter, double[] values, string[] strategies)
    {
        _runs.Run(
            new TournamentSettings
            {
                Strategies = strategies,
                Scenarios = ["price-100"],
                Rounds = 10,
                Sweep = new SweepSettings(parameter, values),
            },
            parameter);
        Assert.Null(ReplayCheck.Run(_runs.PathOf(parameter), CancellationToken.None).Difference);
        return _runs.Read(parameter).Rows;
    }
}
