using System.Net.WebSockets;
using System.Security.Cryptography;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;
using Market.Testing.Hosting;

namespace Market.Silo.Tests.Gateway;

public sealed class HandshakeTests
{
    [Fact]
    public async Task The_market_greets_with_its_id_and_a_fresh_nonce()
    {
        await using var market = await TestMarket.StartAsync();
        await using var first = await TestAgent.ConnectAsync(market.Uri);
        await using var second = await TestAgent.ConnectAsync(market.Uri);
        Assert.Equal(market.Host.MarketId, first.Hello.Market);
        Assert.Equal(32, first.Hello.Nonce.Length);
        Assert.False(first.Hello.Nonce.Span.SequenceEqual(second.Hello.Nonce.Span));
    }

    [Fact]
    public async Task A_key_that_is_not_registered_is_welcome_and_is_nobody()
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await TestAgent.AuthenticateAsync(market.Uri);
        Assert.Null(agent.Agent);
        Refusal.Is(EnrolmentRefusal.AgentNotRegistered, await agent.AskAsync(new GetBalances()));
        Refusal.Is(EnrolmentRefusal.AgentNotRegistered, await agent.AskAsync(Some.Search()));
        Refusal.Is(EnrolmentRefusal.AgentNotRegistered, await agent.AskAsync(new Subscribe(default)));
    }

    [Fact]
    public async Task A_registered_key_is_the_same_agent_on_every_connection()
    {
        await using var market = await TestMarket.StartAsync();
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var first = await TestAgent.AuthenticateAsync(market.Uri, key);
        var registered = await first.AskAsync<Welcome>(first.Registration(Some.Profile()));
        await using var second = await TestAgent.AuthenticateAsync(market.Uri, key);
        Assert.Equal(registered.Agent!.Number, second.Agent!.Number);
    }

    [Fact]
    public async Task Another_profile_under_a_registered_key_is_refused()
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await market.BuyerAsync();
        var answer = await agent.AskAsync(new Register(Some.Profile(AgentRole.Seller)));
        Refusal.Is(EnrolmentRefusal.KeyRegisteredWithAnotherProfile, answer);
    }

    [Fact]
    public async Task A_signature_over_another_nonce_closes_the_connection()
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await TestAgent.ConnectAsync(market.Uri);
        await agent.SendAsync(7, agent.Proof(new byte[32]));
        await AssertRefusedAsync(agent, 7, GatewayRefusal.AuthenticationFailed);
    }

    [Fact]
    public async Task A_signature_by_another_key_closes_the_connection()
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await TestAgent.ConnectAsync(market.Uri);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await agent.SendAsync(7, agent.Proof() with { PublicKey = other.ExportSubjectPublicKeyInfo() });
        await AssertRefusedAsync(agent, 7, GatewayRefusal.AuthenticationFailed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(91)]
    [InlineData(500)]
    public async Task A_key_that_is_none_closes_the_connection(int length)
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await TestAgent.ConnectAsync(market.Uri);
        await agent.SendAsync(7, agent.Proof() with { PublicKey = new byte[length] });
        await AssertRefusedAsync(agent, 7, GatewayRefusal.AuthenticationFailed);
    }

    [Fact]
    public async Task A_key_of_another_curve_closes_the_connection()
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await TestAgent.ConnectAsync(market.Uri, ECDsa.Create(ECCurve.NamedCurves.nistP384));
        await agent.SendAsync(7, agent.Proof());
        await AssertRefusedAsync(agent, 7, GatewayRefusal.AuthenticationFailed);
    }

    [Fact]
    public async Task Any_request_before_the_proof_closes_the_connection()
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await TestAgent.ConnectAsync(market.Uri);
        await agent.SendAsync(7, new GetBalances());
        await AssertRefusedAsync(agent, 7, GatewayRefusal.NotAuthenticated);
    }

    [Fact]
    public async Task Whoever_proves_no_key_within_ten_seconds_is_sent_away()
    {
        var time = new ManualClock();
        await using var market = await TestMarket.StartAsync(
            configure: options => options with { TimeProvider = time });
        await using var agent = await TestAgent.ConnectAsync(market.Uri);
        time.Advance(TimeSpan.FromSeconds(9));
        time.Advance(TimeSpan.FromSeconds(1));
        await AssertRefusedAsync(agent, 0, GatewayRefusal.NotAuthenticated);
    }

    [Fact]
    public async Task A_proof_in_the_tenth_second_is_in_time()
    {
        var time = new ManualClock();
        await using var market = await TestMarket.StartAsync(
            configure: options => options with { TimeProvider = time });
        await using var agent = await TestAgent.ConnectAsync(market.Uri);
        time.Advance(TimeSpan.FromSeconds(9.9));
        await agent.SendAsync(7, agent.Proof());
        Assert.IsType<Welcome>((await agent.ReceiveAsync())!.Message);
        time.Advance(TimeSpan.FromSeconds(60));
        agent.StartReading();
        Refusal.Is(EnrolmentRefusal.AgentNotRegistered, await agent.AskAsync(new GetBalances()));
    }

    private static async Task AssertRefusedAsync(TestAgent agent, uint correlation, GatewayRefusal expected)
    {
        var answer = await agent.ReceiveAsync();
        Assert.Equal(correlation, answer!.Correlation);
        Refusal.Is(expected, answer.Message);
        Assert.Null(await agent.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, agent.CloseStatus);
    }
}
