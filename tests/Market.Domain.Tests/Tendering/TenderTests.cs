using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Testing;

namespace Market.Domain.Tests.Tendering;

/// <summary>A tender from its opening to its end, one step a test.</summary>
public sealed class TenderTests
{
    [Fact]
    public void An_opening_commits_to_the_nonce_and_shows_it_to_nobody()
    {
        var bench = TenderBench.Opened();

        var opened = (TenderOpened)bench.Events[0];
        Assert.Equal(TenderHashes.OfNonce(TenderBench.Tender, TenderBench.Nonce), opened.Call.Commitment);
        Assert.Equal(TenderBench.Nonce, opened.Nonce);
        Assert.Null(((TenderOpened)opened.SeenBy(Some.BuyerAgent)).Nonce);
        Assert.Equal(opened.At + TenderBench.Window, opened.Call.EndsAt);
    }

    [Fact]
    public void The_invited_are_told_one_after_the_other()
    {
        var bench = TenderBench.Opened(
            TenderBench.Opening() with { Invited = [TenderBench.Seller(1), TenderBench.Seller(2)] });

        var first = bench.Do(ContinueTender.Instance).Event;
        var second = bench.Do(ContinueTender.Instance).Event;

        Assert.Equal(TenderBench.Seller(1), Assert.IsType<SellerInvited>(first).Seller);
        Assert.Equal(TenderBench.Seller(2), Assert.IsType<SellerInvited>(second).Seller);
        Assert.Null(bench.Do(ContinueTender.Instance).Event);
    }

    [Fact]
    public void A_later_bid_of_the_same_seller_replaces_the_earlier_one()
    {
        var bench = TenderBench.Opened();
        bench.TakeBid(1, 90_00);
        var second = bench.TakeBid(1, 80_00);

        bench.Reveal();

        Assert.Equal(second, Assert.Single(bench.State.Revealed).Hash);
    }

    [Fact]
    public void A_withdrawn_bid_is_not_revealed()
    {
        var bench = TenderBench.Opened();
        bench.TakeBid(1, 90_00);
        var other = bench.TakeBid(2, 80_00);
        bench.Withdraw(1);

        var revealed = bench.Reveal();

        Assert.Equal(1, revealed.Count);
        Assert.Equal(other, Assert.Single(bench.State.Revealed).Hash);
        Assert.Null(((TenderRevealed)revealed.SeenBy(TenderBench.Seller(1))).Place);
    }

    [Fact]
    public void Each_bidder_learns_its_own_place_and_nobody_elses()
    {
        var bench = TenderBench.Opened();
        for (var seller = 1; seller <= 5; seller++)
        {
            bench.TakeBid(seller, 80_00 + seller);
        }

        var revealed = bench.Reveal();

        for (var seller = 1; seller <= 5; seller++)
        {
            var seen = (TenderRevealed)revealed.SeenBy(TenderBench.Seller(seller));
            Assert.Equal(TenderBench.Seller(seller), bench.State.Revealed[seen.Place!.Value - 1].Seller.Agent);
            Assert.Equal((5, 0), (seen.Count, seen.Bidders.Count));
        }

        Assert.Null(((TenderRevealed)revealed.SeenBy(Some.BuyerAgent)).Place);
    }

    [Fact]
    public void A_late_bid_brings_the_reveal_about_and_is_refused()
    {
        var bench = TenderBench.Opened();
        bench.TakeBid(1, 90_00);
        bench.Clock = bench.State.Call.EndsAt;

        var late = bench.Do(TenderBench.Bid(2, 10_00, message: 2));

        Assert.Equal(TenderRefusal.WindowHasEnded, late.Refusal);
        Assert.Equal(1, Assert.IsType<TenderRevealed>(late.Event).Count);
    }

    [Fact]
    public void A_bid_counts_until_the_last_tick_of_the_window()
    {
        var bench = TenderBench.Opened();
        bench.Clock = bench.State.Call.EndsAt + TimeSpan.FromTicks(-1);

        bench.TakeBid(1, 90_00);

        Assert.Equal(1, bench.Reveal().Count);
    }

