using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Testing.Faults;

namespace Market.Grains.Tests.Journaling;

/// <summary>A row for a stream's whole group reaches all who had joined by then, and nobody else.</summary>
public sealed class AgentFeedGroupTests : AgentFeedBench
{
    [Fact]
    public async Task All_who_have_joined_get_a_row_for_the_group_and_a_stranger_does_not()
    {
        await using var feed = AgentFeed.Start(Journal);
        await using var alice = Subscribe(feed, Alice);
        await using var carol = Subscribe(feed, Carol);
        var (first, strange) = (alice.MoveNextAsync().AsTask(), carol.MoveNextAsync().AsTask());
        await AppendGroupAsync(TestStream.NewGrain());
        var other = await TestStream.OpenAsync(Journal);
        other.Append(new Audience(Carol, default));

        Assert.True(await first);
        Assert.Equal(1, alice.Current.Position);
        Assert.True(await alice.MoveNextAsync());
        Assert.Equal(3, alice.Current.Position);
        Assert.True(await strange);
        Assert.Equal(4, carol.Current.Position);
        Assert.Equal([2L, 3], await TakeAsync(feed, Bob, count: 2));
        Assert.Equal(0, RowsRead);
    }

    [Fact]
    public async Task Who_joins_later_gets_only_what_comes_later()
    {
        await using var feed = AgentFeed.Start(Journal);
        var stream = await AppendGroupAsync(TestStream.NewGrain());
        stream.Append(Audience.OfJoining(Carol));
        stream.Append(Audience.WholeGroup);

        Assert.Equal([4L, 5], await TakeAsync(feed, Carol, count: 2));
        Assert.Equal([1L, 3, 5], await TakeAsync(feed, Alice, count: 3));
    }

    [Fact]
    public async Task A_group_from_before_a_restart_is_read_from_its_stream_for_those_who_wait_too()
    {
        var grain = TestStream.NewGrain();
        var stream = await TestStream.OpenAsync(Journal, grain);
        stream.Append(Audience.OfJoining(Alice));
        stream.Append(Audience.OfJoining(Bob));
        await using var feed = AgentFeed.Start(Journal);
        await using var alice = Subscribe(feed, Alice, after: 2);
        await using var carol = Subscribe(feed, Carol, after: 2);
        var (news, strange) = (alice.MoveNextAsync().AsTask(), carol.MoveNextAsync().AsTask());
        Assert.Equal(2, feed.LiveCount);

        stream.Append(Audience.WholeGroup);
        stream.Append(new Audience(Carol, default));

        Assert.True(await news);
        Assert.Equal(3, alice.Current.Position);
        Assert.True(await strange);
        Assert.Equal(4, carol.Current.Position);
        Assert.Equal([2L, 3], await TakeAsync(feed, Bob, count: 2));
    }

    [Fact]
    public async Task A_row_that_another_writer_put_between_loses_nobody()
    {
        await using var faulty = new FaultJournal(
            new MemoryJournal(), FaultPlan.AtAppend(2, StorageFault.LoseAnnouncement));
        await using var feed = AgentFeed.Start(faulty);
        await using var bob = Subscribe(feed, Bob);
        var news = bob.MoveNextAsync();
        var stream = await TestStream.OpenAsync(faulty);
        stream.Append(Audience.OfJoining(Alice));
        stream.Append(Audience.OfJoining(Bob)); // nobody is told that this row is durable
        stream.Append(Audience.WholeGroup);

        Assert.True(await news);
        Assert.Equal(2, bob.Current.Position);
        Assert.True(await bob.MoveNextAsync());
        Assert.Equal(3, bob.Current.Position);
    }

    [Fact]
    public async Task Groups_that_have_no_room_in_memory_are_read_from_their_streams()
    {
        await using var feed = AgentFeed.Start(Journal, new AgentFeedOptions { GroupMembersMax = 2 });
        var first = await AppendGroupAsync(TestStream.NewGrain());
        await AppendGroupAsync(TestStream.NewGrain());
        await AppendGroupAsync(TestStream.NewGrain());
        first.Append(Audience.WholeGroup);

        Assert.Equal([2L, 3, 5, 6, 8, 9, 10], await TakeAsync(feed, Bob, count: 7));
    }

    [Fact]
    public async Task An_agent_that_was_away_for_long_finds_the_groups_row_through_the_index()
    {
        const int blocks = 8;
        await using (AgentFeed.Start(Journal, Small))
        {
            var group = await TestStream.OpenAsync(Journal);
            group.Append(Audience.OfJoining(Alice));
            group.Append(Audience.OfJoining(Bob));
            var stream = await TestStream.OpenAsync(Journal);
            for (var i = 3; i <= blocks * BlockLength; i++)
            {
                _ = i == (5 * BlockLength) + 9
                    ? group.Append(Audience.WholeGroup)
                    : stream.Append(new Audience(Carol, default));
            }

            await UntilIndexedAsync(blocks);
        }

        await using var later = AgentFeed.Start(Journal, Small);
        var before = RowsRead;

        Assert.Equal([2L, (5 * BlockLength) + 9], await TakeAsync(later, Bob, count: 2));
        Assert.InRange(RowsRead - before, 1, 3 * BlockLength);
    }

    /// <summary>Three rows: Alice joins, Bob joins, and one for both.</summary>
    private async Task<TestStream> AppendGroupAsync(GrainId grain)
    {
        var stream = await TestStream.OpenAsync(Journal, grain);
        stream.Append(Audience.OfJoining(Alice));
        stream.Append(Audience.OfJoining(Bob));
        stream.Append(Audience.WholeGroup);
        return stream;
    }
}
