using System.Net.WebSockets;
using Market.Client.Connecting;
using Market.Client.Tests.Support;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

public sealed class WebSocketTests : IDisposable
{
    private readonly SocketMarket _market = new();

    public void Dispose() => _market.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:7420", "ws://127.0.0.1:7420/ws")]
    [InlineData("https://market.example/", "wss://market.example/ws")]
    [InlineData("wss://market.example/a/ws", "wss://market.example/a/ws")]
    public void An_address_of_a_market_leads_to_its_gateway(string address, string gateway) =>
        Assert.Equal(new Uri(gateway), WebSocketDialer.GatewayOf(new Uri(address)));

    [Theory]
    [InlineData("ftp://market.example")]
    [InlineData("market.example")]
    public void Other_addresses_are_refused(string address) =>
        Assert.Throws<ArgumentException>(() => WebSocketDialer.GatewayOf(new Uri(address, UriKind.RelativeOrAbsolute)));

    [Fact]
    public async Task A_client_speaks_the_subprotocol_over_a_real_socket_and_reconnects()
    {
        var connecting = MarketClient.ConnectAsync(_market.Address, Some.Key, Some.Options());
        var first = await _market.WelcomeAsync();
        await using var client = await connecting.Soon();
        Assert.Contains("Sec-WebSocket-Protocol: market.v1.msgpack", _market.Upgrade, StringComparison.Ordinal);

        var asking = client.GetBalancesAsync();
        await SocketMarket.ReceiveAsync(first);
        first.Abort();

        using var second = await _market.WelcomeAsync();
        var again = await SocketMarket.ReceiveAsync(second);
        await SocketMarket.SendAsync(second, again.Correlation, new Balances(7, []));
        Assert.Equal(7, (await asking.Soon()).AsOfEntry);
    }

    [Fact]
    public async Task Frames_sent_in_a_burst_all_arrive_in_order()
    {
        var connecting = MarketClient.ConnectAsync(_market.Address, Some.Key, Some.Options());
        using var socket = await _market.WelcomeAsync();
        await using var client = await connecting.Soon();
        var asked = new List<Task>();
        var answering = Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                var frame = await SocketMarket.ReceiveAsync(socket);
                await SocketMarket.SendAsync(socket, frame.Correlation, new Balances(frame.Correlation, []));
            }
        });
        for (var i = 0; i < 500; i++)
        {
            asked.Add(client.GetBalancesAsync());
        }

        await Task.WhenAll(asked).Soon();
        await answering.Soon();
    }

    [Fact]
    public async Task A_large_answer_is_read_whole()
    {
        var connecting = MarketClient.ConnectAsync(_market.Address, Some.Key, Some.Options());
        using var socket = await _market.WelcomeAsync();
        await using var client = await connecting.Soon();
        var accounts = Enumerable.Range(0, 5_000).Select(i => new Balance($"account {i}", i, 0, i)).ToArray();
        var asking = client.GetBalancesAsync();
        var frame = await SocketMarket.ReceiveAsync(socket);
        await SocketMarket.SendAsync(socket, frame.Correlation, new Balances(1, [.. accounts]));
        Assert.Equal(accounts, (await asking.Soon()).Accounts.ToArray());
    }

    [Fact]
    public async Task An_address_without_a_market_is_a_clear_exception()
    {
        var connecting = MarketClient.ConnectAsync(_market.Address, Some.Key, Some.Options());
        var accepting = _market.AcceptAsync(refuseWith: "404 Not Found");
        var error = await Assert.ThrowsAsync<MarketConnectionException>(() => connecting.Soon());
        Assert.True(error.IsFinal);
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
        (await accepting).Dispose();
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_a_clear_exception()
    {
        var address = _market.Address;
        _market.Dispose();
        var error = await Assert.ThrowsAsync<MarketConnectionException>(
            () => MarketClient.ConnectAsync(address, Some.Key, Some.Options()).Soon());
        Assert.False(error.IsFinal);
    }

    [Fact]
    public async Task Disposing_of_the_client_says_goodbye()
    {
        var connecting = MarketClient.ConnectAsync(_market.Address, Some.Key, Some.Options());
        using var socket = await _market.WelcomeAsync();
        var client = await connecting.Soon();
        var disposing = client.DisposeAsync().AsTask();
        var last = await socket.ReceiveAsync(new byte[100].AsMemory(), default).AsTask().Soon();
        Assert.Equal(WebSocketMessageType.Close, last.MessageType);
        await disposing.Soon();
    }
}
