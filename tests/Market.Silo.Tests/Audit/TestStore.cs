using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;

namespace Market.Silo.Tests.Audit;

/// <summary>A data folder with a small market's whole life in it, deleted at the end of the test.</summary>
internal sealed class TestStore : IDisposable
{
    private TestStore(string folder) => Folder = folder;

    public string Folder { get; }

    public string Path => System.IO.Path.Combine(Folder, "market.sqlite");

    /// <summary>An empty folder.</summary>
    public static TestStore Empty() => new(Directory.CreateTempSubdirectory("market-audit-").FullName);

    /// <summary>
    /// Four deals settled (one of them at the posted price), one refused since the need was filled, one rejected
    /// negotiation, one withdrawn offer and one expired negotiation; a hold posted in part.
    /// </summary>
    public static async Task<TestStore> CreateAsync(Func<TestMarket, TestAgent, TestAgent, Task>? then = null)
    {
        var store = Empty();
        await using var market = await TestMarket.OpenAsync(store.Folder, Money.FromMajor(5_000, Currency.Usd));
        var buyer = await TestAgent.RegisterAsync(market, "alice", AgentRole.Buyer);
        var other = await TestAgent.RegisterAsync(market, "carol", AgentRole.Buyer);
        var seller = await TestAgent.RegisterAsync(market, "bob", AgentRole.Seller);
        var listing = await seller.PublishAsync(9_900, stock: 20);
        var request = await buyer.NeedAsync(quantity: 2);

        var first = await buyer.OpenAsync(listing, request, Firm(6_000, 2));
        await seller.OfferAsync(first, 1, Firm(9_900, 2));
        await buyer.OfferAsync(first, 2, Firm(8_000, 2));
        await seller.AcceptAsync(first, 3);

        // The need is filled now: what is agreed under the same request cannot settle.
        var second = await buyer.OpenAsync(listing, request, Firm(7_000, 1));
        await seller.AcceptAsync(second, 1);

        await other.OpenAsync(listing, null, null, Protocol.PostedPrice);
        var third = await other.OpenAsync(listing, null, Firm(5_055, 1));
        await other.WithdrawAsync(third, 1, 1);
        await other.OfferAsync(third, 2, Firm(5_050, 1));
        await seller.AcceptAsync(third, 3);

        var fourth = await other.OpenAsync(listing, null, Firm(5_000, 1));
        await seller.OfferAsync(fourth, 1, Firm(8_050, 3));
        await other.AcceptAsync(fourth, 2);

        var rejected = await buyer.OpenAsync(listing, null, Firm(1_000, 1));
        await seller.RejectAsync(rejected, 1, 1);
        var expired = await buyer.OpenAsync(listing, null, null);
        await HoldAsync(market, buyer, seller);
        if (then is not null)
        {
            await then(market, buyer, seller);
        }

        market.PassTime(TimeSpan.FromHours(2));
        await market.AskAsync(GrainId.Of(expired), new DeadlineReached());
        return store;
    }

    public static ProposedOffer Firm(long unitPrice, long quantity) =>
        ProposedOffer.Firm(new Terms(Outcome.Of(unitPrice, quantity, 5), unitPrice * quantity));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static async Task HoldAsync(TestMarket market, TestAgent from, TestAgent to)
    {
        var hold = LedgerCommandIds.For("test-hold", from.Principal);
        var leg = new Leg(
            AccountName.Funds(from.Principal, Currency.Usd), AccountName.Funds(to.Principal, Currency.Usd), 500);
        var expiresAt = market.Now + TimeSpan.FromDays(1);
        Assert.IsType<LedgerDone>(await market.AskAsync(GrainId.Ledger, new HoldTransfer(hold, leg, expiresAt)));
        Assert.IsType<LedgerDone>(await market.AskAsync(GrainId.Ledger, new PostHold(hold, 200)));
    }
}
