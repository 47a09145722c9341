using Market.Domain;
using Market.Domain.Strategies;

namespace Market.Silo.Commands.Demo.House;

/// <summary>
/// Plays the house's market over real connections. The same seed gives the same deals: buyers take turns, and each
/// negotiation is decided by strategies that know no clock.
/// </summary>
/// <param name="data">Everybody's profiles and preferences; each agent is given its own.</param>
internal sealed class HouseDemo(HouseMarket data)
{
    /// <summary>Rounds of every negotiation.</summary>
    public const int RoundsMax = 20;

    /// <summary>Above the largest price of any category.</summary>
    private static readonly Money StartingBalance = new(10_000_00, Currency.Usd);

    /// <summary>How far it has come.</summary>
    public DemoProgress Progress { get; } = new(data.Buyers.Count + data.Sellers.Count, data.Buyers.Count);

    /// <summary>A market in which agents concede otherwise than they were made to.</summary>
    /// <param name="data">The market.</param>
    /// <param name="buyers">How buyers concede; null for each as it was made.</param>
    /// <param name="sellers">How sellers concede; null for each as it was made.</param>
    public static HouseMarket With(HouseMarket data, TimeDependentPreset? buyers, TimeDependentPreset? sellers) =>
        data with { Buyers = With(data.Buyers, buyers), Sellers = With(data.Sellers, sellers) };

    /// <summary>Plays it, and verifies the market's files afterwards.</summary>
    /// <param name="place">Where to keep the market; null for a temporary folder.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<DemoOutcome<HouseDeal>> RunAsync(DemoPlace? place, CancellationToken cancellationToken)
    {
        var market = await DemoMarket.StartAsync(place, StartingBalance, cancellationToken).ConfigureAwait(false);
        await using (market.ConfigureAwait(false))
        {
            var sellers = data.Sellers.Select(own => new HouseSellerAgent(own, Progress)).ToList();
            var buyers = HouseCategory.All.SelectMany(category => data.Buyers
                .Where(own => own.Profile.Category == category)
                .Select((own, place) => new HouseBuyerAgent(own, place, Progress))).ToList();
            var elapsed = await new DemoFloor(sellers, buyers, Progress).RunAsync(
                market.Address, stopping => TradeAsync(buyers, stopping), cancellationToken).ConfigureAwait(false);
            var audit = await market.StopAndAuditAsync(cancellationToken).ConfigureAwait(false);
            List<HouseDeal> deals = [.. buyers.Select(static buyer => buyer.Sale).OfType<HouseSale>().Select(DealOf)];
            return new DemoOutcome<HouseDeal>(
                data.Seed, data.Buyers.Count, deals, Progress.Offers, elapsed, audit);
        }
    }

    private async Task TradeAsync(List<HouseBuyerAgent> buyers, CancellationToken cancellationToken)
    {
        await Task.WhenAll(buyers.Select(buyer => buyer.FindSellersAsync(cancellationToken))).ConfigureAwait(false);
        var turns = HouseCategory.All.Max(category => Math.Max(
            data.Buyers.Count(own => own.Profile.Category == category),
            data.Sellers.Count(own => own.Profile.Category == category)));
        for (var turn = 0; turn < turns; turn++)
        {
            await Task.WhenAll(buyers.Select(buyer => buyer.TakeTurnAsync(turn, turns, cancellationToken)))
                .ConfigureAwait(false);
        }
    }

    private HouseDeal DealOf(HouseSale sale)
    {
        var buyer = data.Buyers.Single(own => own.Profile.Name == sale.Buyer);
        var seller = data.Sellers.Single(own => own.Profile.Name == sale.Seller);
        return new HouseDeal(
            sale.Buyer,
            sale.Seller,
            buyer.Profile.Category,
            sale.Rounds,
            sale.Outcome,
            seller.LimitCents(sale.Outcome),
            buyer.LimitCents(sale.Outcome),
            sale.PaidCents);
    }

    private static ValueArray<HouseAgent> With(ValueArray<HouseAgent> agents, TimeDependentPreset? preset) =>
        preset is null
            ? agents
            : agents.Select(own => own with { Secret = own.Secret with { Strategy = preset } }).ToValueArray();
}
