using System.Diagnostics;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Testing;
using Market.Testing.Hosting;
using Xunit.Abstractions;
using DealSettled = Market.Domain.Negotiating.DealSettled;

namespace Market.Grains.Tests.Faults;

/// <summary>The in-process market is a market: what is asked of it happens as on a server.</summary>
public sealed class InProcessMarketTests(ITestOutputHelper output)
{
    private static readonly InProcessMarketOptions Options =
        new() { StartingBalance = new Money(500_00, Currency.Usd) };

    [Fact]
    public async Task A_deal_runs_from_enrolment_to_settlement_without_a_socket()
    {
        await using var market = await InProcessMarket.StartAsync(Options);
        await Trade.PublishAsync(market);

        var (negotiation, _) = await Trade.AgreeAsync(market, 1);
        await market.SettleDownAsync();

        Assert.IsType<DealSettled>((await market.ReadNegotiationAsync(negotiation))[^1]);
        var replay = await market.ReplayLedgerAsync();
        Assert.True(TrialBalance.Of(replay.State).IsZero);
        Assert.Equal(500_00 - 60_00, Trade.FundsOf(replay.State, Some.Buyer.Principal));
        Assert.True(await market.LedgerEqualsItsReplayAsync());
        Assert.Empty(market.Errors);
    }

    [Fact]
    public async Task Time_passes_only_when_it_is_moved_and_brings_about_what_is_due()
    {
        await using var market = await InProcessMarket.StartAsync(Options);
        var hold = Trade.Hold(1, Some.Noon + TimeSpan.FromMinutes(1));
        await market.AskAsync(new Deposit(Trade.Command(2), Some.Buyer.Principal, new Money(10_00, Currency.Usd)));
        Assert.IsType<LedgerDone>(await market.AskAsync(hold));

        await market.AdvanceAsync(TimeSpan.FromSeconds(59));
        Assert.Equal(1, (await market.ReplayLedgerAsync()).State.OpenHoldCount);
        await market.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.IsType<HoldsExpired>((await market.ReplayLedgerAsync()).Entries[^1]);
    }

    [Fact]
    public async Task An_agent_is_pushed_its_events()
    {
        await using var market = await InProcessMarket.StartAsync(Options);
        await Trade.PublishAsync(market);
        await Trade.AgreeAsync(market, 1);
        await market.SettleDownAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        var events = new List<object>();
        await foreach (var row in market.SubscribeAsync(Some.SellerAgent, 0, patience.Token))
        {
            events.Add(new WireEventCodec().Decode(row.Body.Span));
            if (events[^1] is DealSettled)
            {
                break;
            }
        }

        Assert.Equal(
            [typeof(NegotiationOpened), typeof(OfferAccepted), typeof(DealSettled)], events.Select(e => e.GetType()));
    }

    [Fact]
    public async Task A_reset_forgets_everything_and_a_market_over_a_journal_goes_on_where_it_ends()
    {
        await using var market = await InProcessMarket.StartAsync(Options);
        await Trade.PublishAsync(market);
        await using (var later = await InProcessMarket.StartAsync(Options with { Journal = market.Journal }))
        {
            var replay = await later.ReplayLedgerAsync();
            Assert.Equal(500_00, Trade.FundsOf(replay.State, Some.Buyer.Principal));
        }

        await market.ResetAsync();

        Assert.Equal(0, market.Journal.Head);
        Assert.Empty((await market.ReplayLedgerAsync()).Entries);
        await Trade.PublishAsync(market);
    }

    [Fact]
    public async Task It_starts_and_resets_in_times_that_are_printed()
    {
        var start = Stopwatch.StartNew();
        await using var market = await InProcessMarket.StartAsync(Options);
        output.WriteLine($"start: {start.Elapsed.TotalMilliseconds:F1} ms");

        var resets = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            await market.AskAsync(new Deposit(Trade.Command(i), Some.Buyer.Principal, new Money(1, Currency.Usd)));
            var reset = Stopwatch.StartNew();
            await market.ResetAsync();
            resets.Add(reset.Elapsed.TotalMilliseconds);
        }

        resets.Sort();
        output.WriteLine($"reset: median {resets[100]:F3} ms, p95 {resets[190]:F3} ms, most {resets[^1]:F3} ms");
        Assert.Equal(0, market.Journal.Head);
    }
}
