using Market.Client;
using Market.Domain.Listings;
using Market.EndToEnd.Tests.Support;
using Market.Silo.Commands.Audit;
using Xunit.Abstractions;

namespace Market.EndToEnd.Tests.Restarting;

/// <summary>
/// What a planned stop, a second process and a long absence of the server do to the agents: as good as nothing.
/// </summary>
public sealed class RestartTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly int _port = FreePort.Find();

    private Uri Uri => ServeProcess.UriOf(_port);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_under_load_stops_in_good_order_and_its_agents_go_on_with_the_next_one()
    {
        var plan = KillPlan.FromEnvironment();
        output.WriteLine($"seed {plan.Seed}");
        await using var first = await StartAsync(plan.StartingBalance);
        await using var load = await TradingLoad.StartAsync(Uri, plan);
        await GoOnAsync(load);

        await first.SignalAsync("TERM");
        var (exitCode, errors) = await first.ExitAsync();
        Assert.Equal((0, ""), (exitCode, errors));

        await using var second = await StartAsync();
        await GoOnAsync(load);
        await load.StopAsync();
        var checks = await RunChecks.RunAsync(load.Agents, plan, _folder.Path, async () =>
        {
            await second.SignalAsync("TERM");
            Assert.Equal((0, ""), await second.ExitAsync());
        });
        output.WriteLine(checks.Summary);
        Assert.True(checks.Findings.Count == 0, $"seed {plan.Seed}: {checks.Findings}");
    }

    [Fact]
    public async Task A_negotiation_outlives_the_server()
    {
        await using var first = await StartAsync("--starting-balance", "1000.00");
        await using var seller = await TestAgent.SellerAsync(Uri);
        await using var buyer = await TestAgent.BuyerAsync(Uri);
        var listing = await seller.Client.PublishListingAsync(Wares.Draft());
        var bought = await buyer.Client.OpenAsync(listing, new NegotiationSettings { FirstOffer = Wares.Firm(40_00) });
        var sold = await seller.NextAsync();

        first.Kill();
        await first.ExitAsync();
        var counter = sold.OfferAsync(Wares.Firm(50_00));
        await using var second = await StartAsync();
        await Eventually.DoneAsync("an act made while the server was down is recorded", counter);
        await Eventually.DoneAsync("the buyer sees it", bought.WaitForAsync(static s => s.Seq == 2));
        await bought.AcceptAsync(bought.State.Standing!);
        var deals = await Eventually.DoneAsync(
            "the deal is settled", Task.WhenAll(bought.WaitForDealAsync(), sold.WaitForDealAsync()));
        Assert.Equal(Wares.Dollars(50_00), deals[0].Total);
        Assert.Equal(deals[0].Id, deals[1].Id);
    }

    [Fact]
    public async Task A_second_process_on_the_folder_is_refused_even_while_the_first_one_is_frozen()
    {
        await using var first = await StartAsync("--starting-balance", "1000.00");
        await using var seller = await TestAgent.SellerAsync(Uri);
        await RefusedAsync();
        await first.SignalAsync("STOP");
        try
        {
            await RefusedAsync();
        }
        finally
        {
            await first.SignalAsync("CONT");
        }

        var listing = await Eventually.DoneAsync(
            "the first one serves again", seller.Client.PublishListingAsync(Wares.Draft()));
        await first.SignalAsync("TERM");
        Assert.Equal((0, ""), await first.ExitAsync());

        // Only the first one has written: its agent, listing and stock.
        var journal = await JournalView.ReadAsync(_folder.Path);
        Assert.Contains(journal.Entries, e => e.Event is ListingAdded added && added.Listing == listing);
        Assert.True(OfflineAudit.Verify(_folder.Path).IsSound);
    }

    private async Task RefusedAsync()
    {
        await using var second = ServeProcess.Start(_folder.Path, FreePort.Find());
        var (exitCode, errors) = await second.ExitAsync();
        Assert.Equal(1, exitCode);
        var line = Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Contains("in use by another process", line, StringComparison.Ordinal);
        Assert.False(await second.Ready);
    }

    private static async Task GoOnAsync(TradingLoad load)
    {
        var target = load.AcknowledgedCount + 100;
        await Eventually.TrueAsync(
            "the load goes on", () => load.AcknowledgedCount >= target || load.Error() is not null);
        Assert.Null(load.Error());
    }

    private Task<ServeProcess> StartAsync(params string[] more) =>
        ServeProcess.StartReadyAsync(_folder.Path, _port, more);
}
