using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>An agent's events: its own, all of them, in order, from whatever position.</summary>
public sealed class AgentFeedTests : AgentFeedBench
{
    [Fact]
    public async Task An_agent_gets_the_rows_that_it_may_see_and_no_others()
    {
        await using var feed = AgentFeed.Start(Journal);
        var stream = await TestStream.OpenAsync(Journal);
        stream.Append(new Audience(Alice, Bob));
        stream.Append(new Audience(Bob, Carol));
        stream.Append();
        stream.Append(new Audience(Carol, Alice));

        Assert.Equal([1L, 4], await TakeAsync(feed, Alice, count: 2));
        Assert.Equal([2L], await TakeAsync(feed, Bob, count: 1, after: 1));
    }

    [Fact]
    public async Task A_subscriber_that_waits_gets_each_row_as_it_becomes_durable()
    {
        await using var feed = AgentFeed.Start(Journal);
        var stream = await TestStream.OpenAsync(Journal);
        await using var events = Subscribe(feed, Alice);
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
    public async Task Rows_that_are_announced_after_they_were_read_are_not_repeated()
    {
        var stream = await TestStream.OpenAsync(Journal);
        PendingAppend[] early = [stream.Append(new Audience(Alice, Bob)), stream.Append(new Audience(Alice, Bob))];
        await using var feed = AgentFeed.Start(Journal);
        await using var events = Subscribe(feed, Alice);
        await events.MoveNextAsync();
        await events.MoveNextAsync();
        var next = events.MoveNextAsync();

        feed.OnCommitted(early);
        stream.Append(new Audience(Alice, Bob));

        Assert.True(await next);
        Assert.Equal(3, events.Current.Position);
    }

    [Fact]
    public async Task A_slow_subscriber_reads_on_from_the_journal_and_goes_live_again_and_others_notice_nothing()
    {
        await using var feed = AgentFeed.Start(Journal, Small);
        var stream = await TestStream.OpenAsync(Journal);
        stream.Append(new Audience(Alice, Bob));
        await using var slow = Subscribe(feed, Alice);
        await using var other = Subscribe(feed, Bob);
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
        await using (AgentFeed.Start(Journal, Small))
        {
            var stream = await TestStream.OpenAsync(Journal);
            for (var i = 1; i <= blocks * BlockLength; i++)
            {
                stream.Append(i % (10 * BlockLength) == 7 ? new(Alice, Bob) : new(new(i), Bob));
            }

            await UntilIndexedAsync(blocks);
        }

        await using var later = AgentFeed.Start(Journal, Small);
        var before = RowsRead;

        Assert.Equal([1L, 7, (10 * BlockLength) + 7], await TakeAsync(later, Alice, count: 3));
        Assert.InRange(RowsRead - before, 1, 3 * BlockLength);
    }

    [Fact]
    public async Task Cancelling_ends_one_subscription_and_disposing_ends_all()
    {
        var feed = AgentFeed.Start(Journal);
        using var cancellation = new CancellationTokenSource();
        await using var cancelled = feed.SubscribeAsync(Alice, 0, cancellation.Token).GetAsyncEnumerator();
        await using var ended = Subscribe(feed, Bob);
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
        await using var feed = AgentFeed.Start(Journal);
        Assert.Throws<ArgumentOutOfRangeException>(() => feed.SubscribeAsync(AgentNumber.None, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => feed.SubscribeAsync(Alice, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => feed.SubscribeAsync(Alice, -1));
    }
}
