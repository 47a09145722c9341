using System.Net.WebSockets;
using System.Text;
using Market.Domain;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

public sealed class FrameTests
{
    public static TheoryData<byte[]> Garbage => new()
    {
        Array.Empty<byte>(),
        new byte[] { 0xC1 },
        new byte[] { 0x93 },
        new byte[] { 0x93, 105 },
        new byte[] { 0x92, 105, 9 },
        new byte[] { 0x94, 105, 9, 0x90, 0 },
        new byte[] { 0x93, 105, 9, 0x90, 0 },
        new byte[] { 0x93, 0xCC, 105, 9, 0x90 },
        new byte[] { 0x93, 101, 9, 0x92, 0xC0, 0xC0 },
        new byte[] { 0xDD, 0xFF, 0xFF, 0xFF, 0xFF },
        Enumerable.Repeat((byte)0x91, 200).ToArray(),
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task A_frame_that_is_none_is_refused_and_the_session_goes_on(byte[] frame)
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await market.BuyerAsync();
        await agent.SendBytesAsync(frame);
        var notice = await agent.Notices.ReadAsync();
        Refusal.Is(GatewayRefusal.FrameIsInvalid, notice);
        Assert.IsType<Balances>(await agent.AskAsync(new GetBalances()));
    }

    [Fact]
    public async Task A_bad_payload_is_refused_under_its_correlation()
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await market.BuyerAsync();
        var bytes = TestAgent.FrameOf(
            4242, new GrantOwnMandate(Some.Message(), Currency.Usd, 1, 1, TimeSpan.FromDays(1)));
        await using var raw = await TestAgent.AuthenticateAsync(market.Uri, reads: false);
        await raw.SendBytesAsync(bytes[..^1]);
        var answer = await raw.ReceiveAsync();
        Assert.Equal(4242u, answer!.Correlation);
        Refusal.Is(GatewayRefusal.FrameIsInvalid, answer.Message);
    }

    [Fact]
    public async Task Message_types_that_agents_do_not_send_are_refused()
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await market.BuyerAsync();
        Refusal.Is(GatewayRefusal.MessageTypeUnknown, await agent.AskAsync(new Welcome(null)));
        Refusal.Is(GatewayRefusal.MessageTypeUnknown, await agent.AskAsync(new Subscribed()));
        Refusal.Is(GatewayRefusal.MessageTypeUnknown, await agent.AskAsync(agent.Proof()));
        Refusal.Is(GatewayRefusal.MessageTypeUnknown, await agent.AskAsync(agent.Signed(new GetBalances())));
    }

    [Fact]
    public async Task A_signed_act_that_is_no_act_is_refused()
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await market.BuyerAsync();
        var signature = new byte[64];
        Refusal.Is(
            GatewayRefusal.FrameIsInvalid, await agent.AskAsync(new SignedAct(new byte[] { 1, 2, 3 }, signature)));
        Refusal.Is(GatewayRefusal.FrameIsInvalid, await agent.AskAsync(new SignedAct(default, signature)));
    }

    [Theory]
    [InlineData(MarketLimits.FrameBytesMax - 1, true)]
    [InlineData(MarketLimits.FrameBytesMax, true)]
    [InlineData(MarketLimits.FrameBytesMax + 1, false)]
    [InlineData(3 * MarketLimits.FrameBytesMax, false)]
    public async Task A_frame_has_a_largest_size(int length, bool isTaken)
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await TestAgent.AuthenticateAsync(market.Uri, reads: false);
        await agent.SendBytesAsync(SearchOfLength(length));
        var answer = await agent.ReceiveAsync();
        if (isTaken)
        {
            Assert.Equal(9u, answer!.Correlation);
            return;
        }

        Refusal.Is(GatewayRefusal.FrameTooLarge, answer!.Message);
        Assert.Null(await agent.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, agent.CloseStatus);
    }

    [Fact]
    public async Task A_text_message_closes_the_connection()
    {
        await using var market = await TestMarket.StartAsync();
        await using var agent = await TestAgent.AuthenticateAsync(market.Uri, reads: false);
        await agent.SendBytesAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text);
        Refusal.Is(GatewayRefusal.FrameIsInvalid, (await agent.ReceiveAsync())!.Message);
        Assert.Null(await agent.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, agent.CloseStatus);
    }

    private static byte[] SearchOfLength(int length)
    {
        var empty = TestAgent.FrameOf(9, Some.Search(new string('x', 300))).Length - 300;
        var frame = TestAgent.FrameOf(9, Some.Search(new string('x', length - empty)));
        Assert.Equal(length, frame.Length);
        return frame;
    }
}
