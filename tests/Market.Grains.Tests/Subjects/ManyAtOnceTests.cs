using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Grains.Tests.Journaling;

namespace Market.Grains.Tests.Subjects;

/// <summary>
/// One seller with many buyers, one buyer with many sellers: as many deals settle as there are units, and every other
/// negotiation ends, whatever the order of things (INV-3, INV-7, INV-21).
/// </summary>
public sealed class ManyAtOnceTests : IDisposable
{
    private const int Buyers = 1_000;
    private const int Units = 100;
    private const int Sellers = 50;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_a_thousand_buyers_who_race_for_a_hundred_units_a_hundred_get_one()
    {
        await using var market = await SubjectMarket.OpenAsync(_folder);
        market.Sweeper.Start();
        await market.StockAsync(1, seller: 1, Units);
        await Task.WhenAll(Enumerable.Range(1, Buyers).Select(buyer => market.FundAsync(buyer)));
        await Task.WhenAll(
            Enumerable.Range(1, Buyers).Select(n => market.OpenAsync(n, buyer: n, seller: 1, listing: 1)));

        var answers = await AcceptAllAsync(market, Buyers, static _ => 1);

        await AssertEndedAsync(market, answers, Buyers, Units);
        Assert.Equal(0, market.Watch.AvailableOf(SubjectMarket.Units(1)));
    }

    [Fact]
    public async Task Of_fifty_sellers_who_all_accept_at_once_for_one_need_one_sells()
    {
        await using var market = await SubjectMarket.OpenAsync(_folder);
        market.Sweeper.Start();
        await market.FundAsync(1);
        await market.NeedAsync(1, buyer: 1, units: 1);
        for (var seller = 1; seller <= Sellers; seller++)
        {
            await market.StockAsync(seller, seller, 5);
            await market.OpenAsync(seller, buyer: 1, seller, listing: seller, request: 1);
        }

        var answers = await AcceptAllAsync(market, Sellers, static number => number);

        await AssertEndedAsync(market, answers, Sellers, settled: 1);
        Assert.Equal(0, market.Watch.AvailableOf(SubjectMarket.Need(1)));
        var sold = Enumerable.Range(1, Sellers)
            .Sum(seller => 5 - market.Watch.AvailableOf(SubjectMarket.Units(seller)));
        Assert.Equal(1, sold);
    }

    private static async Task<object[]> AcceptAllAsync(SubjectMarket market, int count, Func<int, int> sellerOf)
    {
        var numbers = Enumerable.Range(1, count).ToArray();
        new Random(20_261_122).Shuffle(numbers);
        return await Task.WhenAll(
            numbers.Select(number => Task.Run(() => market.AcceptAsync(number, sellerOf(number)))));
    }

    /// <summary>Each one that was agreed has settled or failed, each other one was ended by the market.</summary>
    private static async Task AssertEndedAsync(SubjectMarket market, object[] answers, int count, int settled)
    {
        var agreed = answers.Count(answer => answer is ActRecorded);
        Assert.Equal(count - agreed, answers.Count(answer => answer is Refused));
        await market.AdvanceUntilAsync(market.Settled.ReachAsync(settled));
        await market.AdvanceUntilAsync(market.Failed.ReachAsync(agreed - settled));
        await market.AdvanceUntilAsync(market.Cancelled.ReachAsync(count - agreed));

        Assert.Equal(settled, market.Settled.Count);
        Assert.Equal(agreed - settled, market.Failed.Count);
        Assert.Equal(count - agreed, market.Cancelled.Count);
        Assert.Equal(0, market.Watch.OpenCount);
    }
}
