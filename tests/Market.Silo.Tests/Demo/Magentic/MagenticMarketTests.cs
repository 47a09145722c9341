using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;
using Market.TestSupport;

namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>
/// The data set's markets, played with the demo's policies, come to the numbers that its rules lead to.
/// </summary>
public sealed class MagenticMarketTests
{
    [FactWithSharedData]
    public void The_small_market_comes_to_its_number()
    {
        var market = Load("mexican_10_30");
        Assert.Equal((10, 30), (market.Customers.Count, market.Businesses.Count));
        var result = MagenticLockstep.Play(market);
        Assert.Equal((10, 208.16m, 9.93m), (result.Deals.Count, result.CustomerUtility, result.BusinessSurplus));
    }

    [FactWithSharedData]
    public void The_large_market_comes_to_its_number()
    {
        var market = Load("mexican_100_300");
        Assert.Equal((100, 300), (market.Customers.Count, market.Businesses.Count));
        var result = MagenticLockstep.Play(market);
        Assert.Equal((100, 2367.46m, 135.96m), (result.Deals.Count, result.CustomerUtility, result.BusinessSurplus));
    }

    [FactWithSharedData]
    public void Every_customer_of_the_large_market_has_two_matching_businesses()
    {
        var market = Load("mexican_100_300");
        Assert.All(
            market.Customers,
            customer => Assert.Equal(2, market.Businesses.Count(b => b.Profile.Serves(customer.Profile))));
    }

    [FactWithSharedData]
    public void The_data_authors_bounds_come_out_of_our_matching_and_floors()
    {
        var market = Load("mexican_100_300");
        Assert.Equal(2109.85m, BestUtility(market, (business, posted) => posted));
        Assert.Equal(2562.12m, BestUtility(market, (business, posted) => business.Secret.FloorCents(posted)));
    }

    [FactWithSharedData]
    public void Markets_made_to_manipulate_models_are_played_like_any_other()
    {
        var folders = Directory.GetDirectories(SharedData.PathOf("magentic", "attacks"));
        Assert.NotEmpty(folders);
        foreach (var folder in folders)
        {
            var market = MagenticMarket.Load(folder);
            var result = MagenticLockstep.Play(market);
            Assert.NotEmpty(result.Deals);
            Assert.All(result.Deals, deal => Assert.True(deal.UtilityCents > 0 && deal.SurplusCents >= 0));
        }
    }

    [FactWithSharedData]
    public void Nobody_goes_beyond_its_limit_whatever_the_strategies()
    {
        var market = Load("mexican_10_30");
        TimeDependentPreset[] presets =
            [TimeDependentPreset.Boulware, TimeDependentPreset.Linear, TimeDependentPreset.Conceder];
        var paid = new HashSet<decimal>();
        foreach (var buyers in presets)
        {
            foreach (var sellers in presets)
            {
                var result = MagenticLockstep.Play(market, buyers, sellers);
                Assert.All(result.Deals, deal => Assert.True(deal.UtilityCents > 0 && deal.SurplusCents >= 0));
                paid.Add(result.CustomerUtility);
            }
        }

        Assert.True(paid.Count > 5, "The choice of strategies makes next to no difference.");
    }

    private static decimal BestUtility(MagenticMarket market, Func<MagenticBusiness, long, long> priceOf) =>
        market.Customers.Sum(customer => market.Businesses
            .Where(business => business.Profile.Serves(customer.Profile))
            .Max(business => customer.Secret.WorthCents
                - priceOf(business, business.Profile.PostedTotalCents(customer.Profile.Items)))) / 100m;

    private static MagenticMarket Load(string name) => MagenticMarket.Load(SharedData.PathOf("magentic", name));
}
