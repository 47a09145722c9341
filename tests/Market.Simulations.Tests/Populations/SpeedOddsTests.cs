using Market.Silo.Commands.Demo.Magentic;
using Market.Simulations.Populations;

namespace Market.Simulations.Tests.Populations;

/// <summary>Whether the first quote wins more often than by chance.</summary>
public sealed class SpeedOddsTests
{
    [Fact]
    public void Three_of_four_awards_to_the_first_of_two_are_three_times_the_odds_of_chance()
    {
        var odds = SpeedOdds.Of([Sale("a", 2, "a"), Sale("b", 2, "b"), Sale("c", 2, "c"), Sale("d", 2, "x"),
            Sale("e", 1, "e"), Sale("f", 0, null)]);
        Assert.Equal((4, 3, 0.5, 3.0), (odds.Needs, odds.ToFirst, odds.Chance, odds.Ratio));
    }

    [Fact]
    public void Chance_is_the_mean_over_needs_with_different_numbers_of_quotes()
    {
        var odds = SpeedOdds.Of([Sale("a", 2, "a"), Sale("b", 4, "x")]);
        Assert.Equal(0.375, odds.Chance);
        Assert.Equal(1 / 0.6, odds.Ratio!.Value, 1e-12);
    }

    [Fact]
    public void Without_contested_needs_or_where_all_go_to_the_first_there_are_no_odds()
    {
        Assert.Null(SpeedOdds.Of([Sale("a", 1, "a")]).Ratio);
        Assert.Null(SpeedOdds.Of([Sale("a", 2, "a")]).Ratio);
    }

    private static MagenticSale Sale(string seller, int quotes, string? first) => new(
        new MagenticId("buyer"),
        new MagenticPrice(new MagenticId(seller), 1),
        1,
        false,
        quotes,
        first is null ? null : new MagenticId(first));
}
