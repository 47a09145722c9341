using Market.Client;
using Market.EndToEnd.Tests.Support;
using Market.Silo.Commands.Audit;
using Market.TestSupport;
using Xunit.Abstractions;

namespace Market.EndToEnd.Tests.Postgres;

/// <summary>A market whose store is a PostgreSQL database, with the embedded engine.</summary>
public sealed class PostgresMarketTests(ITestOutputHelper output) : IDisposable
{
    private const int RestartsByDefault = 6;
    private const int ActsBetween = 60;

    private readonly TestFolder _folder = new();
    private readonly int _port = FreePort.Find();

    public void Dispose() => _folder.Dispose();

    [FactWithPostgres]
    public async Task A_deal_is_made_and_all_of_it_outlives_the_server()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        var place = new StorePlace(_folder.Path, database.Address);
        await using var first = await StartAsync(place, "--starting-balance", "1000.00");
        await using var seller = await TestAgent.SellerAsync(ServeProcess.UriOf(_port));
        await using var buyer = await TestAgent.BuyerAsync(ServeProcess.UriOf(_port));
        var listing = await seller.Client.PublishListingAsync(Wares.Draft());
        var bought = await buyer.Client.OpenAsync(listing, new NegotiationSettings { FirstOffer = Wares.Firm(40_00) });
        var sold = await seller.NextAsync();

        first.Kill();
        await first.ExitAsync();
        var counter = sold.OfferAsync(Wares.Firm(50_00));
        await using var second = await StartAsync(place);
        await Eventually.DoneAsync("an act made while the server was down is recorded", counter);
        await Eventually.DoneAsync("the buyer sees it", bought.WaitForAsync(static s => s.Seq == 2));
        await bought.AcceptAsync(bought.State.Standing!);
        var deals = await Eventually.DoneAsync(
            "the deal is settled", Task.WhenAll(bought.WaitForDealAsync(), sold.WaitForDealAsync()));
        Assert.Equal(Wares.Dollars(50_00), deals[0].Total);
        await foreach (var found in buyer.Client.SearchAsync(new ListingQuery { Text = "espresso machine" }))
        {
            Assert.Equal(listing.Id, found.Id);
        }


