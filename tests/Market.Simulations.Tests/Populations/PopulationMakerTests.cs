using Market.Simulations.Populations;

namespace Market.Simulations.Tests.Populations;

/// <summary>Populations from a seed.</summary>
public sealed class PopulationMakerTests
{
    [Fact]
    public void A_seed_gives_the_same_population_and_another_seed_another()
    {
        var settings = new PopulationSettings();
        Assert.Equal(PopulationMaker.Make(settings, 5), PopulationMaker.Make(settings, 5));
        Assert.NotEqual(PopulationMaker.Make(settings, 5), PopulationMaker.Make(settings, 6));
    }

    [Fact]
    public void An_agent_more_changes_nobody_else()
    {
        var few = PopulationMaker.Make(new PopulationSettings { Demand = 5, Supply = 4 }, 3);
        var many = PopulationMaker.Make(new PopulationSettings { Demand = 6, Supply = 9 }, 3);
        Assert.Equal(few.Customers, many.Customers.Take(5));
        Assert.Equal(few.Businesses, many.Businesses.Take(4));
        var (early, late) = (new Arrivals(8, 1, true, 3), new Arrivals(8, 1, true, 3));
        Assert.Equal(
            few.Customers.Select(buyer => early.OfBuyer(buyer.Profile.Id)),
            many.Customers.Take(5).Select(buyer => late.OfBuyer(buyer.Profile.Id)));
    }

    [Fact]
    public void Whatever_is_drawn_prices_and_limits_are_such_as_a_market_takes()
    {
        var wild = new PopulationSettings
        {
            Demand = 200,
            Supply = 200,
            Goods = 2,
            Menu = 5,
            Price = new Distribution(DistributionKind.Normal, 0, 1e7),
            Worth = new Distribution(DistributionKind.Normal, 1, 3),
            Floor = new Distribution(DistributionKind.Normal, 0, 5),
        };
        var market = PopulationMaker.Make(wild, 1);
        Assert.All(market.Businesses, seller =>
        {
            Assert.Equal(2, seller.Profile.Menu.Count);
            Assert.All(seller.Profile.Menu, line => Assert.InRange(line.PriceCents, 2, 1_000_000));
            Assert.InRange(seller.Secret.MinPriceFactor, 0, 1);
        });
        Assert.All(market.Customers, buyer => Assert.InRange(buyer.Secret.WorthCents, 0, 1_000_000));
    }
}
