using Market.Client;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Silo;
using Market.Silo.Clustering;
using Market.TestSupport;

namespace Market.Orleans.Tests;

/// <summary>A market on three silos is one market, wherever an agent connects.</summary>
public sealed class SilosTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Disclosure Tests = new("Tests", "scripted", "1");

    [FactWithPostgres]
    public async Task Agents_on_different_silos_make_a_deal_and_both_learn_of_it()
    {
        await using var silos = await ThreeSilos.StartAsync();
        var status = await ClusterStatus.ReadAsync(silos.ConnectionString, "test");
        Assert.Equal(3, status.Count(static silo => silo.State == "active"));

        await TradeAsync(silos.Hosts[0], silos.Hosts[1], "first");
        await TradeAsync(silos.Hosts[2], silos.Hosts[0], "second");
    }

    [FactWithPostgres]
    public async Task Where_the_database_notifies_nobody_agents_on_other_silos_learn_of_it_all_the_same()
    {
        await using var silos = await ThreeSilos.StartAsync(2);
        var append = silos.Database.Query("SELECT pg_get_functiondef('market.append'::regproc)");
        Assert.Contains("PERFORM pg_notify(", append, StringComparison.Ordinal);
        silos.Database.Query(append.Replace("PERFORM pg_notify(", "-- (", StringComparison.Ordinal));

        await TradeAsync(silos.Hosts[0], silos.Hosts[1], "silent");
    }

    [FactWithPostgres]
    public async Task A_key_is_revoked_when_all_silos_know_and_one_that_left_need_not()
    {
        await using var silos = await ThreeSilos.StartAsync();
        await RevokeAsync(silos.Hosts[0], silos.Hosts[1], "three");
        Assert.Equal("3", silos.Database.Query("SELECT count(DISTINCT silo) FROM market.permit"));
        await silos.StopAsync(1);
        Assert.Equal("2", silos.Database.Query("SELECT count(DISTINCT silo) FROM market.permit"));
        await RevokeAsync(silos.Hosts[1], silos.Hosts[0], "two");
    }

    [FactWithPostgres]
    public async Task A_silo_that_leaves_hands_its_grains_over_and_a_new_one_joins()
    {
        await using var silos = await ThreeSilos.StartAsync(2);
        await TradeAsync(silos.Hosts[0], silos.Hosts[1], "before");
        await silos.StopAsync(0);
        await TradeAsync(silos.Hosts[0], silos.Hosts[0], "alone");
        await silos.AddAsync();
        await TradeAsync(silos.Hosts[0], silos.Hosts[1], "after");
    }

    private static async Task RevokeAsync(MarketHost here, MarketHost there, string name)
    {
        using var key = AgentKey.Create();
        using var next = AgentKey.Create();
        await using var agent = await ThreeSilos.ConnectAsync(here, key);
        await agent.RegisterSellerAsync($"{name} seller", $"{name}-seller", Tests);
        await agent.RotateKeyAsync(next);
        await using var renewed = await ThreeSilos.ConnectAsync(there, next);
        Assert.False((await renewed.RevokeKeyAsync(key.Thumbprint).WaitAsync(Patience)).IsLive);
        var refused = await Assert.ThrowsAsync<MarketRefusedException>(() => ThreeSilos.ConnectAsync(here, key));
        Assert.Equal(RefusalCode.KeyRevoked, refused.Code);
    }

    private static async Task TradeAsync(MarketHost sellersSilo, MarketHost buyersSilo, string name)
    {
        using var sellersKey = AgentKey.Create();
        using var buyersKey = AgentKey.Create();
        await using var seller = await ThreeSilos.ConnectAsync(sellersSilo, sellersKey);
        await using var buyer = await ThreeSilos.ConnectAsync(buyersSilo, buyersKey);
        await seller.RegisterSellerAsync($"{name} seller", $"{name}-seller", Tests);
        await buyer.RegisterBuyerAsync($"{name} buyer", $"{name}-buyer", Tests);
        await seller.PublishListingAsync(Wares.Draft($"{name} machine"));

        var found = await FindAsync(buyer, $"{name} machine");
        var bought = await buyer.OpenAsync(found, new NegotiationSettings { FirstOffer = Wares.Firm(50_00) });
        var sold = await FirstAsync(seller.NegotiationsAsync());
        Assert.Equal(bought.Id, sold.Id);
        Assert.True((await sold.TryAcceptAsync(sold.State.Standing!)).IsRecorded);

        var deals = await Task.WhenAll(bought.WaitForDealAsync(), sold.WaitForDealAsync()).WaitAsync(Patience);
        Assert.Equal(deals[0].ReadReceipt().Entry, deals[1].ReadReceipt().Entry);
    }

    // The buyer has no answer that rests on the listing, so its silo may not have read of it yet.
    private static async Task<Listing> FindAsync(MarketClient buyer, string text)
    {
        using var soon = new CancellationTokenSource(Patience);
        while (true)
        {
            await foreach (var listing in buyer.SearchAsync(new ListingQuery { Text = text }, soon.Token))
            {
                return listing;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), soon.Token);
        }
    }

    private static async Task<T> FirstAsync<T>(IAsyncEnumerable<T> many)
    {
        using var soon = new CancellationTokenSource(Patience);
        await foreach (var one in many.WithCancellation(soon.Token))
        {
            return one;
        }

        throw new InvalidOperationException("There was none.");
    }
}