        await second.SignalAsync("TERM");
        Assert.Equal((0, ""), await second.ExitAsync());
        var audit = OfflineAudit.Verify(place.Audited);
        Assert.True(audit is { IsSound: true, DealsSettled: 1, ReceiptsUnchecked: 0 }, $"{audit}");
        Assert.Equal(["keys"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [FactWithPostgres]
    public async Task A_second_server_on_the_database_is_refused_and_told_who_has_it()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        var place = new StorePlace(_folder.Path, database.Address);
        await using var first = await StartAsync(place);
        using var otherFolder = new TestFolder();
        await using var second = ServeProcess.Start(
            new StorePlace(otherFolder.Path, database.Address), FreePort.Find());
        var (exitCode, errors) = await second.ExitAsync();
        Assert.Equal(1, exitCode);
        var line = Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Contains("is in use: market ", line, StringComparison.Ordinal);
        Assert.Contains("a server alone", line, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Shared.Password, line, StringComparison.Ordinal);
        await first.SignalAsync("TERM");
        Assert.Equal((0, ""), await first.ExitAsync());
    }

    [FactWithPostgres]
    public async Task What_is_wrong_with_a_database_is_one_line_without_the_password()
    {
        var server = PostgresServer.Shared;
        foreach (var (address, expected) in new[]
        {
            ($"postgres://market:not-the-password@127.0.0.1:{server.Port}/postgres", "does not accept the password"),
            (server.AddressOf("nowhere"), "has no such database"),
            ($"postgres://market:not-the-password@127.0.0.1:{FreePort.Find()}/postgres", "start the server"),
        })
        {
            await using var process = ServeProcess.Start(new StorePlace(_folder.Path, address), _port);
            var (exitCode, errors) = await process.ExitAsync();
            Assert.Equal(1, exitCode);
            var line = Assert.Single(errors.TrimEnd().Split('\n'));
            Assert.Contains(expected, line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("not-the-password", line, StringComparison.Ordinal);
            Assert.DoesNotContain(server.Password, line, StringComparison.Ordinal);
        }
    }

    [FactWithPostgres]
    public async Task Nothing_acknowledged_is_lost_when_PostgreSQL_restarts_again_and_again_under_load()
    {
        var plan = KillPlan.FromEnvironment(RestartsByDefault);
        output.WriteLine(plan.ToString());
        using var database = PostgresServer.Launch();
        using var market = database.CreateDatabase();
        var place = new StorePlace(_folder.Path, market.Address);
        await using var server = await StartAsync(place, plan.StartingBalance);
        await using var load = await TradingLoad.StartAsync(ServeProcess.UriOf(_port), plan);
        for (var restart = 0; restart < plan.Kills; restart++)
        {
            await GoOnAsync(load, server, restart);
            if (restart % 2 == 0)
            {
                database.StopImmediately(); // as a crash
            }
            else
            {
                database.StopFast();
            }

            database.Start();
        }

        await GoOnAsync(load, server, plan.Kills);
        await load.StopAsync();
        var checks = await RunChecks.RunAsync(load.Agents, plan, place, async () =>
        {
            await server.SignalAsync("TERM");
            var (exitCode, errors) = await server.ExitAsync();
            Assert.Equal(0, exitCode);
            Assert.DoesNotContain(database.Password, errors, StringComparison.Ordinal);
        });
        output.WriteLine(checks.Summary);
        Assert.True(checks.Findings.Count == 0, $"{plan}: {checks.Findings}");
        Assert.True(checks.Deals is { Settled: > 0 }, $"Deals must settle: {checks.Deals}.");
    }

    [FactWithPostgres]
    public async Task A_market_that_began_in_a_folder_goes_on_in_PostgreSQL_with_the_same_agents()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        using var other = new TestFolder();
        var place = new StorePlace(other.Path, database.Address);
        await using var first = await StartAsync(_folder.Path, "--starting-balance", "1000.00");
        await using var seller = await TestAgent.SellerAsync(ServeProcess.UriOf(_port));
        await using var buyer = await TestAgent.BuyerAsync(ServeProcess.UriOf(_port));
        var listing = await seller.Client.PublishListingAsync(Wares.Draft());
        var bought = await buyer.Client.OpenAsync(listing, new NegotiationSettings { FirstOffer = Wares.Firm(40_00) });
        var sold = await seller.NextAsync();
        await first.SignalAsync("TERM");
        Assert.Equal((0, ""), await first.ExitAsync());

        using var copy = MarketProgram.Start(
            "store", "copy", "--from", _folder.Path, "--to", database.Address, "--json");
        Assert.Equal(0, await copy.ExitAsync());
        MarketProgram.CopyKeys(_folder.Path, other.Path);
        await using var second = await StartAsync(place);
        await sold.OfferAsync(Wares.Firm(50_00));
        await Eventually.DoneAsync("the buyer sees it", bought.WaitForAsync(static s => s.Seq == 2));
        await bought.AcceptAsync(bought.State.Standing!);
        var deals = await Eventually.DoneAsync(
            "the deal is settled", Task.WhenAll(bought.WaitForDealAsync(), sold.WaitForDealAsync()));
        Assert.Equal(deals[0].Id, deals[1].Id);
        await second.SignalAsync("TERM");
        Assert.Equal((0, ""), await second.ExitAsync());

        var (before, after) = (OfflineAudit.Verify(_folder.Path), OfflineAudit.Verify(place.Audited));
        Assert.True(before is { IsSound: true, DealsSettled: 0 }, $"{before}");
        Assert.True(after is { IsSound: true, DealsSettled: 1, ReceiptsUnchecked: 0 }, $"{after}");
        Assert.Equal(before.Market, after.Market);
        Assert.True(after.Rows > before.Rows);
    }

    private static async Task GoOnAsync(TradingLoad load, ServeProcess server, int restarts)
    {
        var target = load.AcknowledgedCount + ActsBetween;
        await Eventually.TrueAsync(
            $"the market goes on acknowledging acts after restart {restarts}",
            () => load.AcknowledgedCount >= target || load.Error() is not null || server.HasExited);
        Assert.False(server.HasExited, $"The server ended after restart {restarts}.");
        Assert.True(load.Error() is null, $"The load failed after restart {restarts}: {load.Error()}");
    }

    private Task<ServeProcess> StartAsync(StorePlace place, params string[] more) =>
        ServeProcess.StartReadyAsync(place, _port, more);
}
