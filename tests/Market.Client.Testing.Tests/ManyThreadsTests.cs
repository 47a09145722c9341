using System.Collections.Concurrent;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Client.Testing.Tests;

/// <summary>
/// One client, many threads: every answer goes to who asked, and every event comes once and in order.
/// </summary>
public sealed class ManyThreadsTests
{
    private const int Threads = 12;
    private const int Each = 8;

    [Fact]
    public async Task Many_threads_on_one_client_each_get_their_own_answers()
    {
        await using var server = await MarketTestServer.StartAsync();
        await using var bob = await server.ConnectSellerAsync();
        await using var alice = await server.ConnectBuyerAsync(
            options: new MarketClientOptions { DeliverEvents = true, InFlightMax = 8 });
        var listing = await bob.PublishListingAsync(Wares.EspressoMachine);
        var seen = new ConcurrentDictionary<NegotiationId, List<long>>();
        var reading = ReadAsync(alice, seen);

        var opened = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread =>
            Task.Run(() => BargainAsync(alice, listing, firstPrice: 1_00 + (thread * Each)))));
        await reading.Soon();

        var all = opened.SelectMany(static negotiations => negotiations).ToList();
        Assert.Equal(Threads * Each, all.Distinct().Count());
        Assert.Equal(all.ToHashSet(), seen.Keys.ToHashSet());
        foreach (var seqs in seen.Values)
        {
            // Opened with an offer, withdrawn, another offer, left.
            Assert.Equal([1L, 2L, 3L, 4L], seqs);
        }
    }

    private static async Task<List<NegotiationId>> BargainAsync(MarketClient alice, Listing listing, int firstPrice)
    {
        var negotiations = new List<NegotiationId>();
        for (var i = 0; i < Each; i++)
        {
            var price = firstPrice + i;
            var negotiation = await alice.OpenAsync(listing, new NegotiationSettings { FirstOffer = Firm(price) });
            Assert.Equal(price, negotiation.State.Standing!.Terms.TotalMinorUnits);
            var balances = alice.GetBalancesAsync();
            var found = alice.SearchAsync(new ListingQuery { Text = "espresso" }).CountAsync();
            Assert.Equal(2, (await negotiation.WithdrawOfferAsync()).Seq);
            var recorded = await negotiation.OfferAsync(Firm(price + 10_00));
            Assert.Equal((negotiation.Id, 3), (recorded.Negotiation, recorded.Seq));
            Assert.Equal(price + 10_00, negotiation.State.Standing.Terms.TotalMinorUnits);
            Assert.Equal(4, (await negotiation.LeaveAsync()).Seq);
            Assert.True((await balances).Accounts.Count > 0);
            Assert.Equal(1, await found);
            negotiations.Add(negotiation.Id);
        }

        return negotiations;
    }

    private static async Task ReadAsync(MarketClient alice, ConcurrentDictionary<NegotiationId, List<long>> seen)
    {
        var ended = 0;
        await foreach (var @event in alice.EventsAsync())
        {
            seen.GetOrAdd(@event.Negotiation.Id, static _ => []).Add(@event.Seq);
            if (@event.Seq == 4 && ++ended == Threads * Each)
            {
                return;
            }
        }
    }

    private static ProposedOffer Firm(long price) => ProposedOffer.Firm(new Terms(Outcome.Of(price), price));
}
