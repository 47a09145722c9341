using Market.Domain.Strategies;
using Market.Simulations.Populations;

namespace Market.Simulations.Tests.Populations;

/// <summary>The best assignment, against trying every one.</summary>
public sealed class AssignmentOptimumTests
{
    [Fact]
    public void It_is_the_best_of_all_assignments()
    {
        var random = new SeededGenerator(7);
        for (var trial = 0; trial < 500; trial++)
        {
            var (buyers, sellers) = (1 + random.Next(6), 1 + random.Next(4));
            var stock = Enumerable.Range(0, sellers).Select(_ => (long)random.Next(4)).ToArray();
            var gains = Enumerable.Range(0, buyers)
                .Select(_ => Enumerable.Range(0, sellers).Select(_ => (long)Math.Max(0, random.Next(20) - 5)).ToArray())
                .ToArray();
            var found = AssignmentOptimum.Of(gains, stock);
            var welfare = found.Select((seller, buyer) => Gain(gains, buyer, seller)).Sum();
            Assert.Equal(BestOf(gains, [.. stock], 0), welfare);
            Assert.All(stock.Select((most, seller) => (most, found.Count(s => s == seller))), use =>
                Assert.True(use.Item2 <= use.most));
        }
    }

    [Fact]
    public void Where_the_best_seller_of_two_can_serve_one_the_other_buyer_goes_to_the_second()
    {
        // 9 + 5 beats 10 + 1.
        Assert.Equal([1, 0], AssignmentOptimum.Of([[10, 5], [9, 1]], [1, 1]));
    }

    private static long Gain(long[][] gains, int buyer, int seller) => seller < 0 ? 0 : gains[buyer][seller];

    private static long BestOf(long[][] gains, long[] stock, int buyer)
    {
        if (buyer == gains.Length)
        {
            return 0;
        }

        var best = BestOf(gains, stock, buyer + 1);
        for (var seller = 0; seller < stock.Length; seller++)
        {
            if (stock[seller] > 0)
            {
                stock[seller]--;
                best = Math.Max(best, gains[buyer][seller] + BestOf(gains, stock, buyer + 1));
                stock[seller]++;
            }
        }

        return best;
    }
}
