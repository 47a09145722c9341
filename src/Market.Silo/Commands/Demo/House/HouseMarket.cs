using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Silo.Commands.Demo.House;

/// <summary>
/// A market of our own making, for a demo without data: buyers and sellers of three kinds of goods, each with private
/// preferences drawn from a seed. The same seed gives the same market everywhere.
/// </summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Buyers">The buyers, by category.</param>
/// <param name="Sellers">The sellers, by category.</param>
public sealed record HouseMarket(ulong Seed, ValueArray<HouseAgent> Buyers, ValueArray<HouseAgent> Sellers)
{
    /// <summary>Buyers of each category, unless asked otherwise.</summary>
    public const int DefaultBuyersPerCategory = 8;

    /// <summary>Sellers of each category, unless asked otherwise.</summary>
    public const int DefaultSellersPerCategory = 7;

    /// <summary>Most agents of one side and category, so that a demo stays one.</summary>
    public const int AgentsPerCategoryMax = 1_000;

    /// <summary>Makes a market.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="buyersPerCategory">1 to <see cref="AgentsPerCategoryMax"/>.</param>
    /// <param name="sellersPerCategory">1 to <see cref="AgentsPerCategoryMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of agents is out of its range.</exception>
    public static HouseMarket Generate(
        ulong seed,
        int buyersPerCategory = DefaultBuyersPerCategory,
        int sellersPerCategory = DefaultSellersPerCategory)
    {
        ThrowIfOutOfRange(buyersPerCategory, nameof(buyersPerCategory));
        ThrowIfOutOfRange(sellersPerCategory, nameof(sellersPerCategory));
        var random = new SplitMix64(seed);
        var buyers = Agents(random, Party.Buyer, buyersPerCategory);
        var sellers = Agents(random, Party.Seller, sellersPerCategory);
        return new HouseMarket(seed, buyers, sellers);
    }

    /// <summary>The sellers of what a buyer wants.</summary>
    public IEnumerable<HouseAgent> SellersFor(HouseAgent buyer)
    {
        ArgumentNullException.ThrowIfNull(buyer);
        return Sellers.Where(seller => seller.Profile.Category == buyer.Profile.Category);
    }

    private static ValueArray<HouseAgent> Agents(SplitMix64 random, Party party, int count) => HouseCategory.All
        .SelectMany(_ => Enumerable.Range(1, count), (category, number) => (category, number))
        .Select(agent => HouseAgentMaker.Make(random, party, agent.category, agent.number))
        .ToValueArray();

    private static void ThrowIfOutOfRange(int count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, AgentsPerCategoryMax, name);
    }
}
