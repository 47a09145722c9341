using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

public sealed class HttpTests
{
    private static readonly HttpClient Client = new();

    [Fact]
    public async Task Health_names_the_market()
    {
        await using var market = await TestMarket.StartAsync();
        using var answer = await Client.GetAsync(new Uri(market.Host.Uri, "/health"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("ok", body.RootElement.GetProperty("status").GetString());
        Assert.Equal(market.Host.MarketId.ToString(), body.RootElement.GetProperty("market").GetString());
    }

    [Theory]
    [InlineData("/ws", HttpStatusCode.BadRequest, "WebSocketRequired")]
    [InlineData("/nothing", HttpStatusCode.NotFound, "NotFound")]
    public async Task What_is_no_connection_is_a_problem_document(string path, HttpStatusCode status, string code)
    {
        await using var market = await TestMarket.StartAsync();
        using var answer = await Client.GetAsync(new Uri(market.Host.Uri, path));
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(code, body.RootElement.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("market.v2.msgpack")]
    public async Task Another_subprotocol_is_a_bad_request(string? subprotocol)
    {
        await using var market = await TestMarket.StartAsync();
        await AssertRefusedAsync(market, HttpStatusCode.BadRequest, options =>
        {
            if (subprotocol is not null)
            {
                options.AddSubProtocol(subprotocol);
            }
        });
    }

    [Fact]
    public async Task Pages_of_other_origins_may_not_connect()
    {
        await using var market = await TestMarket.StartAsync();
        await AssertRefusedAsync(market, HttpStatusCode.Forbidden, options =>
        {
            options.AddSubProtocol("market.v1.msgpack");
            options.SetRequestHeader("Origin", "http://evil.example");
        });
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Forbidden)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task A_name_that_is_not_loopbacks_is_refused_by_a_market_on_loopback_without_a_proxy(
        bool allowRemote, HttpStatusCode expected)
    {
        await using var market = await TestMarket.StartAsync(configure: o => o with { AllowRemote = allowRemote });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(market.Host.Uri, "/health"));
        request.Headers.Host = "evil.example";
        using var answer = await Client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task AssertRefusedAsync(
        TestMarket market, HttpStatusCode expected, Action<ClientWebSocketOptions> configure)
    {
        using var socket = new ClientWebSocket();
        configure(socket.Options);
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(market.Uri, CancellationToken.None));
        Assert.Equal(expected, socket.HttpStatusCode);
    }
}
