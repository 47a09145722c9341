using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;
using Market.TestSupport;

namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>The small market by tender: sealed first quotes, then talks with all who quoted.</summary>
public sealed class MagenticTenderTests
{
    [FactWithSharedData]
    public async Task Customers_gain_more_by_tender_than_at_the_cheapest_posted_prices()
    {
        var market = MagenticMarket.Load(SharedData.PathOf("magentic", "mexican_10_30"));
        var linear = TimeDependentPreset.Linear;

        var outcome = await new MagenticDemo(market, linear, linear, byTender: true)
            .RunAsync(place: null, seed: 1, CancellationToken.None);

        Assert.True(outcome.Audit.IsSound, string.Join('\n', outcome.Audit.Errors));
        Assert.Equal(market.Customers.Count, outcome.Deals.Count);
        Assert.True(
            outcome.BuyersSurplusCents > market.PostedOptimumCents,
            $"They gain {outcome.BuyersSurplusCents} cents, and at posted prices {market.PostedOptimumCents}.");
    }
}
