using Market.Domain;
using Market.Silo.Commands.Demo.Magentic;
using Market.TestSupport;

namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>
/// A secret acts through its owner alone: nobody else acts differently before its owner has (INV-20).
/// </summary>
public sealed class MagenticNonInterferenceTests
{
    [FactWithSharedData]
    public void Another_floor_of_a_business_shows_first_in_that_business_own_act()
    {
        var market = Load();
        var before = MagenticLockstep.Play(market).Steps;
        var changed = 0;
        foreach (var business in market.Businesses)
        {
            var other = business with { Secret = new MagenticBusinessSecret(business.Secret.MinPriceFactor / 2) };
            var businesses = market.Businesses.Select(b => b == business ? other : b).ToValueArray();
            var after = MagenticLockstep.Play(market with { Businesses = businesses }).Steps;
            changed += MagenticCourses.AssertFirstChangeIsOf(business.Profile.Id, before, after);
        }

        Assert.True(changed >= 10, $"Only {changed} conversations changed at all.");
    }

    [FactWithSharedData]
    public void Other_prices_of_a_customer_show_first_in_that_customers_own_act()
    {
        var market = Load();
        var before = MagenticLockstep.Play(market).Steps;
        var changed = 0;
        foreach (var customer in market.Customers)
        {
            // A third, so that the order is worth less than it is posted for; above that, bids follow from the posted
            // price alone.
            var prices = customer.Secret.PricesCents.Select(cents => cents / 3).ToValueArray();
            var other = customer with { Secret = new MagenticCustomerSecret(prices) };
            var customers = market.Customers.Select(c => c == customer ? other : c).ToValueArray();
            var after = MagenticLockstep.Play(market with { Customers = customers }).Steps;
            changed += MagenticCourses.AssertFirstChangeIsOf(customer.Profile.Id, before, after);
        }

        Assert.True(changed >= 5, $"Only {changed} conversations changed at all.");
    }

    [FactWithSharedData]
    public void Other_prices_of_a_customer_that_acts_alike_change_nothing_for_anybody()
    {
        // An order worth more than its posted price is bid for by the posted price alone, so its customer acts alike.
        var market = Load();
        var before = MagenticLockstep.Play(market).Steps;
        var customers = market.Customers.Select(customer =>
        {
            var prices = customer.Secret.PricesCents.Select(cents => cents + 100).ToValueArray();
            return customer with { Secret = new MagenticCustomerSecret(prices) };
        }).ToValueArray();
        Assert.Equal(before, MagenticLockstep.Play(market with { Customers = customers }).Steps);
    }

    private static MagenticMarket Load() => MagenticMarket.Load(SharedData.PathOf("magentic", "mexican_10_30"));
}
