using Market.Silo.Commands.Demo;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Simulations.Populations;

/// <summary>
/// Lets a population trade in a market, period by period: sellers and buyers of the period come in, every buyer that is
/// there tries, and the period ends when all have bought or given up. Agents speak to the market over connections of
/// their own, as anybody's would.
/// </summary>
/// <param name="plan">Who comes when.</param>
internal sealed class PopulationFloor(PopulationPlan plan) : IAsyncDisposable
{
    private const int EnteringMax = 32;

    private readonly DemoProgress _progress = new(
        plan.Data.Customers.Count + plan.Data.Businesses.Count, plan.Data.Customers.Count);

    private readonly List<DemoAgent> _entered = [];
    private readonly Dictionary<MagenticId, MagenticSale> _sales = [];
    private readonly List<(MagenticId Id, MagenticCustomerAgent Agent, int Last)> _trying = [];

    /// <summary>Offers that were made, firm and indicative.</summary>
    public long Offers => _progress.Offers;

    /// <summary>Runs all periods.</summary>
    /// <param name="market">Where agents connect.</param>
    /// <param name="ended">Is told after each period: its number from 0, and needs met so far.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    /// <returns>What was bought, by buyer.</returns>
    public async Task<IReadOnlyDictionary<MagenticId, MagenticSale>> RunAsync(
        Uri market, Action<int, int>? ended, CancellationToken cancellationToken)
    {
        using var tasks = new DemoTasks(cancellationToken);
        try
        {
            for (var period = 0; period < plan.Arrivals.Periods; period++)
            {
                await EnterAsync(period, market, tasks, cancellationToken).ConfigureAwait(false);
                var now = period;
                await tasks.RunAsync(stopping => TradeAsync(now, stopping)).ConfigureAwait(false);
                ended?.Invoke(period, _sales.Count);
                cancellationToken.ThrowIfCancellationRequested();
                if (tasks.HasFailed)
                {
                    break;
                }
            }
        }
        finally
        {
            await tasks.StopAsync().ConfigureAwait(false);
        }

        return _sales;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_entered.Select(static agent => agent.DisposeAsync().AsTask())).ConfigureAwait(false);

    private async Task EnterAsync(int period, Uri market, DemoTasks tasks, CancellationToken cancellationToken)
    {
        var sellers = plan.Stocked
            .Where(own => plan.Arrivals.OfSeller(own.Profile.Id) == period)
            .Select(own => new MagenticBusinessAgent(own, plan.Sellers, note: null))
            .ToList();
        var buyers = plan.Data.Customers
            .Where(own => plan.Arrivals.OfBuyer(own.Profile.Id) == period)
            .Select(own => (
                own.Profile.Id,
                Agent: new MagenticCustomerAgent(own, plan.Buyers, _progress, note: null, isSoldOut: IsSoldOut),
                plan.Arrivals.LastOfBuyer(own.Profile.Id)))
            .ToList();
        _entered.AddRange(sellers);
        _entered.AddRange(buyers.Select(static buyer => buyer.Agent));
        _trying.AddRange(buyers);
        await EnterAsync(sellers, market, cancellationToken).ConfigureAwait(false);
        await EnterAsync(buyers.Select(static buyer => buyer.Agent), market, cancellationToken).ConfigureAwait(false);
        foreach (var seller in sellers)
        {
            tasks.Start(stopping => seller.ServeAsync(tasks, stopping));
        }
    }

    private async Task TradeAsync(int period, CancellationToken cancellationToken)
    {
        if (plan.IsOneAtATime)
        {
            foreach (var buyer in _trying.OrderBy(buyer => plan.Arrivals.PlaceOf(buyer.Id, period)).ToList())
            {
                Keep(await buyer.Agent.BuyAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        else
        {
            var sales = await Task.WhenAll(_trying.Select(buyer => buyer.Agent.BuyAsync(cancellationToken)))
                .ConfigureAwait(false);
            Array.ForEach(sales, Keep);
        }

        _trying.RemoveAll(buyer => _sales.ContainsKey(buyer.Id) || buyer.Last <= period);
    }

    // A search still finds what is sold out, and the market would end such a talk at a moment of its own.
    private bool IsSoldOut(MagenticId seller) =>
        plan.Stock is { } stock && _sales.Values.Count(sale => sale.Price.Business == seller) >= stock;

    private void Keep(MagenticSale? sale)
    {
        if (sale is not null)
        {
            _sales.Add(sale.Customer, sale);
        }
    }

    private static Task EnterAsync(
        IEnumerable<DemoAgent> agents, Uri market, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = EnteringMax,
            CancellationToken = cancellationToken,
        };
        return Parallel.ForEachAsync(
            agents, options, async (agent, stopping) => await agent.EnterAsync(market, stopping).ConfigureAwait(false));
    }
}
