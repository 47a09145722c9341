using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Testing;

namespace Market.Domain.Tests.Tendering;

/// <summary>What a tender refuses, and that a refusal binds nothing.</summary>
public sealed class TenderRefusalTests
{
    private static readonly AgentNumber Stranger = TenderBench.Seller(99);

    [Fact]
    public void Nobody_but_the_invited_learns_that_a_tender_by_invitation_exists()
    {
        var bench = TenderBench.Opened(TenderBench.Opening() with { Invited = [TenderBench.Seller(1)] });

        Assert.Equal(TenderRefusal.TenderNotFound, bench.Do(TenderBench.Bid(2, 90_00, message: 2)).Refusal);
        Assert.Equal(TenderRefusal.TenderNotFound, Ask(bench, Stranger, new GetTender(TenderBench.Tender)));
        Assert.IsType<TenderView>(Ask(bench, TenderBench.Seller(1), new GetTender(TenderBench.Tender)));
        bench.TakeBid(1, 90_00);
    }

    [Theory]
    [InlineData(0, TenderRefusal.WindowOutOfRange)]
    [InlineData(1, null)]
    public void A_window_is_longer_than_no_time(long ticks, TenderRefusal? expected) =>
        Assert.Equal(expected, Open(TenderBench.Opening() with { Window = TimeSpan.FromTicks(ticks) }));

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, null)]
    [InlineData(1, TenderRefusal.WindowOutOfRange)]
    public void A_window_is_seven_days_at_most(long ticks, TenderRefusal? expected) => Assert.Equal(
        expected, Open(TenderBench.Opening() with { Window = TenderLimits.WindowMax + TimeSpan.FromTicks(ticks) }));

    [Theory]
    [InlineData(63, null)]
    [InlineData(64, null)]
    [InlineData(65, TenderRefusal.InvitationsAreInvalid)]
    public void At_most_64_sellers_are_invited(int count, TenderRefusal? expected) => Assert.Equal(
        expected,
        Open(TenderBench.Opening() with
        {
            Invited = Enumerable.Range(1, count).Select(TenderBench.Seller).ToValueArray(),
        }));

    [Fact]
    public void Nobody_is_invited_twice_and_no_buyer_to_its_own_tender()
    {
        var one = TenderBench.Seller(1);

        Assert.Equal(TenderRefusal.InvitationsAreInvalid, Open(TenderBench.Opening() with { Invited = [one, one] }));
        Assert.Equal(
            TenderRefusal.InvitationsAreInvalid, Open(TenderBench.Opening() with { Invited = [Some.BuyerAgent] }));
        Assert.Equal(
            TenderRefusal.InvitationsAreInvalid, Open(TenderBench.Opening() with { Invited = [AgentNumber.None] }));
    }

    [Fact]
    public void The_rules_of_what_follows_are_checked_at_the_opening()
    {
        var rules = Some.Rules() with { RoundsMax = 0 };

        Assert.Equal(TenderRefusal.RulesOutOfRange, Open(TenderBench.Opening() with { Rules = rules }));
    }

    [Fact]
    public void The_same_opening_gets_the_same_answer_even_under_another_nonce_and_another_one_is_refused()
    {
        var bench = TenderBench.Opened();
        var again = bench.Do(TenderBench.Opening() with { Nonce = Hash256.Of("another"u8) });
        var other = bench.Do(TenderBench.Opening() with { Digest = Some.Digest(9) });

        Assert.Equal(new TenderRecorded(TenderBench.Tender, bench.Events[0].At), again.Answer);
        Assert.Equal(NegotiationRefusal.MessageIdReused, other.Refusal);
        Assert.Equal(TenderBench.Nonce, bench.State.Nonce);
    }

    [Fact]
    public void A_bid_sent_again_gets_the_same_answer_after_the_reveal_too_and_another_bid_under_its_id_is_refused()
    {
        var bench = TenderBench.Opened();
        var bid = TenderBench.Bid(1, 90_00, message: 2);
        var first = bench.Do(bid).Answer;
        var other = bench.Do(bid with { Digest = Some.Digest(9) });
        bench.Reveal();

        Assert.Equal(first, bench.Do(bid).Answer);
        Assert.Equal(NegotiationRefusal.MessageIdReused, other.Refusal);
    }

    [Fact]
    public void A_bid_is_judged_as_an_offer_of_a_negotiation()
    {
        var bench = TenderBench.Opened();
        var bid = TenderBench.Bid(1, 90_00, message: 2);
        var act = (SubmitBid)bid.Act;
        var wrong = act with { Offer = act.Offer with { Terms = act.Offer.Terms with { TotalMinorUnits = 1 } } };

        Assert.Equal(NegotiationRefusal.TotalDoesNotAddUp, bench.Do(bid with { Act = wrong }).Refusal);
        Assert.Equal(
            NegotiationRefusal.PrincipalsAreTheSame,
            bench.Do(bid with { Bidder = bid.Bidder! with { Principal = Some.Buyer.Principal } }).Refusal);
        Assert.Equal(
            TenderRefusal.ListingIsNotYours,
            bench.Do(bid with { Bidder = bid.Bidder! with { Agent = Stranger } }).Refusal);
        Assert.Single(bench.Events);
    }

    [Fact]
    public void A_firm_bid_is_signed_where_signatures_are_required()
    {
        var bench = TenderBench.Opened(TenderBench.Opening() with { Rules = Some.Rules(signaturesRequired: true) });
        var bid = TenderBench.Bid(1, 90_00, message: 2);

        Assert.Equal(NegotiationRefusal.SignatureRequired, bench.Do(bid).Refusal);
        Assert.Null(bench.Do(bid with { Evidence = Some.Evidence(TenderBench.Seller(1)) }).Refusal);
    }

    [Fact]
    public void A_bid_in_another_currency_than_the_request_names_does_not_fit()
    {
        var draft = TenderBench.Request().Draft with { Currency = Currency.Of("EUR", 2) };
        var bench = TenderBench.Opened(TenderBench.Opening() with { Request = TenderBench.Request(draft) });

        Assert.Equal(TenderRefusal.ListingDoesNotFit, bench.Do(TenderBench.Bid(1, 90_00, message: 2)).Refusal);
    }

    [Fact]
    public void One_seller_bids_and_withdraws_64_times_at_most_and_takes_nothing_from_others()
    {
        var bench = TenderBench.Opened();
        for (var i = 0; i < TenderLimits.ActsOfOneSellerMax; i++)
        {
            bench.TakeBid(1, 90_00);
        }

        Assert.Equal(TenderRefusal.TooManyBidActs, bench.Do(TenderBench.Bid(1, 80_00, message: 2)).Refusal);
        bench.TakeBid(2, 90_00);
        Assert.Null(bench.Withdraw(1).Refusal);
    }

    [Fact]
    public void A_tender_takes_4096_bidders_and_no_more()
    {
        var bench = TenderBench.Opened();
        for (var seller = 1; seller <= TenderLimits.BidsMax; seller++)
        {
            bench.TakeBid(seller, 90_00);
        }

        Assert.Equal(TenderRefusal.TenderIsFull, bench.Do(TenderBench.Bid(5_000, 80_00, message: 2)).Refusal);
        bench.TakeBid(1, 80_00);
        Assert.Equal(TenderLimits.BidsMax, bench.Reveal().Count);
    }

    [Fact]
    public void The_bids_are_sealed_until_the_window_ends()
    {
        var bench = TenderBench.Opened();
        var bid = bench.TakeBid(1, 90_00);

        Assert.Equal(TenderRefusal.BidsAreSealed, bench.Choose(bid).Refusal);
        Assert.Equal(TenderRefusal.BidsAreSealed, bench.Close().Refusal);
        Assert.Equal(TenderRefusal.BidsAreSealed, Ask(bench, Some.BuyerAgent, new GetBids(TenderBench.Tender)));
        Assert.Equal(
            TenderRefusal.BidsAreSealed, Ask(bench, TenderBench.Seller(1), new GetBidHashes(TenderBench.Tender)));
    }

    [Fact]
    public void Only_the_buyer_reads_bids_chooses_cancels_and_closes()
    {
        var bench = TenderBench.Opened();
        var bid = bench.TakeBid(1, 90_00);
        bench.Reveal();
        var seller = TenderBench.Seller(1);

        Assert.Equal(TenderRefusal.NotYourTender, Try(m => new ChooseBids(m, TenderBench.Tender, [bid])));
        Assert.Equal(TenderRefusal.NotYourTender, Try(m => new CancelTender(m, TenderBench.Tender)));
        Assert.Equal(TenderRefusal.NotYourTender, Try(m => new CloseTender(m, TenderBench.Tender)));
        Assert.Equal(TenderRefusal.NotYourTender, Ask(bench, seller, new GetBids(TenderBench.Tender)));
        Assert.Equal(TenderRefusal.NotYourTender, Ask(bench, Stranger, new GetBidHashes(TenderBench.Tender)));

        Enum? Try(Func<MessageId, TenderAct> act) => bench.Act(seller, act).Refusal;
    }

    [Fact]
    public void A_bid_is_chosen_once_while_it_stands_and_all_of_a_choice_or_none()
    {
        var bench = TenderBench.Opened();
        var shorter = bench.TakeBid(1, 90_00, TimeSpan.FromMinutes(1));
        var longer = bench.TakeBid(2, 80_00, TimeSpan.FromMinutes(5));
        bench.Reveal();

        Assert.Equal(TenderRefusal.ChoiceIsInvalid, bench.Choose().Refusal);
        Assert.Equal(TenderRefusal.ChoiceIsInvalid, bench.Choose(longer, longer).Refusal);
        Assert.Equal(TenderRefusal.BidUnknown, bench.Choose(longer, Hash256.Of("none"u8)).Refusal);
        bench.Clock += TimeSpan.FromMinutes(1);
        Assert.Equal(TenderRefusal.BidHasExpired, bench.Choose(longer, shorter).Refusal);
        Assert.Null(bench.Choose(longer).Refusal);
        Assert.Equal(TenderRefusal.BidAlreadyChosen, bench.Choose(longer).Refusal);
    }

    [Fact]
    public void Nothing_happens_in_a_tender_that_is_over()
    {
        var cancelled = TenderBench.Opened();
        cancelled.Cancel();
        var closed = TenderBench.Opened();
        closed.Reveal();
        closed.Close();

        foreach (var bench in new[] { cancelled, closed })
        {
            Assert.True(bench.State.HasEnded);
            Assert.Equal(TenderRefusal.TenderHasEnded, bench.Do(TenderBench.Bid(1, 90_00, message: 2)).Refusal);
            Assert.Equal(TenderRefusal.TenderHasEnded, bench.Cancel().Refusal);
            Assert.Equal(TenderRefusal.TenderHasEnded, bench.Close().Refusal);
            Assert.Null(bench.Do(ContinueTender.Instance).Event);
        }
    }

    [Fact]
    public void After_the_reveal_nothing_is_bid_withdrawn_or_cancelled()
    {
        var bench = TenderBench.Opened();
        bench.TakeBid(1, 90_00);
        bench.Reveal();

        Assert.Equal(TenderRefusal.WindowHasEnded, bench.Do(TenderBench.Bid(2, 90_00, message: 2)).Refusal);
        Assert.Equal(TenderRefusal.WindowHasEnded, bench.Withdraw(1).Refusal);
        Assert.Equal(TenderRefusal.WindowHasEnded, bench.Cancel().Refusal);
    }

    [Fact]
    public void Who_has_no_bid_withdraws_none()
    {
        var bench = TenderBench.Opened();
        bench.TakeBid(1, 90_00);
        bench.Withdraw(1);

        Assert.Equal(TenderRefusal.NoBidToWithdraw, bench.Withdraw(1).Refusal);
        Assert.Equal(TenderRefusal.NoBidToWithdraw, bench.Withdraw(2).Refusal);
    }

    private static Enum? Open(OpenTenderCommand opening) => new TenderBench().Do(opening).Refusal;

    private static object Ask(TenderBench bench, AgentNumber asker, TenderQuery query) =>
        TenderViews.Answer(bench.State, new AskTender(asker, query));
}
