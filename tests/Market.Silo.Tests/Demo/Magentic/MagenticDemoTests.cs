using System.Text.Json;
using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;
using Market.TestSupport;

namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>The data set's markets, played by agents over real connections.</summary>
public sealed class MagenticDemoTests
{
    [FactWithSharedData]
    public async Task The_small_market_comes_to_its_number() =>
        AssertResult(await JsonOfAsync("mexican_10_30", "7"), needs: 10, utility: 208.16m, surplus: 9.93m, seed: 7);

    [FactWithSharedData]
    public async Task The_large_market_comes_to_its_number() =>
        AssertResult(
            await JsonOfAsync("mexican_100_300", "1"), needs: 100, utility: 2367.46m, surplus: 135.96m, seed: 1);

    [FactWithSharedData]
    public async Task Agents_over_connections_act_as_the_rules_in_memory_do()
    {
        var market = Load();
        var real = await MagenticDemoRun.PlayAsync(market);
        string[] sent = ["Bid", "Offer", "Accept", "Buy"];
        var expected = MagenticLockstep.Play(market).Steps.Select(step => step with
        {
            Kind = step.Kind switch { "bids" => "Bid", "offers" => "Offer", "buys" => "Buy", _ => "Accept" },
        });
        Assert.Equal(Sorted(expected), Sorted(real.Where(step => sent.Contains(step.Kind))));
        Assert.Contains(real, step => step.Kind == "Accept");
    }

    [FactWithSharedData]
    public async Task Other_strategies_come_to_what_the_rules_in_memory_say()
    {
        var run = await DemoRun.OfAsync(
            "--data-set", SharedData.PathOf("magentic", "mexican_10_30"), "--buyers", "Conceder", "--sellers",
            "negmas:Boulware", "--json");
        var expected = MagenticLockstep.Play(
            Load(), TimeDependentPreset.Conceder, TimeDependentPreset.Boulware);
        Assert.Equal(expected.CustomerUtility, run.Json().GetProperty("customerUtility").GetDecimal());
        Assert.Equal(expected.BusinessSurplus, run.Json().GetProperty("businessSurplus").GetDecimal());
    }

    [Fact]
    public async Task A_customer_without_a_matching_business_or_with_nothing_to_gain_buys_nothing()
    {
        using var folder = new MagenticFolder(
            customer: MagenticFolder.Customer.Replace("Parking", "Music", StringComparison.Ordinal));
        folder.Write("customers/customer_2.yaml", MagenticFolder.Customer
            .Replace("customer_1", "customer_2", StringComparison.Ordinal)
            .Replace("Taco: 4.5", "Taco: 1", StringComparison.Ordinal));
        var run = await DemoRun.OfAsync("--data-set", folder.Path, "--json");
        Assert.Equal(0, run.Json().GetProperty("needsMet").GetInt32());
        Assert.Equal(0, run.Json().GetProperty("dealsSettled").GetInt32());

        // 20 bids and 20 answers of the one; the other found nobody.
        Assert.Equal(40, run.Json().GetProperty("offers").GetInt32());
    }

    private static void AssertResult(JsonElement json, int needs, decimal utility, decimal surplus, int seed)
    {
        Assert.Equal(needs, json.GetProperty("needsMet").GetInt32());
        Assert.Equal(needs, json.GetProperty("dealsSettled").GetInt32());
        Assert.Equal(utility, json.GetProperty("customerUtility").GetDecimal());
        Assert.Equal(surplus, json.GetProperty("businessSurplus").GetDecimal());
        Assert.True(json.GetProperty("trialBalanceZero").GetBoolean());
        Assert.True(json.GetProperty("chainVerified").GetBoolean());
        Assert.Equal(0, json.GetProperty("settledTwice").GetInt32());
        Assert.Equal(0, json.GetProperty("oversold").GetInt32());
        Assert.Equal(seed, json.GetProperty("seed").GetInt32());
        Assert.True(json.GetProperty("offers").GetInt32() > needs);
        Assert.True(json.GetProperty("wallSeconds").GetDecimal() > 0);
        Assert.True(json.GetProperty("dealsPerSecond").GetDecimal() > 0);
        var deals = json.GetProperty("deals").EnumerateArray().ToList();
        Assert.Equal(needs, deals.Select(deal => deal.GetProperty("customer").GetString()).Distinct().Count());
        Assert.All(deals, deal =>
        {
            Assert.StartsWith("business_", deal.GetProperty("business").GetString(), StringComparison.Ordinal);
            var paid = deal.GetProperty("paid").GetDecimal();
            Assert.InRange(paid, deal.GetProperty("floor").GetDecimal(), deal.GetProperty("menu").GetDecimal());
            Assert.True(paid < deal.GetProperty("limit").GetDecimal());
        });
        Assert.Equal(utility, deals.Sum(deal => Of(deal, "limit") - Of(deal, "paid")));
        Assert.Equal(surplus, deals.Sum(deal => Of(deal, "paid") - Of(deal, "floor")));
    }

    private static decimal Of(JsonElement deal, string amount) => deal.GetProperty(amount).GetDecimal();

    private static List<MagenticStep> Sorted(IEnumerable<MagenticStep> steps) =>
    [
        .. steps.OrderBy(step => step.Customer)
            .ThenBy(step => step.Round)
            .ThenBy(step => step.Actor != step.Customer)
            .ThenBy(step => step.Business),
    ];

    private static async Task<JsonElement> JsonOfAsync(string name, string seed) => (await DemoRun.OfAsync(
        "--data-set", SharedData.PathOf("magentic", name), "--seed", seed, "--json")).Json();

    private static MagenticMarket Load() => MagenticMarket.Load(SharedData.PathOf("magentic", "mexican_10_30"));
}
