using System.Text.Json;
using Market.Client;
using Market.Domain.Negotiating;
using Market.EndToEnd.Tests.Support;

namespace Market.EndToEnd.Tests.Interop;

/// <summary>
/// An agent in another language, written from docs/wire.md, deals with agents of the client library over a real server
/// process: several turns of signed offers, a lost connection in the middle, a deal, a receipt that it verifies.
/// </summary>
public sealed class JavaScriptAgentTests
{
    private readonly int _port = FreePort.Find();

    private Uri Market => ServeProcess.UriOf(_port);

    [FactWithNodeAgent]
    public async Task A_javascript_buyer_deals_with_a_seller_of_the_client_library()
    {
        using var folder = new TestFolder();
        await using var server = await StartAsync(folder);
        await using var seller = await TestAgent.SellerAsync(Market);
        await seller.Client.PublishListingAsync(Wares.Draft());
        await using var buyer = NodeAgent.Start("buyer", Market);
        var negotiation = await seller.NextAsync();
        var deal = await BargainAsync(negotiation, [90_00, 85_00, 80_00, 75_00], acceptsFrom: null);

        var said = await buyer.FinishAsync();

        AssertSameDeal(deal, said);
        Assert.Equal(80_00, deal.Total.MinorUnits);

        // Accepting went through a bare act, a broken signature and another payload under the same id.
        var accepted = Assert.Single(said["accepted"]);
        Assert.Equal((int)RefusalCode.SignatureRequired, accepted.GetProperty("bare").GetInt32());
        Assert.Equal((int)RefusalCode.SignatureIsWrong, accepted.GetProperty("broken").GetInt32());
        Assert.Equal((int)NegotiationRefusal.MessageIdReused, accepted.GetProperty("other").GetInt32());
    }

    [FactWithNodeAgent]
    public async Task A_javascript_seller_deals_with_a_buyer_of_the_client_library()
    {
        using var folder = new TestFolder();
        await using var server = await StartAsync(folder);
        await using var buyer = await TestAgent.BuyerAsync(Market);
        await using var seller = NodeAgent.Start("seller", Market);
        var found = await Eventually.DoneAsync("the listing is found", FindAsync(buyer));
        var negotiation = await buyer.Client.OpenAsync(
            found, new NegotiationSettings { FirstOffer = Wares.Firm(40_00) });
        var deal = await BargainAsync(negotiation, [50_00, 55_00], acceptsFrom: 75_00);

        var said = await seller.FinishAsync();

        AssertSameDeal(deal, said);
        Assert.Equal(75_00, deal.Total.MinorUnits);
    }

    [FactWithNodeAgent]
    public async Task A_javascript_buyer_and_a_javascript_seller_deal_with_each_other()
    {
        using var folder = new TestFolder();
        await using var server = await StartAsync(folder);
        await using var seller = NodeAgent.Start("seller", Market);
        await using var buyer = NodeAgent.Start("buyer", Market);

        var (sold, bought) = (await seller.FinishAsync(), await buyer.FinishAsync());

        Assert.Equal(Settled(sold).GetProperty("deal").GetString(), Settled(bought).GetProperty("deal").GetString());
    }

    [FactWithNodeAgent]
    public async Task A_javascript_agent_refuses_a_receipt_that_was_tampered_with()
    {
        using var folder = new TestFolder();
        await using var server = await StartAsync(folder);
        await using var seller = await TestAgent.SellerAsync(Market);
        await seller.Client.PublishListingAsync(Wares.Draft());
        await using var buyer = NodeAgent.Start("buyer", Market, "forged");
        await BargainAsync(await seller.NextAsync(), [80_00, 80_00, 80_00], acceptsFrom: null);

        var failure = await buyer.FailAsync();
        Assert.Contains("The receipt proves nothing: SignatureWrong", failure, StringComparison.Ordinal);
    }

    private Task<ServeProcess> StartAsync(TestFolder folder) =>
        ServeProcess.StartReadyAsync(folder.Path, _port, "--starting-balance", "1000.00");

    /// <summary>
    /// Offers these prices in turn, or accepts one that is no higher than wanted; waits for the deal.
    /// </summary>
    private static async Task<Deal> BargainAsync(Negotiation negotiation, long[] prices, long? acceptsFrom)
    {
        var next = 0;
        await foreach (var turn in negotiation.TurnsAsync())
        {
            if (turn.HasEnded)
            {
                break;
            }

            if (turn.CounterpartyOffer?.Terms.TotalMinorUnits <= acceptsFrom)
            {
                await turn.AcceptAsync();
            }
            else
            {
                await turn.OfferAsync(Wares.At(prices[next++]));
            }
        }

        return await Eventually.DoneAsync("the deal is settled", negotiation.WaitForDealAsync());
    }

    private static async Task<Domain.Listings.Listing> FindAsync(TestAgent buyer)
    {
        while (true)
        {
            await foreach (var listing in buyer.Client.SearchAsync(new ListingQuery { Text = "espresso machine" }))
            {
                return listing;
            }

            await Task.Yield();
        }
    }

    private static JsonElement Settled(ILookup<string, JsonElement> said)
    {
        Assert.Single(said["resumed"]);
        Assert.True(said["offered"].Count() >= 2);
        var settled = Assert.Single(said["settled"]);
        Assert.True(settled.GetProperty("tampered").GetInt32() > 150);
        Assert.Equal(0, settled.GetProperty("believed").GetInt32());
        return settled;
    }

    private static void AssertSameDeal(Deal deal, ILookup<string, JsonElement> said)
    {
        var settled = Settled(said);
        Assert.Equal(deal.Id.Value.ToString(), settled.GetProperty("deal").GetString());
        Assert.Equal(deal.Total.MinorUnits, settled.GetProperty("total").GetInt64());
        var receipt = settled.GetProperty("receipt");
        Assert.Equal(Convert.ToHexStringLower(deal.Receipt.Bytes.Span), receipt.GetProperty("bytes").GetString());
        Assert.Equal(deal.Receipt.KeyId, receipt.GetProperty("keyId").GetString());
    }
}