    [Fact]
    public void The_validity_of_a_bid_begins_at_the_reveal()
    {
        var bench = TenderBench.Opened();
        var bid = bench.TakeBid(1, 90_00, TimeSpan.FromMinutes(1));
        var revealed = bench.Reveal();
        bench.Clock = revealed.At + TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(-10);
        Assert.Null(bench.Choose(bid).Refusal);

        var opening = TenderMachine.OpeningOf(bench.State, Assert.Single(bench.State.Unanswered)).Opening;
        var negotiation = NegotiationBench.Opened(opening);

        Assert.Equal(revealed.At + TimeSpan.FromMinutes(1), negotiation.State.Standing!.ValidUntil);
    }

    [Fact]
    public void A_chosen_bid_is_the_sellers_standing_offer_and_the_buyers_to_accept()
    {
        var bench = TenderBench.Opened();
        var bid = bench.TakeBid(1, 90_00);
        bench.Reveal();
        bench.Choose(bid);

        var opening = TenderMachine.OpeningOf(bench.State, bench.State.Unanswered[0]).Opening;
        var state = NegotiationBench.Opened(opening with { Seller = Some.Seller }).State;

        Assert.Equal(Party.Buyer, state.Turn);
        Assert.Equal(90_00, state.Standing!.Terms.TotalMinorUnits);
        Assert.Equal(TenderBench.Request().Id, state.Subject.Request);
    }

    [Fact]
    public void A_negotiation_that_is_told_twice_opens_once()
    {
        var bench = TenderBench.Opened();
        var bid = bench.TakeBid(1, 90_00);
        bench.Reveal();
        bench.Choose(bid);
        var opening = TenderMachine.OpeningOf(bench.State, bench.State.Unanswered[0]).Opening;
        var negotiation = NegotiationBench.Opened(opening);

        var again = negotiation.Do(opening);

        Assert.Null(again.Event);
        Assert.Null(again.Refusal);
    }

    [Fact]
    public void A_bid_that_waited_longer_than_message_ids_are_remembered_can_be_chosen()
    {
        var bench = TenderBench.Opened(TenderBench.Opening() with { Window = TenderLimits.WindowMax });
        var bid = bench.TakeBid(1, 90_00, TimeSpan.FromDays(30));
        bench.Reveal();
        bench.Clock += TimeSpan.FromDays(20);
        bench.Choose(bid);

        var opening = TenderMachine.OpeningOf(bench.State, bench.State.Unanswered[0]).Opening;
        var decision = NegotiationMachine.Decide(new NegotiationState(Some.Market), opening, bench.Clock);

        Assert.Null(decision.Refusal);
    }

    [Fact]
    public void A_tender_closes_by_itself_when_no_bid_stands_any_more()
    {
        var bench = TenderBench.Opened();
        bench.TakeBid(1, 90_00, TimeSpan.FromMinutes(1));
        bench.TakeBid(2, 90_00, TimeSpan.FromMinutes(3));
        bench.Reveal();
        bench.Clock += TimeSpan.FromMinutes(3) + TimeSpan.FromTicks(-1);
        Assert.Null(bench.Do(ContinueTender.Instance).Event);
        bench.Clock += TimeSpan.FromTicks(1);

        var closed = Assert.IsType<TenderClosed>(bench.Do(ContinueTender.Instance).Event);

        Assert.Equal(ClosingReason.NoBidStands, closed.Reason);
        Assert.True(bench.State.HasEnded);
    }

    [Fact]
    public void A_tender_without_bids_closes_right_after_its_reveal()
    {
        var bench = TenderBench.Opened();
        var revealed = bench.Reveal();

        Assert.Equal(0, revealed.Count);
        Assert.IsType<TenderClosed>(bench.Do(ContinueTender.Instance).Event);
    }

