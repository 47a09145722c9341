using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Client.Testing.Tests;

public sealed class MarketTestServerTests
{
    [Fact]
    public async Task Alice_buys_what_bob_sells()
    {
        await using var server = await MarketTestServer.StartAsync();
        await using var bob = await server.ConnectSellerAsync("bob");
        await using var alice = await server.ConnectBuyerAsync("alice");
        var listing = await bob.PublishListingAsync(Wares.EspressoMachine);
        Assert.Equal(9900, (await alice.BuyNowAsync(listing)).Total.MinorUnits);
    }

    [Fact]
    public void The_test_of_the_readme_is_the_one_that_runs()
    {
        var here = ThisFile();
        var readme = Path.Combine(Path.GetDirectoryName(here)!, "../Market.Client.Testing/README.md");
        var shown = Regex.Match(
            File.ReadAllText(readme), "```csharp\n(?<code>\\[Fact.*?)```", RegexOptions.Singleline);
        Assert.True(shown.Success, "The README shows no test.");
        var code = Regex.Replace(shown.Groups["code"].Value.TrimEnd(), "^(?=.)", "    ", RegexOptions.Multiline);
        Assert.Contains(code, File.ReadAllText(here), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_name_is_the_same_agent_and_another_one_is_not()
    {
        await using var server = await MarketTestServer.StartAsync();
        await using var first = await server.ConnectBuyerAsync("alice");
        await using var again = await server.ConnectBuyerAsync("alice");
        await using var other = await server.ConnectBuyerAsync("carol");
        Assert.Equal(first.Agent!.Number, again.Agent!.Number);
        Assert.NotEqual(first.Agent.Number, other.Agent!.Number);
    }

    [Fact]
    public async Task A_buyer_starts_with_what_the_options_say()
    {
        var options = new MarketTestServerOptions { StartingBalance = new Money(77_00, Currency.Usd) };
        await using var server = await MarketTestServer.StartAsync(options);
        await using var bob = await server.ConnectSellerAsync();
        await using var alice = await server.ConnectBuyerAsync();
        var dear = await bob.PublishListingAsync(Wares.EspressoMachine);
        var error = await Assert.ThrowsAsync<NoDealException>(() => alice.BuyNowAsync(dear).Soon());
        Assert.Equal(RefusalCode.BuyerFundsExceeded, error.End.OwnFailure);
    }

    [Fact]
    public async Task What_would_expire_in_ten_minutes_expires_when_the_clock_jumps()
    {
        await using var server = await MarketTestServer.StartAsync();
        await using var bob = await server.ConnectSellerAsync();
        await using var alice = await server.ConnectBuyerAsync();
        var listing = await bob.PublishListingAsync(Wares.EspressoMachine);
        var negotiation = await alice.OpenAsync(
            listing, new NegotiationSettings { Duration = TimeSpan.FromMinutes(10) });
        Assert.False(negotiation.State.HasEnded);

        server.Clock.Advance(TimeSpan.FromMinutes(10));
        var end = await negotiation.WaitForEndAsync().Soon();
        Assert.Equal(NegotiationStatus.Expired, end.Status);
    }

    [Fact]
    public async Task A_durable_server_comes_back_with_all_that_it_had_and_its_clients_with_it()
    {
        await using var server = await MarketTestServer.StartAsync(new MarketTestServerOptions { IsDurable = true });
        await using var bob = await server.ConnectSellerAsync();
        await using var alice = await server.ConnectBuyerAsync();
        var listing = await bob.PublishListingAsync(Wares.EspressoMachine);
        var market = server.Market;

        await server.RestartAsync();
        Assert.Equal(market, server.Market);
        Assert.Equal(99_00, (await alice.BuyNowAsync(listing).Soon()).Total.MinorUnits);
    }

    [Fact]
    public async Task A_server_in_memory_cannot_be_restarted_and_says_what_to_do()
    {
        await using var server = await MarketTestServer.StartAsync();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => server.RestartAsync());
        Assert.Contains(nameof(MarketTestServerOptions.IsDurable), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reset_server_is_an_empty_market_at_the_same_address(bool isDurable)
    {
        await using var server = await MarketTestServer.StartAsync(
            new MarketTestServerOptions { IsDurable = isDurable });
        await using var bob = await server.ConnectSellerAsync();
        await bob.PublishListingAsync(Wares.EspressoMachine);
        var (market, address) = (server.Market, server.Uri);

        await server.ResetAsync();
        Assert.NotEqual(market, server.Market);
        Assert.Equal(address, server.Uri);
        await Assert.ThrowsAsync<MarketConnectionException>(() => bob.GetBalancesAsync().Soon());
        await using var alice = await server.ConnectBuyerAsync();
        Assert.Equal(0, await alice.SearchAsync().CountAsync());
    }

    [Fact]
    public async Task Servers_side_by_side_know_nothing_of_each_other()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => MarketTestServer.StartAsync()));
        try
        {
            await using var bob = await servers[0].ConnectSellerAsync();
            await bob.PublishListingAsync(Wares.EspressoMachine);
            foreach (var server in servers)
            {
                await using var alice = await server.ConnectBuyerAsync();
                Assert.Equal(server == servers[0] ? 1 : 0, await alice.SearchAsync().CountAsync());
            }
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
