using Market.Domain;
using Market.Silo.Commands.Demo.Magentic;
using Market.TestSupport;

namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>
/// Over real connections, too, a secret acts through its owner alone: nobody else acts differently before its owner has
/// (INV-20).
/// </summary>
public sealed class MagenticDemoNonInterferenceTests
{
    private const int ChangesTried = 3;

    [FactWithSharedData]
    public async Task Another_floor_of_a_business_shows_first_in_that_business_own_act()
    {
        var market = Load();
        var before = await MagenticDemoRun.PlayAsync(market);
        var sellers = before.Where(step => step.Kind == "Accept").Select(step => step.Business).Take(ChangesTried);
        foreach (var owner in sellers)
        {
            var businesses = market.Businesses.Select(business => business.Profile.Id == owner
                ? business with { Secret = new MagenticBusinessSecret(business.Secret.MinPriceFactor / 2) }
                : business).ToValueArray();
            var after = await MagenticDemoRun.PlayAsync(market with { Businesses = businesses });
            Assert.True(MagenticCourses.AssertFirstChangeIsOf(owner, before, after) > 0);
        }
    }

    [FactWithSharedData]
    public async Task Other_prices_of_a_customer_show_first_in_that_customers_own_act()
    {
        var market = Load();
        var before = await MagenticDemoRun.PlayAsync(market);
        foreach (var owner in market.Customers.Select(customer => customer.Profile.Id).Take(ChangesTried))
        {
            // A fifth: the order is worth less than it is posted for, so that the bids are others.
            var customers = market.Customers.Select(customer => customer.Profile.Id == owner
                ? customer with { Secret = FifthOf(customer.Secret) }
                : customer).ToValueArray();
            var after = await MagenticDemoRun.PlayAsync(market with { Customers = customers });
            Assert.Equal(1, MagenticCourses.AssertFirstChangeIsOf(owner, before, after));
        }
    }

    private static MagenticCustomerSecret FifthOf(MagenticCustomerSecret secret) =>
        new(secret.PricesCents.Select(cents => cents / 5).ToValueArray());

    private static MagenticMarket Load() => MagenticMarket.Load(SharedData.PathOf("magentic", "mexican_10_30"));
}
