using Market.Client;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Market.EndToEnd.Tests.Racing;

/// <summary>
/// Deals that are agreed at the same moment and cannot both be settled: one is, and each side of the other one learns
/// what concerns it and nothing more (INV-7, INV-11, INV-20).
/// </summary>
public sealed class SettlementRaceTests(ITestOutputHelper output)
{
    private const int Rounds = 25;

    [Fact]
    public async Task Of_two_buyers_who_take_the_last_unit_at_once_one_gets_it()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var alice = await TestAgent.BuyerAsync(market.Uri);
        await using var carol = await TestAgent.BuyerAsync(market.Uri, "carol");
        var aliceWins = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            var listing = await seller.Client.PublishListingAsync(Wares.Draft($"The last one {round}", stock: 1));
            var opened = await Task.WhenAll(
                OfferBySellerAsync(alice, seller, listing), OfferBySellerAsync(carol, seller, listing));
            await InAnyOrder(opened).Select(static n => n.Buyer).AcceptAsync();

            var (winner, loser) = await SortAsync(opened);
            aliceWins += winner.Buyer == opened[0].Buyer ? 1 : 0;
            AssertLost(loser.Seller, RefusalCode.StockExceeded);
            AssertLost(loser.Buyer, RefusalCode.CounterpartyCouldNotSettle);
        }

        output.WriteLine($"alice won {aliceWins} of {Rounds} rounds");
        Assert.Equal(TestMarket.StartingCents - (aliceWins * 50_00), await CentsOfAsync(alice));
        Assert.Equal(TestMarket.StartingCents - ((Rounds - aliceWins) * 50_00), await CentsOfAsync(carol));
        Assert.Equal(Rounds * 49_50, await CentsOfAsync(seller));
        Assert.Equal(Rounds, await UnitsOfAsync(alice) + await UnitsOfAsync(carol));
        Assert.Equal(0, await UnitsOfAsync(seller));
    }

    [Fact]
    public async Task Of_two_sellers_who_accept_for_one_need_at_once_one_sells()
    {
        await using var market = await TestMarket.StartAsync();
        await using var alice = await TestAgent.BuyerAsync(market.Uri);
        await using var bob = await TestAgent.SellerAsync(market.Uri);
        await using var dave = await TestAgent.SellerAsync(market.Uri, "dave");
        var bobs = await bob.Client.PublishListingAsync(Wares.Draft("Bob's machine"));
        var daves = await dave.Client.PublishListingAsync(Wares.Draft("Dave's machine"));
        var bobWins = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            var need = await alice.Client.PublishRequestAsync(new RequestDraft("A machine", "Just one.", 1));
            var opened = await Task.WhenAll(
                OfferByBuyerAsync(alice, bob, bobs, need.Id), OfferByBuyerAsync(alice, dave, daves, need.Id));
            await InAnyOrder(opened).Select(static n => n.Seller).AcceptAsync();

            var (winner, loser) = await SortAsync(opened);
            bobWins += winner.Seller == opened[0].Seller ? 1 : 0;
            AssertLost(loser.Buyer, RefusalCode.NeedAlreadyFilled);
            AssertLost(loser.Seller, RefusalCode.CounterpartyCouldNotSettle);
        }

        output.WriteLine($"bob won {bobWins} of {Rounds} rounds");
        Assert.Equal(TestMarket.StartingCents - (Rounds * 50_00), await CentsOfAsync(alice));
        Assert.Equal(bobWins * 49_50, await CentsOfAsync(bob));
        Assert.Equal((Rounds - bobWins) * 49_50, await CentsOfAsync(dave));
        Assert.Equal(Rounds, await UnitsOfAsync(alice));
        Assert.Equal(1_000_000 - bobWins, await UnitsOfAsync(bob));
        Assert.Equal(1_000_000 - (Rounds - bobWins), await UnitsOfAsync(dave));
    }

    [Fact]
    public async Task A_seller_cannot_tell_a_buyer_without_money_from_one_who_needs_less()
    {
        var poor = await WhatTheSellerSeesAsync(startingCents: 1, need: 2);
        var modest = await WhatTheSellerSeesAsync(startingCents: 1_000_00, need: 1);
        Assert.Equal(poor, modest);
    }

    /// <summary>
    /// The events that a seller sees of a deal that fails on the buyer's side, without times and ids.
    /// </summary>
    private static async Task<IReadOnlyList<string>> WhatTheSellerSeesAsync(long startingCents, long need)
    {
        await using var market = await TestMarket.StartAsync(startingCents);
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var draft = Wares.Draft();
        var listing = await seller.Client.PublishListingAsync(
            draft with { Issues = [.. draft.Issues, Issue.Quantity(1, 5)], PostedValues = [] });
        var request = await buyer.Client.PublishRequestAsync(new RequestDraft("Machines", "Some.", need));
        var two = ProposedOffer.Firm(new Terms(Outcome.Of(50_00, 3, 2), 100_00));
        await buyer.Client.OpenAsync(
            listing, new NegotiationSettings { FirstOffer = two, Request = request.Id });
        var sold = await seller.NextAsync();
        await new[] { sold }.AcceptAsync();
        await Eventually.DoneAsync("the deal fails", sold.WaitForEndAsync());
        Assert.Equal(NegotiationStatus.SettlementFailed, sold.State.Status);
        await Eventually.TrueAsync("the seller's user sees the end", () => seller.Seen[^1].Event is DealNotSettled);
        return [.. seller.Seen.Where(e => e.Negotiation == sold.Id).Select(static e => Shape(e.Event))];
    }

    private static string Shape(NegotiationEvent @event) => @event switch
    {
        DealNotSettled failed => $"{nameof(DealNotSettled)} {failed.Failure}",
        NegotiationOpened opened => $"{nameof(NegotiationOpened)} {opened.Buyer} {opened.Act} {opened.Evidence}",
        _ => @event.GetType().Name,
    };

    private static async Task<Pair> OfferByBuyerAsync(
        TestAgent buyer, TestAgent seller, Listing listing, RequestId? need)
    {
        var settings = new NegotiationSettings { FirstOffer = Wares.Firm(50_00), Request = need };
        var bought = await buyer.Client.OpenAsync(listing, settings);
        return new Pair(bought, await seller.NextAsync());
    }

    private static async Task<Pair> OfferBySellerAsync(TestAgent buyer, TestAgent seller, Listing listing)
    {
        var bought = await buyer.Client.OpenAsync(listing);
        await Eventually.TrueAsync(
            "the seller learns of it", () => seller.Client.LiveNegotiations.Any(n => n.Id == bought.Id));
        var sold = seller.Client.LiveNegotiations.Single(n => n.Id == bought.Id);
        await sold.OfferAsync(Wares.Firm(50_00));
        await Eventually.DoneAsync("the buyer sees the offer", bought.WaitForAsync(static s => s.Standing is not null));
        return new Pair(bought, sold);
    }

    private static Pair[] InAnyOrder(Pair[] pairs)
    {
        var shuffled = pairs.ToArray();
        Random.Shared.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>Waits for both ends: exactly one deal is settled.</summary>
    private static async Task<(Pair Winner, Pair Loser)> SortAsync(IReadOnlyList<Pair> pairs)
    {
        foreach (var (buyer, seller) in pairs)
        {
            var ends = await Eventually.DoneAsync(
                "both sides learn the end", Task.WhenAll(buyer.WaitForEndAsync(), seller.WaitForEndAsync()));
            Assert.Equal(ends[0].Status, ends[1].Status);
        }

        var winner = Assert.Single(pairs, static p => p.Buyer.State.Status == NegotiationStatus.Settled);
        var loser = Assert.Single(pairs, static p =>
            p.Buyer.State.Status is NegotiationStatus.SettlementFailed or NegotiationStatus.Cancelled);
        return (winner, loser);
    }

    /// <summary>
    /// It lost in the ledger, with its own side's cause; or the market ended it since the subject was gone before its
    /// accept came, which says the same to both sides.
    /// </summary>
    private static void AssertLost(Negotiation negotiation, RefusalCode own)
    {
        var end = negotiation.State;
        var isCancelled = end.Status == NegotiationStatus.Cancelled;
        Assert.Equal(isCancelled ? CancelReason.SubjectGone : null, end.Cancellation);
        Assert.Equal(isCancelled ? RefusalCode.None : own, end.OwnFailure);
    }

    private static Task<long> CentsOfAsync(TestAgent agent) => SumAsync(agent, "funds:");

    private static async Task<long> UnitsOfAsync(TestAgent agent) =>
        await SumAsync(agent, "owned:") + await SumAsync(agent, "stock:");

    private static async Task<long> SumAsync(TestAgent agent, string accounts) =>
        (await agent.Client.GetBalancesAsync()).Accounts
        .Where(b => b.Account.StartsWith(accounts, StringComparison.Ordinal)).Sum(static b => b.Available);

    private sealed record Pair(Negotiation Buyer, Negotiation Seller);
}
