using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>An agent's events: its own, all of them, in order, from whatever position.</summary>
public sealed class AgentFeedTests : IAsyncLifetime, IAsyncDisposable
{
    private const int BlockLength = 4_096;

    private static readonly AgentNumber Alice = new(1);
    private static readonly AgentNumber Bob = new(2);
    private static readonly AgentNumber Carol = new(3);
    private static readonly AgentFeedOptions Small = new() { RecentRowsMax = 64, QueuedRowsMax = 4 };

    private readonly CountingJournal _journal = new(new MemoryJournal());
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(30));

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        _timeout.Dispose();
        await _journal.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_gets_the_rows_that_it_may_see_and_no_others()
    {
        await using var feed = AgentFeed.Start(_journal);
        var stream = await TestStream.OpenAsync(_journal);
        stream.Append(new Audience(Alice, Bob));
        stream.Append(new Audience(Bob, Carol));
        stream.Append();
        stream.Append(new Audience(Carol, Alice));

        Assert.Equal([1L, 4], await TakeAsync(feed, Alice, after: 0, count: 2));
        Assert.Equal([2L], await TakeAsync(feed, Bob, after: 1, count: 1));
    }

    [Fact]
    public async Task A_subscriber_that_waits_gets_each_row_as_it_becomes_durable()
    {
        await using var feed = AgentFeed.Start(_journal);
        var stream = await TestStream.OpenAsync(_journal);
        await using var events = feed.SubscribeAsync(Alice, 0, _timeout.Token).GetAsyncEnumerator();
        for (var i = 1; i <= 5; i++)
        {
            var next = events.MoveNextAsync();
            Assert.False(next.IsCompleted);
            stream.Append(new Audience(Bob, default));
            stream.Append(new Audience(Bob, Alice));
            Assert.True(await next);
            Assert.Equal(2 * i, events.Current.Position);
        }
    }

    [Fact]
    public async Task A_slow_subscriber_reads_on_from_the_journal_and_goes_live_again_and_others_notice_nothing()
    {
        await using var feed = AgentFeed.Start(_journal, Small);
        var stream = await TestStream.OpenAsync(_journal);
        stream.Append(new Audience(Alice, Bob));
        await using var slow = feed.SubscribeAsync(Alice, 0, _timeout.Token).GetAsyncEnumerator();
        await using var other = feed.SubscribeAsync(Bob, 0, _timeout.Token).GetAsyncEnumerator();
        await slow.MoveNextAsync();
        await other.MoveNextAsync();
        var beforeSlow = slow.MoveNextAsync();
        var beforeOther = other.MoveNextAsync();
        Assert.Equal(2, feed.LiveCount);

        for (var i = 0; i < 500; i++)
        {
            stream.Append(new Audience(Alice, default));
        }

        Assert.Equal(1, feed.LiveCount);
        stream.Append(new Audience(Bob, default));
        Assert.True(await beforeOther);
        Assert.Equal(502, other.Current.Position);

        Assert.True(await beforeSlow);
        Assert.Equal(2, slow.Current.Position);
        for (var position = 3; position <= 501; position++)
        {
            Assert.True(await slow.MoveNextAsync());
            Assert.Equal(position, slow.Current.Position);
        }

        var live = slow.MoveNextAsync();
        Assert.Equal(2, feed.LiveCount);
        stream.Append(new Audience(Alice, default));
        Assert.True(await live);
        Assert.Equal(503, slow.Current.Position);
    }

    [Fact]
    public async Task An_agent_that_was_away_for_long_skips_the_blocks_without_news()
    {
        const int blocks = 20;
        await using (AgentFeed.Start(_journal, Small))
        {
            var stream = await TestStream.OpenAsync(_journal);
            for (var i = 1; i <= blocks * BlockLength; i++)
            {
                stream.Append(i % (10 * BlockLength) == 7 ? new(Alice, Bob) : new(new(i), Bob));
            }

            await UntilIndexedAsync(blocks);
        }

        await using var later = AgentFeed.Start(_journal, Small);
        var before = _journal.RowsRead;

        Assert.Equal([1L, 7, (10 * BlockLength) + 7], await TakeAsync(later, Alice, after: 0, count: 3));
        Assert.InRange(_journal.RowsRead - before, 1, 3 * BlockLength);
    }

    [Fact]
    public async Task Cancelling_ends_one_subscription_and_disposing_ends_all()
    {
        var feed = AgentFeed.Start(_journal);
        using var cancellation = new CancellationTokenSource();
        await using var cancelled = feed.SubscribeAsync(Alice, 0, cancellation.Token).GetAsyncEnumerator();
        await using var ended = feed.SubscribeAsync(Bob, 0, _timeout.Token).GetAsyncEnumerator();
        var first = cancelled.MoveNextAsync().AsTask();
        var second = ended.MoveNextAsync().AsTask();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(1, feed.LiveCount);

        await feed.DisposeAsync();
        Assert.False(await second);
    }

    [Fact]
    public async Task Nobody_and_a_position_that_the_journal_has_not_reached_are_refused()
    {
        await using var feed = AgentFeed.Start(_journal);
        Assert.Throws<ArgumentOutOfRangeException>(() => feed.SubscribeAsync(AgentNumber.None, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => feed.SubscribeAsync(Alice, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => feed.SubscribeAsync(Alice, -1));
    }

    private async Task<List<long>> TakeAsync(AgentFeed feed, AgentNumber agent, long after, int count)
    {
        var positions = new List<long>();
        await foreach (var row in feed.SubscribeAsync(agent, after, _timeout.Token))
        {
            positions.Add(row.Position);
            if (positions.Count == count)
            {
                break;
            }
        }

        return positions;
    }

    private async Task UntilIndexedAsync(int blocks)
    {
        while ((await _journal.LoadProjectionAsync($"audience/{blocks - 1}")).Position == 0)
        {
            _timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
