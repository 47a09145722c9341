using FsCheck;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Testing;

namespace Market.Domain.Tests.Tendering;

/// <summary>What holds of a tender whatever comes in whatever order.</summary>
public sealed class TenderProperties
{
    [Property(MaxTest = 100)]
    public void The_order_in_which_bids_arrive_leaves_no_trace(NonEmptyArray<byte> prices, int shuffle)
    {
        var bids = prices.Get.Select((price, i) => TenderBench.Bid(i + 1, 1_00 + price, message: i + 2)).ToArray();
        var other = bids.ToArray();
        new Random(shuffle).Shuffle(other);

        Assert.Equal(SeenAfter(bids), SeenAfter(other));
    }

    [Property(MaxTest = 100)]
    public void Messages_that_come_twice_change_nothing(NonEmptyArray<byte> prices, int seed)
    {
        var random = new Random(seed);
        var bids = prices.Get.Select((price, i) => TenderBench.Bid(i + 1, 1_00 + price, message: i + 2)).ToArray();
        var doubled = bids.SelectMany(bid => Enumerable.Repeat(bid, random.Next(1, 4))).ToArray();
        random.Shuffle(doubled);

        Assert.Equal(SeenAfter(bids), SeenAfter(doubled));
    }

    /// <summary>
    /// Random acts at random moments: every tender ends, no end is left, and a replay gives the same state.
    /// </summary>
    [Property(MaxTest = 200)]
    public void Every_tender_ends(NonEmptyArray<(byte Act, byte Who, ushort Wait)> script)
    {
        var bench = TenderBench.Opened();
        var message = 1;
        foreach (var (act, who, wait) in script.Get)
        {
            bench.Clock += TimeSpan.FromSeconds(wait % 120);
            var hadEnded = bench.State.HasEnded;
            var decision = Play(bench, act, who % 5, ++message);
            Assert.False(hadEnded && decision.Event is not null);
        }

        for (var i = 0; i < 10 && !bench.State.HasEnded; i++)
        {
            bench.Clock += TimeSpan.FromDays(1);
            foreach (var chosen in bench.State.Unanswered.ToArray())
            {
                bench.Do(new BidOpened(chosen.Bid, RefusalCode: 0));
            }

            bench.Do(ContinueTender.Instance);
        }

        Assert.True(bench.State.HasEnded);
        var replayed = new TenderState(Some.Market);
        foreach (var @event in bench.Events)
        {
            replayed.Apply((TenderEvent)WireCatalog.DecodeTagged(WireCatalog.EncodeTagged(@event)));
        }

        Assert.Equal((bench.State.Status, bench.State.Seed), (replayed.Status, replayed.Seed));
        Assert.Equal(bench.State.Revealed.Select(bid => bid.Hash), replayed.Revealed.Select(bid => bid.Hash));
    }

    [Property(MaxTest = 100)]
    public void Whoever_has_the_nonce_and_the_hashes_finds_the_order(NonEmptyArray<byte> prices)
    {
        var bench = new TenderBench();
        SeenAfter(prices.Get.Select((price, i) => TenderBench.Bid(i + 1, 1_00 + price, message: i + 2)), bench);
        var view = (TenderView)Ask(bench, TenderBench.Seller(1), new GetTender(TenderBench.Tender));
        var hashes = (BidHashesPage)Ask(bench, TenderBench.Seller(1), new GetBidHashes(TenderBench.Tender));

        var reveal = view.Reveal!;
        Assert.Equal(view.Call.Commitment, TenderHashes.OfNonce(TenderBench.Tender, reveal.Nonce));
        Assert.Equal(reveal.Seed, TenderHashes.OfSeed(TenderBench.Tender, reveal.Nonce, hashes.Hashes));
        Assert.Equal(
            view.OwnBid, RevealedOrder.Shuffle(reveal.Seed, hashes.Hashes.AsSpan())[reveal.Place!.Value - 1]);
    }

    private static TenderDecision Play(TenderBench bench, byte act, int who, int message) => (act % 8) switch
    {
        0 or 1 or 2 => bench.Do(TenderBench.Bid(who + 1, 50_00 + act, message, TimeSpan.FromMinutes(1 + act))),
        3 => bench.Withdraw(who + 1),
        4 when act > 128 => bench.Cancel(),
        5 when act > 128 => bench.Close(),
        6 when bench.State.Revealed.Count > 0 =>
            bench.Choose(bench.State.Revealed[who % bench.State.Revealed.Count].Hash),
        _ => bench.Do(ContinueTender.Instance),
    };

    /// <summary>Every byte that the buyer reads at the end of the window.</summary>
    private static string SeenAfter(IEnumerable<PerformTenderAct> bids, TenderBench? bench = null)
    {
        bench ??= new TenderBench();
        bench.Do(TenderBench.Opening());
        foreach (var bid in bids)
        {
            bench.Clock += TimeSpan.FromMilliseconds(7);
            Assert.Null(bench.Do(bid).Refusal);
        }

        var seen = bench.Reveal().SeenBy(Some.BuyerAgent);
        var view = Ask(bench, Some.BuyerAgent, new GetTender(TenderBench.Tender));
        var page = Ask(bench, Some.BuyerAgent, new GetBids(TenderBench.Tender, CountMax: 256));
        var messages = new[] { seen, view, page };
        return string.Join('\n', messages.Select(message => Convert.ToHexString(WireCatalog.EncodeTagged(message))));
    }

    private static object Ask(TenderBench bench, AgentNumber asker, TenderQuery query) =>
        TenderViews.Answer(bench.State, new AskTender(asker, query));
}
