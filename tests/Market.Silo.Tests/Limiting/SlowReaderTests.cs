using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Limiting;

/// <summary>An agent with a real socket that reads nothing: its events stop, it is told, and it goes on where it was.</summary>
public sealed class SlowReaderTests
{
    private const int Negotiations = 700;

    [Fact]
    public async Task Who_reads_nothing_is_dropped_to_pull_and_resumes_from_its_cursor_with_nothing_lost_or_doubled()
    {
        await using var limited = await LimitedMarket.StartAsync(new OperatorLimits { UnreadSeconds = 5 });
        var (buyer, seller, listing) = await limited.Market.TradersAsync(Some.LargeListing(), limited.Time);
        await using var _ = buyer;
        await using var __ = seller;

        // Its events come to 8 MB; the sockets between, with this receive buffer, hold less than half of that.
        await using var slow = await TestAgent.AuthenticateAsync(
            limited.Market.Uri, seller.Key, reads: false, receiveBuffer: 4_096);
        await slow.SendAsync(1, new Subscribe(default));
        await seller.AskAsync<Subscribed>(new Subscribe(default));
        var opened = await OpenAsync(limited, buyer, listing);
        await limited.AdvanceUntilAsync(() => limited.Market.Host.Metrics.DroppedToPull == 1);

        foreach (var negotiation in opened)
        {
            Assert.Equal(negotiation, (await seller.NextEventAsync()).Event.Negotiation);
        }

        Assert.IsType<Subscribed>((await slow.ReceiveAsync())!.Message);
        var (before, cursor) = await ReadAsync(slow, count: int.MaxValue);
        Assert.InRange(before.Count, 1, Negotiations - 1);
        await slow.SendAsync(2, new Subscribe(cursor));
        Assert.IsType<Subscribed>((await slow.ReceiveAsync())!.Message);
        var (after, _) = await ReadAsync(slow, Negotiations - before.Count);
        Assert.Equal(opened, [.. before, .. after]);
    }

    private static async Task<List<NegotiationId>> OpenAsync(LimitedMarket limited, TestAgent buyer, Listing listing)
    {
        var opened = new List<NegotiationId>(Negotiations);
        for (var i = 0; i < Negotiations; i++)
        {
            var opening = Some.Opening(listing, Some.Message(limited.Time));
            opened.Add((await buyer.AskAsync<ActRecorded>(opening)).Negotiation);
        }

        return opened;
    }

    /// <summary>Reads events until there are so many, or until it is said that they have stopped.</summary>
    private static async Task<(List<NegotiationId> Events, ReadOnlyMemory<byte> Cursor)> ReadAsync(
        TestAgent agent, int count)
    {
        var (events, cursor) = (new List<NegotiationId>(), default(ReadOnlyMemory<byte>));
        while (events.Count < count && (await agent.ReceiveAsync())!.Message is var message)
        {
            if (message is Refused refused)
            {
                Refusal.Is(GatewayRefusal.ReaderIsSlow, refused);
                break;
            }

            var notice = Assert.IsType<EventNotice>(message);
            events.Add(notice.Event.Negotiation);
            cursor = notice.Cursor;
        }

        return (events, cursor);
    }
}
