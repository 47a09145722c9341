using Market.Client;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Killing;

/// <summary>
/// Buyers and sellers who negotiate without a pause, each over a connection of its own, until they are told to stop.
/// </summary>
internal sealed class TradingLoad : IAsyncDisposable
{
    private const int Sellers = 8;
    private const int Buyers = 8;
    private const int NegotiationsAtOnce = 2;

    // What each buyer needs at most under its request: later deals under it fail in settlement.
    private const int UnitsNeeded = 4;

    private readonly List<TestAgent> _agents = [];
    private readonly List<Task> _working = [];
    private readonly Lock _gate = new();
    private readonly KillPlan _plan;
    private readonly CancellationTokenSource _stopSelling = new();
    private volatile bool _isStopping;
    private volatile Alarm? _alarm;
    private int _parts;

    private TradingLoad(KillPlan plan) => _plan = plan;

    /// <summary>Everybody who trades.</summary>
    public IReadOnlyList<TestAgent> Agents => _agents;

    /// <summary>Acts that the market has acknowledged so far.</summary>
    public int AcknowledgedCount => _agents.Sum(static a => a.Wire.AcknowledgedCount);

    /// <summary>Connects everybody and begins to trade.</summary>
    public static Task<TradingLoad> StartAsync(Uri market, KillPlan plan) => StartAsync([market], plan);

    /// <summary>The same in a market with several gateways, through all of them.</summary>
    public static async Task<TradingLoad> StartAsync(IReadOnlyList<Uri> gateways, KillPlan plan)
    {
        var load = new TradingLoad(plan);
        var listings = new List<Listing>();
        for (var i = 0; i < Sellers; i++)
        {
            var seller = await TestAgent.ConnectAsync(From(gateways, i), $"seller-{i}", AgentRole.Seller);
            load.Add(seller);

            // The last seller sells out soon: later deals with it fail in settlement.
            var stock = i == Sellers - 1 ? 5 : 1_000_000;
            listings.Add(await seller.Client.PublishListingAsync(Wares.Draft($"Machine {i}", stock)));
            load.Work(load.SellAsync(seller));
        }

        for (var i = 0; i < Buyers; i++)
        {
            var buyer = await TestAgent.ConnectAsync(From(gateways, i), $"buyer-{i}", AgentRole.Buyer);
            load.Add(buyer);
            var need = await buyer.Client.PublishRequestAsync(
                new RequestDraft("Machines", "For the office.", UnitsNeeded));
            for (var n = 0; n < NegotiationsAtOnce; n++)
            {
                load.Work(load.BuyAsync(buyer, listings, need.Id, load.NextRandom()));
            }
        }

        return load;
    }

    /// <summary>
    /// Calls once, at the moment at which an agent has received the acknowledgement that makes so many; on that agent's
    /// thread, before it takes in anything more.
    /// </summary>
    public void CallAt(int acknowledged, Action action) => _alarm = new Alarm(acknowledged, action, false);

    /// <summary>
    /// The same, at the first moment from then on at which an agent has just been told of an agreement: its settlement
    /// is under way.
    /// </summary>
    public void CallInSettlement(int acknowledged, Action action) => _alarm = new Alarm(acknowledged, action, true);

    /// <summary>The first error of the load, or null.</summary>
    public Exception? Error()
    {
        lock (_gate)
        {
            return _working.FirstOrDefault(static task => task.IsFaulted)?.Exception;
        }
    }

    /// <summary>
    /// Opens nothing more, and waits until every negotiation has ended and every deal is settled or has failed.
    /// </summary>
    public async Task StopAsync()
    {
        _isStopping = true;
        for (var before = -1; before != Count();)
        {
            before = Count();
            await Eventually.DoneAsync(
                "every negotiation of the load comes to its end", Task.WhenAll(OthersThanSelling()));
        }

        await _stopSelling.CancelAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopSelling.CancelAsync();
        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }

        _stopSelling.Dispose();
    }

    private static List<Uri> From(IReadOnlyList<Uri> gateways, int first) =>
        [.. Enumerable.Range(first, gateways.Count).Select(i => gateways[i % gateways.Count])];

    private void Add(TestAgent agent)
    {
        _agents.Add(agent);
        agent.Wire.Received = message =>
        {
            if (_alarm is { } alarm && AcknowledgedCount >= alarm.Acknowledged
                && (!alarm.InSettlement || message is EventNotice { Event: OfferAccepted or PostedPriceTaken })
                && Interlocked.CompareExchange(ref _alarm, null, alarm) == alarm)
            {
                alarm.Action();
            }
        };
    }

    private int Count()
    {
        lock (_gate)
        {
            return _working.Count;
        }
    }

    private Task[] OthersThanSelling()
    {
        lock (_gate)
        {
            return [.. _working.Skip(Sellers)];
        }
    }

    private Random NextRandom() => _plan.RandomOf(Interlocked.Increment(ref _parts));

    private void Work(Task task)
    {
        lock (_gate)
        {
            _working.Add(task);
        }
    }

    private async Task SellAsync(TestAgent seller)
    {
        try
        {
            await foreach (var negotiation in seller.Client.NegotiationsAsync(_stopSelling.Token))
            {
                Work(TradingScript.PlayAsync(negotiation, NextRandom()));
            }
        }
        catch (OperationCanceledException) when (_stopSelling.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    private async Task BuyAsync(TestAgent buyer, List<Listing> listings, RequestId need, Random random)
    {
        while (!_isStopping)
        {
            var listing = listings[random.Next(listings.Count)];
            if (random.Next(100) < 10)
            {
                await BuyNowAsync(buyer, listing);
                continue;
            }

            var settings = new NegotiationSettings
            {
                FirstOffer = random.Next(100) < 80 ? TradingScript.AnyOffer(random) : null,
                RoundsMax = 3,
                Request = random.Next(100) < 30 ? need : null,
            };
            await TradingScript.PlayAsync(await buyer.Client.OpenAsync(listing, settings), random);
        }
    }

    private static async Task BuyNowAsync(TestAgent buyer, Listing listing)
    {
        try
        {
            await buyer.Client.BuyNowAsync(listing);
        }
        catch (NoDealException)
        {
            // No money or no stock is left; the checks of the run look at every such end.
        }
    }

    private sealed record Alarm(int Acknowledged, Action Action, bool InSettlement);
}
