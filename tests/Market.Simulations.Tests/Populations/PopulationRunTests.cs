using Market.Domain;
using Market.Domain.Strategies;
using Market.Silo;
using Market.Silo.Commands.Demo.Magentic;
using Market.Simulations.Populations;
using Market.TestSupport;

namespace Market.Simulations.Tests.Populations;

/// <summary>Populations in real markets, in process and by address.</summary>
public sealed class PopulationRunTests
{
    [FactWithSharedData]
    public async Task The_small_data_set_comes_to_its_one_number()
    {
        var result = await RunAsync(DataSet("mexican_10_30"));
        Assert.Equal((10, 208_16), (result.Met, result.BuyersGain));
        Assert.Equal(10, result.Speed.Needs);
        Assert.True(result.Audit!.IsSound);
    }

    [FactWithSharedData]
    public async Task The_large_data_set_comes_to_its_one_number_below_the_optimum()
    {
        var result = await RunAsync(DataSet("mexican_100_300"));
        Assert.Equal((100, 2_367_46, 135_96), (result.Met, result.BuyersGain, result.SellersGain));
        Assert.Equal((2_562_12, 2_109_85), (result.Optimum, result.PostedOptimum));
        Assert.Equal((100, 0.5), (result.Speed.Needs, result.Speed.Chance));
        Assert.InRange(result.Speed.ToFirst, 0, 100);
        Assert.True(result.Audit!.TrialBalanceZero);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2L)]
    public async Task A_seed_gives_the_same_files_in_a_market_of_its_own_and_in_one_that_runs(long? stock)
    {
        var plan = Drawn(stock);
        var own = await RunAsync(plan);
        Assert.True(own.Audit!.IsSound);
        Assert.InRange(own.Met, 3, 10);
        Assert.InRange(own.Welfare, 1, own.Optimum);

        await using var market = await MarketHost.StartAsync(new MarketSiloOptions
        {
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            StartingBalance = new Money(1_000_000, Currency.Usd),
        });
        var elsewhere = await PopulationRun.RunAsync(plan, market.Uri, "first-", null, default);
        Assert.Equal(PopulationFiles.Csv(own.Needs), PopulationFiles.Csv(elsewhere.Needs));
        Assert.Equal(own.Offers, elsewhere.Offers);
        Assert.Null(elsewhere.Audit);

        // Run again where its agents of the first time are still known.
        var again = await PopulationRun.RunAsync(plan, market.Uri, "second-", null, default);
        Assert.Equal(PopulationFiles.Csv(own.Needs), PopulationFiles.Csv(again.Needs));
    }

    [Fact]
    public async Task Nobody_sells_more_than_it_has_and_who_waits_can_meet_who_comes_later()
    {
        var result = await RunAsync(Drawn(stock: 1));
        var sold = result.Needs.Where(static need => need.IsMet).ToList();
        Assert.Equal(sold.Count, sold.Select(static need => need.Seller).Distinct().Count());
        Assert.All(sold, need => Assert.True(need.Paid >= need.Floor && need.Paid <= need.Limit));
        Assert.Equal(0, result.Audit!.Oversold);
    }

    private static PopulationPlan Drawn(long? stock) => new(
        "drawn",
        PopulationMaker.Make(new PopulationSettings { Demand = 10, Supply = 8, Goods = 3 }, seed: 11),
        new Arrivals(Periods: 2, Patience: 2, AreSellersSpread: true, Seed: 11),
        TimeDependentPreset.Linear,
        TimeDependentPreset.Boulware,
        stock);

    private static PopulationPlan DataSet(string name) => new(
        name,
        MagenticMarket.Load(SharedData.PathOf("magentic", name)),
        new Arrivals(1, 1, false, 1),
        TimeDependentPreset.Linear,
        TimeDependentPreset.Linear,
        null);

    private static Task<PopulationResult> RunAsync(PopulationPlan plan) =>
        PopulationRun.RunAsync(plan, null, string.Empty, null, default);
}
