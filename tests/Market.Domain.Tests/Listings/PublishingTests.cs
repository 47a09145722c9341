using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Testing;

namespace Market.Domain.Tests.Listings;

public sealed class PublishingTests
{
    [Fact]
    public void A_listing_published_twice_is_one_listing()
    {
        var state = new SellerState();
        var first = ListingMachine.Decide(state, SomeListing.Add(), Some.Noon);
        state.Apply(first.Event!);

        var second = ListingMachine.Decide(state, SomeListing.Add(), Some.Noon + TimeSpan.FromDays(30));

        Assert.Null(second.Event);
        Assert.Equal(first.Published, second.Published);
        Assert.Equal(1, state.Count);
    }

    [Fact]
    public void A_request_published_twice_is_one_request_and_another_payload_is_refused()
    {
        var state = new BuyerState();
        var first = ListingMachine.Decide(state, SomeListing.AddRequest(), Some.Noon);
        state.Apply(first.Event!);

        var again = SomeListing.AddRequest();
        var other = again with { Digest = Some.Digest(99) };
        var late = Some.Noon + TimeSpan.FromDays(8);
        Assert.Equal(first.Published, ListingMachine.Decide(state, again, Some.Noon).Published);
        Assert.Equal(ListingRefusal.MessageIdReused, ListingMachine.Decide(state, other, Some.Noon).Refusal);
        Assert.Equal(
            ListingRefusal.MessageIdOutsideWindow, ListingMachine.Decide(new BuyerState(), again, late).Refusal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_buyer_publishes_so_many_requests_within_seven_days_and_learns_when_the_next_may_come(int max)
    {
        var (state, limits) = (new BuyerState(), new PublishingLimits(OpenListingsMax: 1, max));
        for (var i = 1; i <= max; i++)
        {
            var at = Some.Noon + TimeSpan.FromMinutes(i);
            state.Apply(ListingMachine.Decide(state, SomeListing.AddRequest(i), at, limits).Event!);
        }

        var (one, late) = (SomeListing.AddRequest(max + 1), Some.Noon + TimeSpan.FromHours(1));
        var refused = ListingMachine.Decide(state, one, late, limits);
        Assert.Equal(ListingRefusal.TooManyRequests, refused.Refusal);
        var due = late + refused.RetryAfter!.Value;
        Assert.Equal(Some.Noon + TimeSpan.FromMinutes(1) + PublishingLimits.Week, due);
        one = one with { Message = Some.Message(max + 1, due) };
        Assert.Equal(TimeSpan.FromTicks(1), ListingMachine.Decide(
            state, one, due + TimeSpan.FromTicks(-1), limits).RetryAfter);
        Assert.NotNull(ListingMachine.Decide(state, one, due, limits).Event);
        Assert.NotNull(ListingMachine.Decide(state, SomeListing.AddRequest(1), late, limits).Published);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_seller_has_so_many_listings_and_a_replay_counts_the_same(int max)
    {
        var limits = new PublishingLimits(max, RequestsPerWeekMax: 1);
        var (state, replayed) = (new SellerState(), new SellerState());
        for (var i = 1; i <= max; i++)
        {
            var added = ListingMachine.Decide(state, SomeListing.Add(i), Some.Noon, limits).Event!;
            state.Apply(added);
            replayed.Apply(added);
        }

        Assert.Equal(
            ListingRefusal.TooManyListings,
            ListingMachine.Decide(replayed, SomeListing.Add(max + 1), Some.Noon, limits).Refusal);
        var first = SomeListing.Add(1);
        replayed.Apply(new ListingEnded(
            Some.Noon, first.Id, 2, Some.Message(99, Some.Noon), Some.Digest(99)));
        Assert.NotNull(ListingMachine.Decide(replayed, SomeListing.Add(max + 1), Some.Noon, limits).Event);
    }

    [Fact]
    public void A_refused_draft_may_be_mended_under_the_same_message_id()
    {
        var state = new SellerState();
        var bad = SomeListing.Add(draft: SomeListing.Draft with { Stock = 0 });
        Assert.Equal(ListingRefusal.QuantityOutOfRange, ListingMachine.Decide(state, bad, Some.Noon).Refusal);

        var mended = ListingMachine.Decide(state, SomeListing.Add() with { Digest = Some.Digest(2) }, Some.Noon);

        Assert.NotNull(mended.Event);
    }

    [Fact]
    public void What_is_published_has_its_stock_or_need_minted_once_whatever_is_replayed()
    {
        var seller = new SellerState();
        var listing = ListingMachine.Decide(seller, SomeListing.Add(), Some.Noon).Event!;
        seller.Apply(listing);
        var buyer = new BuyerState();
        var request = ListingMachine.Decide(buyer, SomeListing.AddRequest(), Some.Noon).Event!;
        buyer.Apply(request);

        Assert.Equal([SellerState.MintOf(listing.Listing)], seller.Outbox.Unanswered);
        Assert.Equal([BuyerState.MintOf(request.Request)], buyer.Outbox.Unanswered);
        Assert.Equal(5, SellerState.MintOf(listing.Listing).Quantity);

        var at = Some.Noon + TimeSpan.FromSeconds(1);
        seller.Apply(new LedgerCommandAnswered(at, SellerState.MintOf(listing.Listing).Id, RefusalCode: 0));
        buyer.Apply(new LedgerCommandAnswered(at, BuyerState.MintOf(request.Request).Id, RefusalCode: 0));
        Assert.Empty(seller.Outbox.Unanswered);
        Assert.Empty(buyer.Outbox.Unanswered);
    }

    [Fact]
    public void An_order_makes_the_price_negotiable_up_to_its_posted_total()
    {
        var listing = ListingMachine.Decide(new SellerState(), SomeListing.Add(), Some.Noon).Published!;
        ValueArray<OrderLine> order = [new OrderLine(0, 2), new OrderLine(1, 1)];

        var subject = ListingRules.SubjectOf(listing, order, request: null);

        Assert.Equal((2 * 99_00) + 250_00, subject.Agenda.Issues[0].Maximum);
        Assert.Equal(new Terms(Outcome.Of(448_00, 5), 448_00), subject.Posted);
        Assert.True(AgendaRules.IsValid(subject.Agenda));
        Assert.Equal(listing.Version, subject.ListingVersion);
    }

    [Fact]
    public void A_listing_without_posted_values_can_only_be_negotiated()
    {
        var draft = SomeListing.Draft with { PostedValues = [] };
        var listing = ListingMachine.Decide(new SellerState(), SomeListing.Add(draft: draft), Some.Noon).Published!;

        Assert.Null(ListingRules.SubjectOf(listing, [new OrderLine(0, 1)], request: null).Posted);
    }

    [Property]
    public void Whatever_order_is_taken_makes_a_subject_that_a_negotiation_takes(byte small, ushort large)
    {
        ValueArray<OrderLine> order = new OrderLine[] { new(0, small), new(1, large) }
            .Where(line => line.Quantity > 0).ToValueArray();
        Assert.Equal(order.Count == 0, ListingRules.Refuse(SomeListing.Draft, order) is not null);
        if (order.Count == 0)
        {
            return;
        }

        var listing = ListingMachine.Decide(new SellerState(), SomeListing.Add(), Some.Noon).Published!;
        var subject = ListingRules.SubjectOf(listing, order, request: null);

        Assert.Equal((small * 99_00L) + (large * 250_00L), subject.Posted!.TotalMinorUnits);
        Assert.Null(new NegotiationBench().RefusalOf(
            Some.Purchase() with { Subject = subject, FirstOffer = ProposedOffer.Firm(subject.Posted) }));
    }
}
