using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Tests.Journaling;

namespace Market.Grains.Tests.Subjects;

/// <summary>
/// What becomes of the open negotiations about a stock that is sold out or a need that is filled, over a real store,
/// also when the market is killed between the last deal and the word of it.
/// </summary>
public sealed class SubjectGoneTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task When_the_last_unit_is_sold_every_other_open_negotiation_about_it_ends()
    {
        await using var market = await SoldOutAsync(SubjectMarket.OpenAsync(_folder));

        Assert.Equal(4, market.Sweeper.Sweep());
        await market.Cancelled.ReachAsync(4);

        Assert.Equal(0, market.Sweeper.Sweep());
        Assert.Equal(1, market.Watch.OpenCount); // the one about another listing
        Assert.Equal(0, market.Watch.AvailableOf(SubjectMarket.Units(1)));
        for (var number = 3; number <= 6; number++)
        {
            var end = Assert.IsType<NegotiationCancelled>((await market.EventsOfAsync(number))[^1]);
            Assert.Equal((CancelReason.SubjectGone, null), (end.Reason, end.Act));
        }
    }

    [Fact]
    public async Task When_a_need_is_filled_the_negotiations_with_the_other_sellers_end()
    {
        await using var market = await SubjectMarket.OpenAsync(_folder);
        await market.FundAsync(1);
        await market.NeedAsync(1, buyer: 1, units: 1);
        for (var seller = 1; seller <= 5; seller++)
        {
            await market.StockAsync(seller, seller, 10);
            await market.OpenAsync(seller, buyer: 1, seller, listing: seller, request: 1);
        }

        await market.OpenAsync(6, buyer: 1, seller: 1, listing: 1); // for no request
        await market.AcceptAsync(3, seller: 3);
        await market.Settled.ReachAsync(1);

        Assert.Equal(4, market.Sweeper.Sweep());
        await market.Cancelled.ReachAsync(4);
        Assert.Equal(1, market.Watch.OpenCount);
    }

    [Fact]
    public async Task The_word_is_the_same_bytes_whatever_was_gone_and_whoever_reads_it()
    {
        await using var market = await SoldOutAsync(SubjectMarket.OpenAsync(_folder));
        await market.NeedAsync(1, buyer: 1, units: 1);
        await market.StockAsync(3, seller: 2, 10);
        await market.OpenAsync(20, buyer: 1, seller: 2, listing: 3, request: 1);
        await market.OpenAsync(21, buyer: 1, seller: 2, listing: 3, request: 1);
        await market.AcceptAsync(20, seller: 2);
        await market.Settled.ReachAsync(3);
        market.Sweeper.Sweep();
        await market.Cancelled.ReachAsync(5);

        var stockGone = (await market.EventsOfAsync(3))[^1];
        var needGone = (await market.EventsOfAsync(21))[^1];
        var words = from one in (NegotiationEvent[])[stockGone, needGone]
                    from viewer in Enum.GetValues<Party>()
                    let seen = NegotiationViews.SeenBy(one, viewer) with { At = default, Negotiation = default }
                    select Convert.ToHexString(WireCatalog.EncodeTagged(seen));
        Assert.Single(words.Distinct());
    }

    [Fact]
    public async Task As_long_as_a_unit_is_left_nobody_is_told()
    {
        await using var market = await SubjectMarket.OpenAsync(_folder);
        await market.FundAsync(1);
        await market.StockAsync(1, seller: 1, 2);
        await market.OpenAsync(1, buyer: 1, seller: 1, listing: 1);
        await market.OpenAsync(2, buyer: 1, seller: 1, listing: 1);
        await market.AcceptAsync(1, seller: 1);
        await market.Settled.ReachAsync(1);

        Assert.Equal(0, market.Sweeper.Sweep());
        Assert.Equal(1, market.Watch.AvailableOf(SubjectMarket.Units(1)));
    }

    [Fact]
    public async Task What_is_held_counts_as_gone_and_what_comes_back_is_there_again()
    {
        await using var market = await SubjectMarket.OpenAsync(_folder);
        await market.StockAsync(1, seller: 1, 2);
        await market.OpenAsync(1, buyer: 1, seller: 1, listing: 1);
        var hold = SubjectMarket.Command("test", 1);
        var stock = AccountName.Stock(SubjectMarket.Seller(1).Principal, SubjectMarket.Listing(1));
        var owned = AccountName.Owned(SubjectMarket.Buyer(1).Principal, SubjectMarket.Listing(1));
        await market.LedgerDoesAsync(new HoldTransfer(
            hold, new Leg(stock, owned, 2), market.Now + TimeSpan.FromDays(1)));
        Assert.Equal(1, market.Sweeper.Sweep());
        await market.Cancelled.ReachAsync(1);

        await market.LedgerDoesAsync(new VoidHold(hold));
        await market.OpenAsync(2, buyer: 1, seller: 1, listing: 1);
        Assert.Equal(0, market.Sweeper.Sweep());
        Assert.Equal(2, market.Watch.AvailableOf(SubjectMarket.Units(1)));
    }

    [Fact]
    public async Task What_is_left_of_a_hold_that_was_posted_in_part_is_there_again()
    {
        await using var market = await SubjectMarket.OpenAsync(_folder);
        await market.StockAsync(1, seller: 1, 5);
        var hold = SubjectMarket.Command("test", 1);
        var stock = AccountName.Stock(SubjectMarket.Seller(1).Principal, SubjectMarket.Listing(1));
        var owned = AccountName.Owned(SubjectMarket.Buyer(1).Principal, SubjectMarket.Listing(1));
        await market.LedgerDoesAsync(new HoldTransfer(
            hold, new Leg(stock, owned, 5), market.Now + TimeSpan.FromDays(1)));
        Assert.Equal(0, market.Watch.AvailableOf(SubjectMarket.Units(1)));

        await market.LedgerDoesAsync(new PostHold(hold, 2));

        Assert.Equal(3, market.Watch.AvailableOf(SubjectMarket.Units(1)));
    }

    [Fact]
    public async Task A_negotiation_that_is_opened_about_what_is_gone_ends_too_until_there_is_more()
    {
        await using var market = await SoldOutAsync(SubjectMarket.OpenAsync(_folder));
        Assert.Equal(4, market.Sweeper.Sweep());
        await market.OpenAsync(10, buyer: 1, seller: 1, listing: 1);
        Assert.Equal(1, market.Sweeper.Sweep());
        await market.Cancelled.ReachAsync(5);

        await market.StockAsync(1, seller: 1, 5, times: 2);
        await market.OpenAsync(11, buyer: 1, seller: 1, listing: 1);
        Assert.Equal(0, market.Sweeper.Sweep());
    }

    [Fact]
    public async Task A_negotiation_that_comes_before_the_stock_is_minted_goes_on()
    {
        await using var market = await SubjectMarket.OpenAsync(_folder);
        await market.OpenAsync(1, buyer: 1, seller: 1, listing: 1);
        Assert.Equal(0, market.Sweeper.Sweep());
        Assert.Null(market.Watch.AvailableOf(SubjectMarket.Units(1)));
    }

    [Fact]
    public async Task What_is_closed_is_gone()
    {
        await using var market = await SubjectMarket.OpenAsync(_folder);
        await market.NeedAsync(1, buyer: 1, units: 3);
        await market.StockAsync(1, seller: 1, 2);
        await market.OpenAsync(1, buyer: 1, seller: 1, listing: 1, request: 1);
        await market.LedgerDoesAsync(new CloseSubject(SubjectMarket.Command("close", 1), SubjectMarket.Need(1)));

        Assert.Equal(1, market.Sweeper.Sweep());
        await market.Cancelled.ReachAsync(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restart_does_not_forget_whom_to_tell(bool isKilled)
    {
        TestFolder found;
        await using (var market = await SoldOutAsync(SubjectMarket.OpenAsync(_folder)))
        {
            found = isKilled ? _folder.CopyAsAfterKill() : _folder;
        }

        await using (var again = await SubjectMarket.OpenAsync(found))
        {
            Assert.Equal(4, again.Sweeper.Sweep());
            await again.Cancelled.ReachAsync(4);
        }

        await using (var third = await SubjectMarket.OpenAsync(found))
        {
            Assert.Equal(0, third.Sweeper.Sweep());
            Assert.Equal((1, 10L), (third.Watch.OpenCount, third.Watch.AvailableOf(SubjectMarket.Units(2))));
        }

        if (isKilled)
        {
            found.Dispose();
        }
    }

    [Fact]
    public async Task Whoever_was_told_in_vain_is_told_again_by_itself()
    {
        await using var market = await SoldOutAsync(SubjectMarket.OpenAsync(_folder));

        // This word is lost: it is taken from the watch, and nobody is told.
        Assert.Equal(4, market.Watch.Take(market.Now, market.Now + TimeSpan.FromSeconds(2), 999).Count);
        market.Sweeper.Start();

        await market.AdvanceUntilAsync(market.Cancelled.ReachAsync(4));
    }

    /// <summary>
    /// Two units of listing 1, six negotiations about them of which two settle, and one about another listing.
    /// </summary>
    private static async Task<SubjectMarket> SoldOutAsync(Task<SubjectMarket> opening)
    {
        var market = await opening;
        await market.FundAsync(1);
        await market.StockAsync(1, seller: 1, 2);
        await market.StockAsync(2, seller: 2, 10);
        for (var number = 1; number <= 6; number++)
        {
            await market.OpenAsync(number, buyer: 1, seller: 1, listing: 1);
        }

        await market.OpenAsync(7, buyer: 1, seller: 2, listing: 2);
        await market.AcceptAsync(1, seller: 1);
        await market.AcceptAsync(2, seller: 1);
        await market.Settled.ReachAsync(2);
        return market;
    }
}
