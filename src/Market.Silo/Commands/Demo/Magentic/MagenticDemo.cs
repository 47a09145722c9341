using Market.Domain;
using Market.Domain.Strategies;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>
/// Plays a market of the Magentic data over real connections: every customer and every business is an agent, and is
/// given its own file.
/// </summary>
/// <param name="data">Everybody's files.</param>
/// <param name="buyers">How customers concede.</param>
/// <param name="sellers">How businesses concede.</param>
/// <param name="note">Is told what each agent does, by many threads; null for nobody.</param>
/// <param name="byTender">Whether customers ask for sealed quotes first.</param>
internal sealed class MagenticDemo(
    MagenticMarket data,
    TimeDependentPreset buyers,
    TimeDependentPreset sellers,
    Action<MagenticAct>? note = null,
    bool byTender = false)
{
    /// <summary>Above any order of which the prices can be ranked.</summary>
    private static readonly Money StartingBalance = new(OutcomeSpace.CountMax, Currency.Usd);

    /// <summary>How far it has come.</summary>
    public DemoProgress Progress { get; } = new(data.Customers.Count + data.Businesses.Count, data.Customers.Count);

    /// <summary>Plays it, and verifies the market's files afterwards.</summary>
    /// <param name="place">Where to keep the market; null for a temporary folder.</param>
    /// <param name="seed">Named in the outcome; nothing in this market is drawn by lot.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<DemoOutcome<MagenticDeal>> RunAsync(
        DemoPlace? place, ulong seed, CancellationToken cancellationToken)
    {
        var market = await DemoMarket.StartAsync(place, StartingBalance, cancellationToken).ConfigureAwait(false);
        await using (market.ConfigureAwait(false))
        {
            var businesses = data.Businesses
                .Select(own => new MagenticBusinessAgent(own, sellers, note)).ToList();
            var customers = data.Customers
                .Select(own => new MagenticCustomerAgent(own, buyers, Progress, note, byTender)).ToList();
            MagenticSale?[] sales = [];
            var elapsed = await new DemoFloor(businesses, customers, Progress).RunAsync(
                market.Address,
                async stopping => sales = await Task.WhenAll(customers.Select(customer => customer.BuyAsync(stopping)))
                    .ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            var audit = await market.StopAndAuditAsync(cancellationToken).ConfigureAwait(false);
            List<MagenticDeal> deals = [.. sales.OfType<MagenticSale>().Select(sale => MagenticDeal.Of(data, sale))];
            return new DemoOutcome<MagenticDeal>(
                seed, data.Customers.Count, deals, Progress.Offers, elapsed, audit);
        }
    }
}
