using Market.Silo.Commands.Demo;
using Market.Silo.Commands.Demo.House;

namespace Market.Silo.Tests.Demo.House;

/// <summary>The house's market, played over real connections.</summary>
public sealed class HouseDemoTests
{
    [Fact]
    public async Task The_same_seed_gives_the_same_deals_and_the_books_are_sound()
    {
        var one = await PlayAsync(1);
        var two = await PlayAsync(1);
        var other = await PlayAsync(2);
        Assert.Equal(one.Deals, two.Deals);
        Assert.NotEqual(one.Deals, other.Deals);
        Assert.Equal(one.Offers, two.Offers);
        Assert.All([one, two, other], AssertSound);
    }

    [Fact]
    public async Task Without_a_terminal_it_prints_plain_lines_a_table_and_the_audit()
    {
        var run = await DemoRun.OfAsync("--seed", "3", "--buyers", "Conceder");
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.StartsWith("45 agents are connected.", run.Output, StringComparison.Ordinal);
        foreach (var expected in new[]
        {
            "24 of 24 needs are decided", "buyer : seller", "espresso machine", "e-bike", "office chair", "buyers gain",
            "chain verified",
        })
        {
            Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        }
    }

    private static Task<DemoOutcome<HouseDeal>> PlayAsync(ulong seed) =>
        new HouseDemo(HouseMarket.Generate(seed)).RunAsync(null, CancellationToken.None);

    private static void AssertSound(DemoOutcome<HouseDeal> outcome)
    {
        var audit = outcome.Audit;
        Assert.True(audit.IsSound && audit.TrialBalanceZero && audit.ChainVerified);
        Assert.Equal((0, 0, 0), (audit.SettledTwice, audit.Oversold, audit.DealsFailed));
        Assert.Equal(outcome.Deals.Count, audit.DealsSettled);
        Assert.InRange(outcome.Deals.Count, 12, 24);
        Assert.Equal(24, outcome.Needs);
        Assert.All(outcome.Deals, deal => Assert.InRange(deal.PaidCents, deal.FloorCents, deal.LimitCents));
        Assert.Equal(outcome.Deals.Count, outcome.Deals.Select(deal => deal.Buyer).Distinct().Count());
        var stock = HouseMarket.Generate(outcome.Seed).Sellers
            .ToDictionary(seller => seller.Profile.Name, seller => seller.Profile.Quantity);
        Assert.All(outcome.Deals.CountBy(deal => deal.Seller), sold => Assert.InRange(sold.Value, 1, stock[sold.Key]));
    }
}