    [Fact]
    public void A_closed_tender_has_not_ended_while_a_chosen_bid_waits_for_its_negotiation()
    {
        var bench = TenderBench.Opened();
        var bid = bench.TakeBid(1, 90_00);
        bench.Reveal();
        bench.Choose(bid);
        bench.Close();
        Assert.False(bench.State.HasEnded);

        bench.Do(new BidOpened(bid, RefusalCode: 0));

        Assert.True(bench.State.HasEnded);
        Assert.Null(bench.Do(new BidOpened(bid, RefusalCode: 0)).Event);
    }

    [Fact]
    public void All_who_took_part_are_told_of_the_end_alike()
    {
        var bench = TenderBench.Opened();
        bench.TakeBid(1, 90_00);
        bench.TakeBid(2, 80_00);
        bench.Reveal();

        var closed = bench.Close().Event!;

        Assert.Equal(closed.SeenBy(TenderBench.Seller(1)), closed.SeenBy(TenderBench.Seller(2)));
        Assert.Equal(closed.SeenBy(TenderBench.Seller(1)), closed.SeenBy(Some.BuyerAgent));
    }

    [Fact]
    public void A_request_with_issues_makes_them_the_agenda_of_every_bid()
    {
        Issue[] issues = [Issue.UnitPrice(1, 100_00), Issue.Range("delivery days", 1, 3)];
        var draft = TenderBench.Request().Draft with { Currency = Currency.Usd, Issues = issues.ToValueArray() };
        var bench = TenderBench.Opened(TenderBench.Opening() with { Request = TenderBench.Request(draft) });
        var onListing = TenderBench.Bid(1, 90_00, message: 2);
        var offer = ProposedOffer.Firm(bench.State.Call.Agenda!.TermsOf(Outcome.Of(90_00, 2)));
        var onRequest = TenderBench.Bid(1, 90_00, message: 3);

        Assert.Equal(NegotiationRefusal.OutcomeOutsideAgenda, bench.Do(onListing).Refusal);
        Assert.Null(bench.Do(onRequest with { Act = (SubmitBid)onRequest.Act with { Offer = offer } }).Refusal);
        Assert.Equal(bench.State.Call.Agenda, ((BidSubmitted)bench.Events[^1]).Bid.Subject.Agenda);
    }

    [Fact]
    public void In_a_final_round_bids_are_best_and_final_and_their_makers_make_no_further_offer()
    {
        var bench = TenderBench.Opened(TenderBench.Opening() with { FinalRoundOf = TenderBench.Tender });
        var bid = TenderBench.Bid(1, 90_00, message: 2);
        var act = (SubmitBid)bid.Act;
        Assert.Equal(TenderRefusal.BidMustBeFinal, bench.Do(bid).Refusal);
        var final = bench.Do(bid with { Act = act with { Offer = act.Offer with { IsFinal = true } } });
        bench.Reveal();
        bench.Choose(((BidRecorded)final.Answer!).Bid);

        var opening = TenderMachine.OpeningOf(bench.State, bench.State.Unanswered[0]).Opening;
        var negotiation = NegotiationBench.Opened(opening with { Seller = Some.Seller });
        negotiation.Do(negotiation.Offer(Party.Buyer, 80_00));

        Assert.True(negotiation.State.HasMadeFinalOffer(Party.Seller));
        Assert.Equal(
            NegotiationRefusal.FinalOfferMade, negotiation.RefusalOf(negotiation.Offer(Party.Seller, 85_00)));
    }

    [Fact]
    public void A_tender_whose_need_is_filled_closes_for_all_and_before_the_reveal_shows_no_bid()
    {
        var revealed = TenderBench.Opened();
        revealed.TakeBid(1, 90_00);
        revealed.Reveal();
        var collecting = TenderBench.Opened();
        collecting.TakeBid(1, 90_00);

        var closed = revealed.Do(NeedFilled.Instance).Event;
        var cancelled = collecting.Do(NeedFilled.Instance).Event;

        Assert.Equal(ClosingReason.NeedIsFilled, Assert.IsType<TenderClosed>(closed).Reason);
        Assert.IsType<TenderCancelled>(cancelled);
        Assert.Null(revealed.Do(NeedFilled.Instance).Event);
        Assert.Null(collecting.Do(NeedFilled.Instance).Event);
    }
}
