using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

public sealed class EventTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cursor_goes_on_after_its_event_also_after_a_restart(bool restarts)
    {
        await using var market = await TestMarket.StartAsync(durable: restarts);
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        await buyer.AskAsync<Subscribed>(new Subscribe(default));
        var opened = await OpenAsync(buyer, listing, 3);
        var first = await buyer.NextEventAsync();
        Assert.Equal(opened[0], first.Event.Negotiation);
        if (restarts)
        {
            await market.RestartAsync();
        }

        await using var again = await TestAgent.AuthenticateAsync(market.Uri, buyer.Key);
        await again.AskAsync<Subscribed>(new Subscribe(first.Cursor));
        Assert.Equal(opened[1], (await again.NextEventAsync()).Event.Negotiation);
        Assert.Equal(opened[2], (await again.NextEventAsync()).Event.Negotiation);
    }

    [Fact]
    public async Task Cursors_of_another_agent_and_bytes_that_are_none_are_refused()
    {
        await using var market = await TestMarket.StartAsync();
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        await buyer.AskAsync<Subscribed>(new Subscribe(default));
        await OpenAsync(buyer, listing, 1);
        var cursor = (await buyer.NextEventAsync()).Cursor;
        Refusal.Is(GatewayRefusal.CursorIsInvalid, await seller.AskAsync(new Subscribe(cursor)));
        Refusal.Is(GatewayRefusal.CursorIsInvalid, await buyer.AskAsync(new Subscribe(new byte[16])));
        Refusal.Is(GatewayRefusal.CursorIsInvalid, await buyer.AskAsync(new Subscribe(new byte[3])));
    }

    [Fact]
    public async Task A_second_subscription_replaces_the_first()
    {
        await using var market = await TestMarket.StartAsync();
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        await buyer.AskAsync<Subscribed>(new Subscribe(default));
        await OpenAsync(buyer, listing, 1);
        var first = await buyer.NextEventAsync();
        await buyer.AskAsync<Subscribed>(new Subscribe(first.Cursor));
        var opened = await OpenAsync(buyer, listing, 2);
        Assert.Equal(opened[0], (await buyer.NextEventAsync()).Event.Negotiation);
        Assert.Equal(opened[1], (await buyer.NextEventAsync()).Event.Negotiation);
        Assert.False(buyer.Notices.TryRead(out var doubled), $"{doubled} came twice.");
    }

    [Fact]
    public async Task What_is_the_other_sides_own_is_not_in_an_event()
    {
        await using var market = await TestMarket.StartAsync();
        var (buyer, seller, listing) = await market.TradersAsync();
        await using var _ = buyer;
        await using var __ = seller;
        await seller.AskAsync<Subscribed>(new Subscribe(default));
        await buyer.AskAsync<Subscribed>(new Subscribe(default));
        var mandate = (await buyer.AskAsync<Domain.Wire.Messages.MandateGranted>(new GrantOwnMandate(
            Some.Message(), Domain.Currency.Usd, 10_000, 15_000, TimeSpan.FromDays(1)))).Mandate;
        await buyer.AskAsync<ActRecorded>(
            buyer.Signed(Some.Opening(listing, offer: Some.Offer(6_000)) with { Mandate = mandate }));
        var own = Assert.IsType<NegotiationOpened>((await buyer.NextEventAsync()).Event);
        Assert.Equal(mandate, own.Buyer.Mandate);
        Assert.NotNull(own.Act);
        Assert.NotNull(own.Evidence);
        var seen = Assert.IsType<NegotiationOpened>((await seller.NextEventAsync()).Event);
        Assert.Null(seen.Buyer.Mandate);
        Assert.Null(seen.Act);
        Assert.Null(seen.Evidence);
    }

    [Fact]
    public async Task An_agent_that_reads_nothing_hurts_nobody_and_misses_nothing()
    {
        const int Negotiations = 700;
        await using var market = await TestMarket.StartAsync(
            configure: static options => options with { Limits = new OperatorLimits { UnreadSeconds = 3_600 } });
        var (buyer, seller, listing) = await market.TradersAsync(Some.LargeListing());
        await using var _ = buyer;
        await using var __ = seller;

        // Its events come to 8 MB; the sockets between, with this receive buffer, hold less than half of that.
        await using var slow = await TestAgent.AuthenticateAsync(
            market.Uri, seller.Key, reads: false, receiveBuffer: 4_096);
        await slow.SendAsync(1, new Subscribe(default));
        await seller.AskAsync<Subscribed>(new Subscribe(default));
        var opened = await OpenAsync(buyer, listing, Negotiations);
        foreach (var negotiation in opened)
        {
            Assert.Equal(negotiation, (await seller.NextEventAsync()).Event.Negotiation);
        }

        Assert.IsType<Balances>(await buyer.AskAsync(new GetBalances()));
        Assert.IsType<Subscribed>((await slow.ReceiveAsync())!.Message);
        foreach (var negotiation in opened)
        {
            var notice = Assert.IsType<EventNotice>((await slow.ReceiveAsync())!.Message);
            Assert.Equal(negotiation, notice.Event.Negotiation);
        }
    }

    private static async Task<List<Domain.NegotiationId>> OpenAsync(TestAgent buyer, Listing listing, int count)
    {
        var opened = new List<Domain.NegotiationId>(count);
        for (var i = 0; i < count; i++)
        {
            opened.Add((await buyer.AskAsync<ActRecorded>(Some.Opening(listing))).Negotiation);
        }

        return opened;
    }
}
