using System.Net.WebSockets;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

public sealed class StopTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_market_that_stops_says_so_and_ends(bool durable)
    {
        await using var market = await TestMarket.StartAsync(durable);
        await using var agent = await TestAgent.AuthenticateAsync(market.Uri, reads: false);
        await using var silent = await TestAgent.AuthenticateAsync(market.Uri, reads: false);
        await using var unproved = await TestAgent.ConnectAsync(market.Uri);
        var stopping = market.Host.StopAsync();
        Assert.Null(await agent.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, agent.CloseStatus);
        await stopping.WaitAsync(TestAgent.Patience);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_restart()
    {
        await using var market = await TestMarket.StartAsync(durable: true);
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        var opening = Some.Opening(listing);
        var opened = await buyer.AskAsync<Domain.Negotiating.ActRecorded>(opening);
        var id = market.Host.MarketId;
        var keyId = market.Host.Keys.KeyId;
        await market.RestartAsync();
        Assert.Equal(id, market.Host.MarketId);
        Assert.Equal(keyId, market.Host.Keys.KeyId);
        await using var again = await TestAgent.AuthenticateAsync(market.Uri, buyer.Key);
        Assert.Equal(buyer.Agent!.Number, again.Agent!.Number);
        Assert.Equal(opened, await again.AskAsync(opening));
        var found = await again.AskAsync<ListingsFound>(Some.Search("espresso"));
        Assert.Equal(listing.Id, Assert.Single(found.Listings).Id);
    }
}
