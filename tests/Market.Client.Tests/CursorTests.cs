using Market.Client.Cursors;
using Market.Client.Tests.Support;
using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Client.Tests;

public sealed class CursorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-cursor-").FullName;
    private readonly ScriptedMarket _market = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_new_process_rebuilds_all_and_is_given_only_what_was_not_read()
    {
        var ended = PlayedNegotiation.Opened(5_000).Leave(Party.Buyer);
        var live = PlayedNegotiation.Opened(5_000).Offer(Party.Seller, 9_000);
        var fresh = PlayedNegotiation.Opened(4_000);
        var notices = new[]
        {
            ended.Notice(1, Party.Seller), ended.Notice(2, Party.Seller), live.Notice(1, Party.Seller),
            live.Notice(2, Party.Seller), fresh.Notice(1, Party.Seller),
        };
        await ReadAsync(notices[..4], readCount: 4);

        var (client, connection) = await _market.ConnectAsync(Some.Seller, Options());
        await using var _ = client;
        foreach (var notice in notices)
        {
            connection.Send(notice);
        }

        var unread = await client.EventsAsync().FirstAsync().AsTask().Soon();
        Assert.Equal((fresh.Id, 1L), (unread.Negotiation.Id, unread.Seq));
        var given = await client.NegotiationsAsync().Take(2).ToListAsync().AsTask().Soon();
        Assert.Equal([live.Id, fresh.Id], given.Select(n => n.Id));
        Assert.Equal(2, given[0].State.Seq);
    }

    [Fact]
    public async Task An_event_whose_handling_was_interrupted_comes_again()
    {
        var live = PlayedNegotiation.Opened(5_000).Offer(Party.Seller, 9_000).Offer(Party.Buyer, 6_000);
        await ReadAsync([live.Notice(1), live.Notice(2), live.Notice(3)], readCount: 2, finishLast: false);

        var (client, connection) = await _market.ConnectAsync(Some.Seller, Options());
        await using var _ = client;
        for (var seq = 1; seq <= 3; seq++)
        {
            connection.Send(live.Notice(seq, Party.Seller));
        }

        var unread = await client.EventsAsync().Take(2).ToListAsync().AsTask().Soon();
        Assert.Equal("2 3", string.Join(' ', unread.Select(e => e.Seq)));
    }

    [Fact]
    public async Task A_cursor_of_another_agent_is_refused()
    {
        var store = Options().CursorStore!;
        await store.SaveAsync(new StoredCursor(Some.Market, new AgentNumber(77), new byte[16]), CancellationToken.None);
        var connecting = MarketClient.ConnectAsync(_market, Some.Key, Options(), CancellationToken.None);
        await _market.WelcomeAsync(Some.Seller);
        var error = await Assert.ThrowsAsync<MarketConnectionException>(() => connecting.Soon());
        Assert.Contains("agent_77", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_file_outlives_the_store_and_a_damaged_one_is_named()
    {
        var path = Path.Combine(_folder, "sub", "cursor");
        Assert.Null(await new FileCursorStore(path).LoadAsync(CancellationToken.None));
        foreach (var last in new byte[] { 1, 2 })
        {
            var saved = new StoredCursor(Some.Market, new AgentNumber(2), new[] { last });
            await new FileCursorStore(path).SaveAsync(saved, CancellationToken.None);
            var loaded = await new FileCursorStore(path).LoadAsync(CancellationToken.None);
            Assert.Equal((saved.Market, saved.Agent, last), (loaded!.Market, loaded.Agent, loaded.Cursor.Span[0]));
        }

        File.WriteAllText(path, "no cursor");
        var error = await Assert.ThrowsAsync<InvalidDataException>(
            () => new FileCursorStore(path).LoadAsync(CancellationToken.None).AsTask());
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_must_be_asked_for()
    {
        var (client, _) = await _market.ConnectAsync();
        await using var disposing = client;
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.EventsAsync().FirstAsync().AsTask());
    }

    private async Task ReadAsync(
        IReadOnlyList<Domain.Wire.Messages.EventNotice> notices, int readCount, bool finishLast = true)
    {
        var (client, connection) = await _market.ConnectAsync(Some.Seller, Options());
        await using var _ = client;
        foreach (var notice in notices)
        {
            connection.Send(notice);
        }

        await using var events = client.EventsAsync().GetAsyncEnumerator();
        for (var i = 0; i < readCount; i++)
        {
            Assert.True(await events.MoveNextAsync().AsTask().Soon());
        }

        if (finishLast)
        {
            // Asking for the next event is what says that the last one has been handled.
            var next = events.MoveNextAsync().AsTask();
            await client.DisposeAsync();
            Assert.False(await next.Soon());
        }
    }

    private MarketClientOptions Options()
    {
        var options = Some.Options();
        options.CursorStore = new FileCursorStore(Path.Combine(_folder, "cursor"));
        return options;
    }
}
