using Market.Client.Tests.Support;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

public sealed class FollowingTests
{
    private readonly ScriptedMarket _market = new();

    [Fact]
    public async Task Doubles_are_dropped_and_every_event_comes_once_and_in_order()
    {
        var (client, connection) = await _market.ConnectAsync(options: Listening());
        await using var _ = client;
        var played = PlayedNegotiation.Opened(5_000).Offer(Party.Seller, 9_000).Offer(Party.Buyer, 6_000);
        foreach (var seq in new[] { 1, 1, 2, 1, 2, 3, 3 })
        {
            connection.Send(played.Notice(seq));
        }

        Assert.Equal("1 2 3", await ReadAsync(client, 3));
    }

    [Fact]
    public async Task A_client_that_was_too_slow_for_its_events_subscribes_again_after_the_last_one()
    {
        var (client, connection) = await _market.ConnectAsync(options: Listening());
        await using var _ = client;
        var played = PlayedNegotiation.Opened(5_000).Offer(Party.Seller, 9_000);
        connection.Send(played.Notice(1));
        connection.Send(Refusals.Of(GatewayRefusal.ReaderIsSlow));
        Assert.Equal(played.Notice(1).Cursor.ToArray(), (await connection.SubscribeAsync()).ToArray());
        connection.Send(played.Notice(2));
        Assert.Equal("1 2", await ReadAsync(client, 2));
    }

    [Fact]
    public async Task A_gap_makes_the_client_subscribe_again_after_the_last_good_event()
    {
        var (client, connection) = await _market.ConnectAsync(options: Listening());
        await using var _ = client;
        var played = PlayedNegotiation.Opened(5_000).Offer(Party.Seller, 9_000).Offer(Party.Buyer, 6_000);
        played.Offer(Party.Seller, 8_000);
        connection.Send(played.Notice(1));
        connection.Send(played.Notice(3));
        connection.Send(played.Notice(4));

        Assert.Equal(played.Notice(1).Cursor.ToArray(), (await connection.SubscribeAsync()).ToArray());
        for (var seq = 2; seq <= 4; seq++)
        {
            connection.Send(played.Notice(seq));
        }

        Assert.Equal("1 2 3 4", await ReadAsync(client, 4));
        Assert.True(connection.HasNothingMore);
    }

    [Fact]
    public async Task A_gap_that_stays_costs_the_connection()
    {
        var (client, connection) = await _market.ConnectAsync(options: Listening());
        await using var _ = client;
        var played = PlayedNegotiation.Opened(5_000).Offer(Party.Seller, 9_000).Offer(Party.Buyer, 6_000);
        connection.Send(played.Notice(1));
        connection.Send(played.Notice(3));
        await connection.SubscribeAsync();
        connection.Send(played.Notice(3));
        var second = await _market.WelcomeAsync(Some.Buyer);
        Assert.Equal(played.Notice(1).Cursor.ToArray(), (await second.SubscribeAsync()).ToArray());
    }

    [Fact]
    public async Task After_a_reconnect_events_go_on_where_they_stopped()
    {
        var (client, first) = await _market.ConnectAsync(options: Listening());
        await using var _ = client;
        var played = PlayedNegotiation.Opened(5_000).Offer(Party.Seller, 9_000);
        first.Send(played.Notice(1));
        Assert.Equal("1", await ReadAsync(client, 1));
        first.Break();

        var second = await _market.WelcomeAsync(Some.Buyer);
        Assert.Equal(played.Notice(1).Cursor.ToArray(), (await second.SubscribeAsync()).ToArray());
        second.Send(played.Notice(2));
        Assert.Equal("2", await ReadAsync(client, 1));
        Assert.Equal(9_000, client.LiveNegotiations.Single().State.CounterpartyOffer!.Terms.TotalMinorUnits);
    }

    [Fact]
    public async Task A_subscription_that_the_market_cannot_take_now_is_asked_for_again()
    {
        var connecting = MarketClient.ConnectAsync(_market, Some.Key, Listening(), CancellationToken.None);
        var connection = await _market.WelcomeAsync(Some.Buyer);
        connection.Answer(await connection.NextAsync<Subscribe>(), Refusals.Of(GatewayRefusal.Overloaded));
        await connection.SubscribeAsync();
        connection.Send(PlayedNegotiation.Opened(5_000).Notice(1));
        await using var client = await connecting.Soon();
        Assert.Equal("1", await ReadAsync(client, 1));
    }

    [Fact]
    public async Task A_cursor_that_the_market_does_not_know_ends_the_client_with_the_reason()
    {
        var connecting = MarketClient.ConnectAsync(_market, Some.Key, Listening(), CancellationToken.None);
        var connection = await _market.WelcomeAsync(Some.Buyer);
        await using var client = await connecting.Soon();
        connection.Answer(await connection.NextAsync<Subscribe>(), Refusals.Of(GatewayRefusal.CursorIsInvalid));
        var error = await Assert.ThrowsAsync<MarketRefusedException>(() => ReadAsync(client, 1));
        Assert.Equal(RefusalCode.CursorIsInvalid, error.Code);
        await Assert.ThrowsAsync<MarketConnectionException>(() => client.GetBalancesAsync());
    }

