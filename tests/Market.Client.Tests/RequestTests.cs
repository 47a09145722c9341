using Market.Client.Tests.Support;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

public sealed class RequestTests
{
    private static readonly RequestDraft Draft = new("an espresso machine", "", 1);
    private const int FrameBytesWithoutText = 18;
    private readonly ScriptedMarket _market = new();

    [Fact]
    public async Task A_request_is_sent_again_with_the_same_bytes_over_the_next_connection()
    {
        var (client, first) = await _market.ConnectAsync();
        await using var _ = client;
        var publishing = client.PublishRequestAsync(Draft);
        var sent = await first.NextAsync<PublishRequest>();
        first.Break();

        var second = await _market.WelcomeAsync(Some.Buyer);
        await second.SubscribeAsync();
        var again = await second.NextAsync<PublishRequest>();
        Assert.Equal(sent.Bytes, again.Bytes);

        second.Answer(again, new RequestPublished(RequestOf(1)));
        Assert.Equal(RequestOf(1), await publishing.Soon());
    }

    [Fact]
    public async Task Requests_without_an_answer_are_sent_again_in_their_order()
    {
        var (client, first) = await _market.ConnectAsync();
        await using var _ = client;
        var asked = Enumerable.Range(0, 5)
            .Select(i => client.PublishRequestAsync(Draft with { Quantity = i + 1 })).ToArray();
        for (var i = 0; i < asked.Length; i++)
        {
            var frame = await first.NextAsync<PublishRequest>();
            if (i is 1 or 3)
            {
                first.Answer(frame, new RequestPublished(RequestOf(i)));
                await asked[i].Soon();
            }
        }

        first.Break();
        var second = await _market.WelcomeAsync(Some.Buyer);
        await second.SubscribeAsync();
        foreach (var quantity in new long[] { 1, 3, 5 })
        {
            var again = await second.NextAsync<PublishRequest>();
            Assert.Equal(quantity, ((PublishRequest)again.Message).Draft.Quantity);
        }
    }

    [Theory]
    [InlineData(GatewayRefusal.Overloaded)]
    [InlineData(GatewayRefusal.OutcomeUnknown)]
    public async Task What_the_market_could_not_answer_is_sent_again_with_the_same_bytes_when_it_says(
        GatewayRefusal refusal)
    {
        var time = new ManualTime();
        var options = Some.Options();
        options.TimeProvider = time;
        var (client, connection) = await _market.ConnectAsync(options: options);
        await using var _ = client;
        var publishing = client.PublishRequestAsync(Draft);
        var sent = await connection.NextAsync<PublishRequest>();
        var retryAfter = TimeSpan.FromSeconds(3);
        connection.Answer(sent, Refusals.Of(refusal, retryAfter: retryAfter));
        await time.WaitForTimerAsync(span => span >= retryAfter && span < retryAfter * 2);
        Assert.True(connection.HasNothingMore);

        time.Advance(retryAfter + options.RetryDelayMax);
        var again = await connection.NextAsync<PublishRequest>();
        Assert.Equal(sent.Bytes, again.Bytes);
        connection.Answer(again, new RequestPublished(RequestOf(1)));
        await publishing.Soon();
    }

