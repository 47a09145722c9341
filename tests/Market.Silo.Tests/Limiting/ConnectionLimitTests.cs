using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Limiting;

/// <summary>
/// How many connections there may be, how fast they begin, and how long they may take over something.
/// </summary>
public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task There_are_so_many_connections_and_another_may_come_when_one_has_gone()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { Connections = 2 });
        await using var first = await limited.Market.BuyerAsync();
        var second = await limited.Market.SellerAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), await limited.RefusedAsync());
        await second.DisposeAsync();
        await limited.AdvanceUntilAsync(() => limited.Market.Host.SessionCount == 1);
        await using var third = await limited.Market.SellerAsync("carol");
        await first.AskAsync<Balances>(new GetBalances());
    }

    [Fact]
    public async Task An_agent_has_so_many_connections_and_the_others_stay()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { ConnectionsPerAgent = 2 });
        await using var first = await limited.Market.BuyerAsync();
        var second = await TestAgent.AuthenticateAsync(limited.Market.Uri, Copy(first.Key));
        await using (var third = await TestAgent.ConnectAsync(limited.Market.Uri, Copy(first.Key)))
        {
            await third.SendAsync(1, third.Proof());
            var refused = Refusal.Is(GatewayRefusal.TooManyConnections, (await third.ReceiveAsync())!.Message);
            Assert.NotNull(refused.RetryAfter);
            Assert.Null(await third.ReceiveAsync());
        }

        await first.AskAsync<Balances>(new GetBalances());
        await second.DisposeAsync();
        await limited.AdvanceUntilAsync(() => limited.Market.Host.SessionCount == 1);
        await using var fourth = await TestAgent.AuthenticateAsync(limited.Market.Uri, Copy(first.Key));
        await fourth.AskAsync<Balances>(new GetBalances());
    }

    [Fact]
    public async Task Connections_of_one_key_that_register_late_are_counted_too()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { ConnectionsPerAgent = 1 });
        await using var first = await limited.Market.BuyerAsync();
        await using var other = await TestAgent.AuthenticateAsync(limited.Market.Uri);
        await using var second = await TestAgent.ConnectAsync(limited.Market.Uri, Copy(other.Key));
        await second.SendAsync(1, second.Proof());
        Refusal.Is(GatewayRefusal.TooManyConnections, (await second.ReceiveAsync())!.Message);
        await other.AskAsync<Welcome>(other.Registration(Some.Profile(principal: "erin")));
        await other.AskAsync<Balances>(new GetBalances());
    }

    [Fact]
    public async Task One_address_begins_connections_at_its_rate()
    {
        await using var limited = await LimitedMarket.StartAsync(
            new OperatorLimits { HandshakesPerSecond = 1, HandshakesBurst = 3 });
        await using var first = await limited.Market.BuyerAsync();
        await using var second = await limited.Market.SellerAsync();
        await using var third = await limited.Market.SellerAsync("carol");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), await limited.RefusedAsync());
        limited.Time.Advance(TimeSpan.FromSeconds(1));
        await using var fourth = await limited.Market.SellerAsync("dave");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), await limited.RefusedAsync());
        await first.AskAsync<Balances>(new GetBalances());
    }

    [Fact]
    public async Task One_address_has_so_many_connections_without_a_proven_key()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { HandshakesOpen = 2 });
        await using var proven = await limited.Market.BuyerAsync();
        await using var first = await TestAgent.ConnectAsync(limited.Market.Uri);
        await using var second = await TestAgent.ConnectAsync(limited.Market.Uri);
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), await limited.RefusedAsync());
        await first.SendAsync(1, first.Proof());
        Assert.IsType<Welcome>((await first.ReceiveAsync())!.Message);
        await using var third = await TestAgent.ConnectAsync(limited.Market.Uri);
    }

    [Fact]
    public async Task A_frame_that_has_begun_must_end_in_time()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { FrameSeconds = 5 });
        await using var agent = await limited.Market.BuyerAsync();
        var frame = TestAgent.FrameOf(9, new GetBalances());
        await agent.SendPartAsync(frame.AsMemory(0, 1));
        await agent.SendPartAsync(frame.AsMemory(1, 1));
        await limited.AdvanceUntilAsync(() => agent.Notices.TryPeek(out _));
        Refusal.Is(GatewayRefusal.FrameTooSlow, await agent.Notices.ReadAsync());
        await agent.Notices.Completion.WaitAsync(TestAgent.Patience);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, agent.CloseStatus);
    }

    [Fact]
    public async Task A_frame_in_parts_that_ends_in_time_is_answered()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { FrameSeconds = 5 });
        await using var agent = await limited.Market.BuyerAsync();
        var frame = TestAgent.FrameOf(1, new GetBalances());
        for (var i = 0; i < 3; i++)
        {
            await agent.SendPartAsync(frame.AsMemory(0, 2));
            limited.Time.Advance(TimeSpan.FromSeconds(4));
            await agent.SendBytesAsync(frame[2..]);
            Assert.IsType<Balances>(await agent.Notices.ReadAsync());
        }
    }

    [Theory]
    [InlineData(0, 61)]
    [InlineData(1, 60)]
    public async Task A_connection_that_asks_nothing_is_closed_and_one_that_follows_events_is_not(
        int ticksEarlier, int checkAfterSeconds)
    {
        // Checks are at whole seconds. One exactly at the limit closes nothing; the first one later than it does.
        var (tick, limit) = (TimeSpan.FromTicks(1), 60);
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { IdleSeconds = limit });
        using var refusals = new SentRefusals(limited.Market.Host.Metrics);
        limited.Time.Advance(TimeSpan.FromSeconds(10));
        await using var idle = await limited.Market.BuyerAsync();
        await using var follower = await limited.Market.SellerAsync();
        await follower.AskAsync<Subscribed>(new Subscribe(default));
        var early = ticksEarlier * tick;
        limited.Time.Advance(TimeSpan.FromSeconds(limit - 1) - early);
        await idle.AskAsync<Balances>(new GetBalances());
        await limited.WhenAnsweredAsync();
        limited.Time.Advance(TimeSpan.FromSeconds(checkAfterSeconds) + early - tick);
        Assert.Empty(refusals.Names);
        limited.Time.Advance(tick);
        Assert.Equal([nameof(GatewayRefusal.SessionIsIdle)], refusals.Names);
        Refusal.Is(GatewayRefusal.SessionIsIdle, await idle.Notices.ReadAsync());
        await idle.Notices.Completion.WaitAsync(TestAgent.Patience);
        await follower.AskAsync<Balances>(new GetBalances());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    public async Task A_key_must_be_proved_in_the_operators_time(int seconds)
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { HandshakeSeconds = seconds });
        await using var agent = await TestAgent.ConnectAsync(limited.Market.Uri);
        limited.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
        await using var other = await TestAgent.ConnectAsync(limited.Market.Uri);
        limited.Time.Advance(TimeSpan.FromSeconds(1));
        Refusal.Is(GatewayRefusal.NotAuthenticated, (await agent.ReceiveAsync())!.Message);
        await other.SendAsync(1, other.Proof());
        Assert.IsType<Welcome>((await other.ReceiveAsync())!.Message);
    }

    private static ECDsa Copy(ECDsa key) => ECDsa.Create(key.ExportParameters(includePrivateParameters: true));
}
