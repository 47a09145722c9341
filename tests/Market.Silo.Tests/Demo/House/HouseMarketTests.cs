using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.House;

namespace Market.Silo.Tests.Demo.House;

public sealed class HouseMarketTests
{
    [Fact]
    public void A_market_has_at_least_forty_agents_in_three_categories_and_several_issues()
    {
        var market = HouseMarket.Generate(1);
        Assert.True(market.Buyers.Count + market.Sellers.Count >= 40);
        Assert.Equal(3, market.Buyers.Select(buyer => buyer.Profile.Category).Distinct().Count());
        Assert.All(HouseCategory.All, category => Assert.Equal(4, category.Agenda.Issues.Count));
        Assert.All(market.Buyers, buyer => Assert.Equal(7, market.SellersFor(buyer).Count()));
        var names = market.Buyers.Concat(market.Sellers).Select(agent => agent.Profile.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Every_issue_reaches_its_largest_value_by_whole_steps() => Assert.All(
        HouseCategory.All.SelectMany(category => category.Agenda.Issues),
        issue => Assert.True(issue.LevelCount > 1 && issue.Contains(issue.Maximum), issue.Name));

    [Fact]
    public void A_seed_gives_the_same_market_every_time_and_another_seed_another_one()
    {
        Assert.Equal(Fingerprint(HouseMarket.Generate(5)), Fingerprint(HouseMarket.Generate(5)));
        Assert.NotEqual(Fingerprint(HouseMarket.Generate(5)), Fingerprint(HouseMarket.Generate(6)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(ulong.MaxValue)]
    public void Most_pairs_can_agree_and_not_all(ulong seed)
    {
        var market = HouseMarket.Generate(seed);
        var utilities = market.Buyers.Concat(market.Sellers).ToDictionary(agent => agent, UtilitiesOf);
        var pairs = PairsOf(market).ToList();
        var feasible = pairs.Count(pair =>
            utilities[pair.Buyer].Zip(utilities[pair.Seller]).Any(u => u is { First: > 0, Second: > 0 }));
        Assert.InRange(feasible / (double)pairs.Count, 0.7, 0.98);
    }

    [Fact]
    public void What_strategies_agree_on_is_within_both_limits_and_the_limits_add_up_to_the_surplus()
    {
        var market = HouseMarket.Generate(1);
        var strategies = market.Buyers.Concat(market.Sellers).ToDictionary(agent => agent, StrategyOf);
        var agreements = 0;
        foreach (var (buyer, seller) in PairsOf(market))
        {
            var space = strategies[buyer].Own.Space;
            var result = new AlternatingOffers(space).Run([strategies[buyer], strategies[seller]], roundsMax: 20);
            if (result.IsAgreement)
            {
                var agreed = space[result.Agreement];
                Assert.InRange(agreed[HouseCategory.PriceIssue], seller.LimitCents(agreed), buyer.LimitCents(agreed));
                Assert.Equal(
                    buyer.Secret.Utility.Of(agreed) + seller.Secret.Utility.Of(agreed),
                    buyer.LimitCents(agreed) - seller.LimitCents(agreed));
                agreements++;
            }
        }

        Assert.InRange(agreements / (double)PairsOf(market).Count(), 0.4, 1);
    }

    [Fact]
    public void The_number_of_agents_has_both_limits()
    {
        const int Most = HouseMarket.AgentsPerCategoryMax;
        Assert.Throws<ArgumentOutOfRangeException>(() => HouseMarket.Generate(1, buyersPerCategory: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => HouseMarket.Generate(1, sellersPerCategory: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => HouseMarket.Generate(1, buyersPerCategory: Most + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => HouseMarket.Generate(1, sellersPerCategory: Most + 1));
        Assert.Equal(3, HouseMarket.Generate(1, 1, 1).Sellers.Count);
        Assert.Equal(3 * (Most - 1), HouseMarket.Generate(1, Most - 1, 1).Buyers.Count);
        Assert.Equal(3 * Most, HouseMarket.Generate(1, Most, 1).Buyers.Count);
    }

    private static IEnumerable<(HouseAgent Buyer, HouseAgent Seller)> PairsOf(HouseMarket market) =>
        market.Buyers.SelectMany(market.SellersFor, (buyer, seller) => (buyer, seller));

    private static TimeDependent StrategyOf(HouseAgent agent) =>
        new(agent.Secret.Strategy, new RankedOutcomes(agent.Secret.Utility));

    private static double[] UtilitiesOf(HouseAgent agent)
    {
        var space = new OutcomeSpace(agent.Profile.Category.Agenda);
        return [.. Enumerable.Range(0, space.Count).Select(i => agent.Secret.Utility.Of(space[i]))];
    }

    private static string Fingerprint(HouseMarket market) => string.Join(
        '\n',
        market.Buyers.Concat(market.Sellers).Select(agent =>
            $"{agent.Profile.Name} {agent.Profile.Quantity} {agent.Secret.Strategy.Name} {agent.Secret.Utility.Bias} "
            + string.Join(' ', agent.Secret.Utility.ValueFunctions)));
}