    [Fact]
    public async Task A_negotiation_that_has_ended_is_let_go_of_and_its_doubles_are_known()
    {
        var (client, connection) = await _market.ConnectAsync(options: Listening());
        await using var _ = client;
        var ended = PlayedNegotiation.Opened(5_000).Leave(Party.Seller);
        var other = PlayedNegotiation.Opened(5_000);
        foreach (var seq in new[] { 1, 2, 1, 2 })
        {
            connection.Send(ended.Notice(seq));
        }

        connection.Send(other.Notice(1));
        var events = await client.EventsAsync().Take(3).ToListAsync().AsTask().Soon();
        Assert.Equal([ended.Id, ended.Id, other.Id], events.Select(e => e.Negotiation.Id));
        Assert.Equal(other.Id, client.LiveNegotiations.Single().Id);
    }

    [Fact]
    public async Task A_seller_is_given_each_negotiation_that_a_buyer_opens()
    {
        var (client, connection) = await _market.ConnectAsync(Some.Seller);
        await using var _ = client;
        var first = PlayedNegotiation.Opened(5_000).Offer(Party.Seller, 9_000);
        var second = PlayedNegotiation.Opened();
        connection.Send(first.Notice(1, Party.Seller));
        connection.Send(first.Notice(2, Party.Seller));
        connection.Send(second.Notice(1, Party.Seller));

        var given = await client.NegotiationsAsync().Take(2).ToListAsync().AsTask().Soon();
        Assert.Equal([first.Id, second.Id], given.Select(n => n.Id));
        Assert.True(given[1].State.IsMyTurn);
    }

    [Fact]
    public async Task Events_that_nobody_reads_are_not_asked_for_and_answers_still_come()
    {
        var options = Listening();
        options.EventsBufferedMax = 2;
        var (client, connection) = await _market.ConnectAsync(options: options);
        await using var _ = client;
        var played = PlayedNegotiation.Opened(5_000).Offer(Party.Seller, 9_000).Offer(Party.Buyer, 6_000);
        played.Offer(Party.Seller, 8_000);
        for (var seq = 1; seq <= 4; seq++)
        {
            connection.Send(played.Notice(seq));
        }

        var asking = client.GetBalancesAsync();
        connection.Answer(await connection.NextAsync<GetBalances>(), new Balances(1, []));
        await asking.Soon();
        Assert.Equal(2, client.LiveNegotiations.Single().State.Seq);

        var reading = ReadAsync(client, 4);
        Assert.Equal(played.Notice(2).Cursor.ToArray(), (await connection.SubscribeAsync()).ToArray());
        connection.Send(played.Notice(3));
        connection.Send(played.Notice(4));
        Assert.Equal("1 2 3 4", await reading);
    }

    [Fact]
    public async Task Turns_come_when_it_is_the_agents_turn_and_at_the_end()
    {
        var (client, connection) = await _market.ConnectAsync(Some.Seller);
        await using var _ = client;
        var played = PlayedNegotiation.Opened(5_000);
        connection.Send(played.Notice(1, Party.Seller));
        var negotiation = await client.NegotiationsAsync().FirstAsync().AsTask().Soon();
        await using var turns = negotiation.TurnsAsync().GetAsyncEnumerator();

        Assert.True(await turns.MoveNextAsync().AsTask().Soon());
        Assert.Equal(5_000, turns.Current.CounterpartyOffer!.Terms.TotalMinorUnits);

        var next = turns.MoveNextAsync().AsTask();
        played.Offer(Party.Seller, 9_000);
        connection.Send(played.Notice(2, Party.Seller));
        await negotiation.WaitForAsync(s => s.Seq == 2).Soon();
        Assert.False(next.IsCompleted);

        played.Offer(Party.Buyer, 6_000);
        connection.Send(played.Notice(3, Party.Seller));
        Assert.True(await next.Soon());
        Assert.Equal(6_000, turns.Current.CounterpartyOffer!.Terms.TotalMinorUnits);

        played.Leave(Party.Buyer);
        connection.Send(played.Notice(4, Party.Seller));
        Assert.True(await turns.MoveNextAsync().AsTask().Soon());
        Assert.True(turns.Current.HasEnded);
        Assert.False(await turns.MoveNextAsync().AsTask().Soon());
    }

    [Fact]
    public async Task Waiting_for_a_turn_can_be_cancelled()
    {
        var (client, connection) = await _market.ConnectAsync(options: Listening());
        await using var _ = client;
        connection.Send(PlayedNegotiation.Opened(5_000).Notice(1));
        using var cancelling = new CancellationTokenSource();
        var opened = (await client.EventsAsync().FirstAsync().AsTask().Soon()).Negotiation;
        var waiting = opened.TurnsAsync(cancelling.Token).FirstAsync(cancelling.Token).AsTask();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
    }

    private static MarketClientOptions Listening()
    {
        var options = Some.Options();
        options.DeliverEvents = true;
        return options;
    }

    private static async Task<string> ReadAsync(MarketClient client, int count) =>
        string.Join(' ', (await client.EventsAsync().Take(count).ToListAsync().AsTask().Soon()).Select(e => e.Seq));
}