    [Fact]
    public async Task A_refusal_is_a_typed_exception_with_the_markets_words()
    {
        var (client, connection) = await _market.ConnectAsync();
        await using var _ = client;
        var publishing = client.PublishRequestAsync(Draft);
        connection.Answer(
            await connection.NextAsync<PublishRequest>(),
            Refusals.Of(ListingRefusal.QuantityOutOfRange, "It is 1 or more."));
        var error = await Assert.ThrowsAsync<MarketRefusedException>(() => publishing.Soon());
        Assert.Equal(RefusalCode.QuantityOutOfRange, error.Code);
        Assert.Contains("It is 1 or more.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_request_ends_at_once_and_is_not_sent_again()
    {
        var (client, first) = await _market.ConnectAsync();
        await using var _ = client;
        using var cancelling = new CancellationTokenSource();
        var publishing = client.PublishRequestAsync(Draft, cancelling.Token);
        var late = await first.NextAsync<PublishRequest>();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing.Soon());

        first.Answer(late, new RequestPublished(RequestOf(1)));
        first.Break();
        var second = await _market.WelcomeAsync(Some.Buyer);
        await second.SubscribeAsync();
        var balances = client.GetBalancesAsync();
        await second.NextAsync<GetBalances>();
        Assert.False(balances.IsCompleted);
    }

    [Fact]
    public async Task A_request_made_while_the_connection_is_down_waits_for_the_next_one()
    {
        var (client, first) = await _market.ConnectAsync();
        await using var _ = client;
        _market.DialsRefused = 2;
        first.Break();
        var asking = client.GetBalancesAsync();
        var second = await _market.WelcomeAsync(Some.Buyer);
        await second.SubscribeAsync();
        second.Answer(await second.NextAsync<GetBalances>(), new Balances(7, []));
        Assert.Equal(7, (await asking.Soon()).AsOfEntry);
    }

    [Fact]
    public async Task No_more_requests_are_on_their_way_than_the_options_allow()
    {
        var options = Some.Options();
        options.InFlightMax = 2;
        var (client, connection) = await _market.ConnectAsync(options: options);
        await using var _ = client;
        var asked = Enumerable.Range(0, 3).Select(_ => client.GetBalancesAsync()).ToArray();
        var first = await connection.NextAsync<GetBalances>();
        await connection.NextAsync<GetBalances>();
        Assert.True(connection.HasNothingMore);
        connection.Answer(first, new Balances(1, []));
        await asked[0].Soon();
        await connection.NextAsync<GetBalances>();
    }

    [Fact]
    public async Task Disposing_of_the_client_ends_what_still_waits()
    {
        var (client, connection) = await _market.ConnectAsync();
        var asking = client.GetBalancesAsync();
        await connection.NextAsync<GetBalances>();
        await client.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => asking.Soon());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.GetBalancesAsync().Soon());
    }

    [Fact]
    public async Task A_garbled_frame_costs_the_connection_and_nothing_else()
    {
        var (client, first) = await _market.ConnectAsync();
        await using var _ = client;
        var asking = client.GetBalancesAsync();
        var sent = await first.NextAsync<GetBalances>();
        first.SendBytes([0xc1, 0xff]);
        var second = await _market.WelcomeAsync(Some.Buyer);
        await second.SubscribeAsync();
        var again = await second.NextAsync<GetBalances>();
        Assert.Equal(sent.Bytes, again.Bytes);
        second.Answer(again, new Balances(1, []));
        await asking.Soon();
    }

    [Fact]
    public async Task Another_market_at_the_same_address_ends_the_client()
    {
        var (client, first) = await _market.ConnectAsync();
        await using var _ = client;
        var asking = client.GetBalancesAsync();
        await first.NextAsync<GetBalances>();
        _market.Id = new MarketId(Guid.CreateVersion7());
        first.Break();
        await _market.WelcomeAsync(Some.Buyer);
        var error = await Assert.ThrowsAsync<MarketConnectionException>(() => asking.Soon());
        Assert.True(error.IsFinal);
    }

    [Fact]
    public async Task Search_reads_page_after_page()
    {
        var (client, connection) = await _market.ConnectAsync();
        await using var _ = client;
        var last = Some.Listing with { Id = new ListingId(Guid.CreateVersion7()) };
        var query = new ListingQuery { Category = "espresso machine", PageSize = 1 };
        var reading = client.SearchAsync(query).ToListAsync();
        var first = await connection.NextAsync<SearchListings>();
        Assert.True(((SearchListings)first.Message).Cursor.IsEmpty);
        connection.Answer(first, new ListingsFound([Some.Listing], HasMore: true, [], new byte[] { 1, 2 }));
        var second = await connection.NextAsync<SearchListings>();
        Assert.Equal([1, 2], ((SearchListings)second.Message).Cursor.ToArray());
        connection.Answer(second, new ListingsFound([last], HasMore: false));
        Assert.Equal([Some.Listing, last], await reading.AsTask().Soon());
    }

    [Fact]
    public async Task A_message_that_no_frame_holds_is_not_sent()
    {
        var (client, connection) = await _market.ConnectAsync();
        await using var _ = client;
        var fitting = new string('a', Domain.MarketLimits.FrameBytesMax - FrameBytesWithoutText);
        var searching = client.SearchAsync(new ListingQuery { Text = fitting }).FirstAsync().AsTask();
        Assert.Equal(Domain.MarketLimits.FrameBytesMax, (await connection.NextAsync<SearchListings>()).Bytes.Length);
        await Assert.ThrowsAsync<ArgumentException>(
            () => client.SearchAsync(new ListingQuery { Text = fitting + "a" }).FirstAsync().AsTask().Soon());
        Assert.False(searching.IsCompleted);
        Assert.True(connection.HasNothingMore);
    }

    [Fact]
    public async Task Message_ids_are_of_the_markets_time()
    {
        _market.Now = LedgerTime.FromUtc(DateTimeOffset.UtcNow + TimeSpan.FromDays(400));
        var (client, connection) = await _market.ConnectAsync();
        await using var _ = client;
        var publishing = client.PublishRequestAsync(Draft);
        var sent = (PublishRequest)(await connection.NextAsync<PublishRequest>()).Message;
        Assert.Null(Market.Domain.Negotiating.MessageIds.Refuse(sent.Message, _market.Now));
        Assert.False(publishing.IsCompleted);
    }

    private static Request RequestOf(int number) => new(
        new RequestId(new Guid(number, 0, 0, new byte[8])), Some.Buyer.Number, Some.Buyer.Principal, Draft);
}
