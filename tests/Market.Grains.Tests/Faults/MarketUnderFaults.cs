using Market.Domain.Auditing;
using Market.Grains.Journaling;
using Market.Testing.Faults;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Faults;

/// <summary>
/// Several markets, each sure to be the only one, over one journal, each with storage faults of its own and sometimes
/// replaced by a fresh one; the replaced one lives on as a zombie. Clients ask any of them, often without waiting.
/// </summary>
internal sealed class MarketUnderFaults(int seed, int marketsMax) : IAsyncDisposable
{
    private readonly Random _random = new(seed);
    private readonly MemoryJournal _beneath = new();
    private readonly ManualClock _clock = new();
    private readonly List<(InProcessMarket Market, FaultJournal Journal)> _markets = [];
    private readonly List<Task<ClientAnswer>> _open = [];
    private int _made;

    public ClientHistory History { get; } = new();

    public IReadOnlyList<(InProcessMarket Market, FaultJournal Journal)> Markets => _markets;

    public long Poisoned { get; private set; }

    public async Task RunAsync(int steps, StorageFault[] faults)
    {
        var trader = new RandomTrader(_random);
        await StartAsync(FaultPlan.None);
        foreach (var command in trader.Openings())
        {
            await History.AskAsync(_markets[0].Market, command);
        }

        for (var step = 0; step < steps; step++)
        {
            if (_random.Next(20) == 0 || _markets.Count < Math.Min(marketsMax, 2))
            {
                await ReplaceAsync(faults);
            }

            // A burst without waiting, then perhaps a wait, and perhaps some time.
            var market = Pick();
            for (var burst = _random.Next(1, 6); burst > 0; burst--)
            {
                _open.Add(History.AskAsync(market, trader.Next(market.Now)));
            }

            if (_random.Next(3) == 0)
            {
                await CatchUpAsync();
            }

            if (_random.Next(8) == 0)
            {
                _clock.Advance(TimeSpan.FromSeconds(_random.Next(1, 5)));
            }
        }
    }

    /// <summary>Starts one more market, which thinks to be the only one.</summary>
    public async Task<InProcessMarket> StartAsync(FaultPlan plan)
    {
        var options = SettlementScenario.Options with
        {
            Clock = _clock,
            Cluster = limits => limits with { SnapshotEvery = 25, MailboxMax = 8, InFlightMax = 4 },
        };
        var journal = new FaultJournal(_beneath, null, EntryHash.Genesis(options.Market));
        var market = await InProcessMarket.StartAsync(options with { Journal = journal });
        journal.Plan = plan;
        _markets.Add((market, journal));
        return market;
    }

    /// <summary>The faults stop; one fresh market remains, and every hold reaches its deadline.</summary>
    public async Task<InProcessMarket> HealAsync()
    {
        await CatchUpAsync();
        await DisposeAsync();
        var market = await StartAsync(FaultPlan.None);
        Assert.Empty(await History.ResolveAsync(market));
        await market.AdvanceAsync(TimeSpan.FromMinutes(2));
        return market;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (market, journal) in _markets)
        {
            journal.Plan = FaultPlan.None;
            journal.Resume();
            Poisoned += market.Metrics.Poisoned;
            await market.DisposeAsync();
        }

        _markets.Clear();
    }

    /// <summary>Any of the markets.</summary>
    public InProcessMarket Pick() => _markets[_random.Next(_markets.Count)].Market;

    /// <summary>Goes on without the answer; <see cref="CatchUpAsync"/> waits for it.</summary>
    public void Leave(Task<ClientAnswer> answer) => _open.Add(answer);

    public async Task CatchUpAsync()
    {
        // What goes on may stall again.
        var answered = Task.WhenAll(_open);
        while (!answered.IsCompleted)
        {
            _markets.ForEach(running => running.Journal.Resume());
            await Task.WhenAny(_markets.Select(running => running.Journal.WhenStalled(1)).Prepend(answered));
        }

        await answered;
        _open.Clear();
    }

    private async Task ReplaceAsync(StorageFault[] faults)
    {
        if (_markets.Count >= marketsMax)
        {
            await CatchUpAsync();
            var (market, journal) = _markets[0];
            _markets.RemoveAt(0);
            Poisoned += market.Metrics.Poisoned;
            journal.Stop();
            await market.DisposeAsync();
        }

        await StartAsync(faults.Length == 0 ? FaultPlan.None : FaultPlan.Random(seed + ++_made, 0.1, faults));
    }
}
