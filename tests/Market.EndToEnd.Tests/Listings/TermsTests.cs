using Market.Client;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.EndToEnd.Tests.Support;

namespace Market.EndToEnd.Tests.Listings;

/// <summary>What a deal is about, over real connections: every kind of issue, charges, parts of a quantity.</summary>
public sealed class TermsTests
{
    [Fact]
    public async Task A_deal_has_every_kind_of_issue_and_the_buyer_pays_the_all_in_total()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var listing = await seller.Client.PublishListingAsync(ListingDraft.Of("Fountain pen", "pens", Currency.Usd)
            .WithLine("pen", 120_00)
            .WithIssues(
                Issue.UnitPrice(80_00, 120_00),
                Issue.Choice("ship to", "EU", "US"),
                Issue.Money("deposit", 0, 50_00, 10_00),
                Issue.Date("delivery", new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 24)),
                Issue.Boolean("gift wrap"),
                Issue.Text("engraving"),
                Issue.Range("warranty months", 0, 24, 12).FixedAt(12))
            .WithDeliveryBy("shipping", "ship to", 5_00, 15_00)
            .WithCharge(Charge.Fee("engraving", 9_99))
            .WithCharge(Charge.TaxAdded("sales tax", 8_25)));
        var outcome = Outcome.Of(100_00, 1, 20_00, Issue.ValueOf(new DateOnly(2026, 12, 6)), 1, 0, 12);

        var negotiation = await buyer.Client.OpenAsync(listing);
        var invited = await seller.NextAsync();
        await invited.OfferAsync(ProposedOffer.Firm(invited.State.TermsOf(outcome, ["For Ada"])));
        var seen = await Eventually.DoneAsync(
            "the offer arrives", negotiation.WaitForAsync(static state => state.CounterpartyOffer is not null));
        await negotiation.AcceptAsync(seen.CounterpartyOffer!);
        var deal = await negotiation.WaitForDealAsync();

        // 100.00 + 15.00 + 9.99 = 124.99, and 8.25 % of it are 10.311675.
        Assert.Equal([15_00L, 9_99, 10_31], seen.StandingBreakdown!.Parts.Select(static part => part.AmountMinor));
        Assert.Equal(Wares.Dollars(135_30), deal.Total);
        Assert.Equal(["For Ada"], deal.Terms.Labels);
        Assert.Equal(deal.Total, deal.ReadReceipt().Total);
        Assert.Equal(TestMarket.StartingCents - 135_30, await FundsOfAsync(buyer));
    }

    [Fact]
    public async Task A_need_of_seven_is_filled_by_deals_of_three_and_four_and_by_no_more()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);
        var listing = await seller.Client.PublishListingAsync(ListingDraft.Of("Beans", "coffee", Currency.Usd)
            .WithLine("beans", 12_00, "kg")
            .WithIssues(Issue.UnitPrice(1_00, 12_00), Issue.Quantity(1, 10))
            .WithStock(100));
        var need = await buyer.Client.PublishRequestAsync(new RequestDraft("Beans", "", Quantity: 7));

        var three = await BuyAsync(buyer, seller, listing, need, 10_00, 3);
        var four = await BuyAsync(buyer, seller, listing, need, 11_00, 4);
        var one = await BuyAsync(buyer, seller, listing, need, 12_00, 1);

        Assert.Equal((NegotiationStatus.Settled, 30_00), (three.Status, three.Standing!.Terms.TotalMinorUnits));
        Assert.Equal((NegotiationStatus.Settled, 44_00), (four.Status, four.Standing!.Terms.TotalMinorUnits));
        Assert.NotEqual(NegotiationStatus.Settled, one.Status);
        var owned = (await buyer.Client.GetBalancesAsync()).Accounts
            .Single(static account => account.Account.StartsWith("owned", StringComparison.Ordinal));
        Assert.Equal(7, owned.Available);
    }

    [Fact]
    public async Task Invalid_terms_are_refused_field_by_field()
    {
        await using var market = await TestMarket.StartAsync();
        await using var seller = await TestAgent.SellerAsync(market.Uri);
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);

        var draft = await Assert.ThrowsAsync<MarketRefusedException>(() => seller.Client.PublishListingAsync(
            Wares.Draft() with { Lines = [new ListingLine("machine", 0)], Stock = -1 }));
        Assert.Equal(["lines[0].unitPriceMinor", "stock"], draft.Fields.Select(static field => field.Path));
        Assert.Contains("lines[0].unitPriceMinor", draft.Message, StringComparison.Ordinal);

        var listing = await seller.Client.PublishListingAsync(Wares.Draft());
        var order = await Assert.ThrowsAsync<MarketRefusedException>(
            () => buyer.Client.OpenAsync(listing, [new OrderLine(3, 1)]));
        Assert.Equal(new FieldProblem("order[0].line", "is out of range", "3", "0..0"), Assert.Single(order.Fields));

        var negotiation = await buyer.Client.OpenAsync(listing);
        var wrong = new Terms(Outcome.Of(50_00, 17), 50_00);
        var offer = await negotiation.TryOfferAsync(ProposedOffer.Firm(wrong));
        Assert.Equal(RefusalCode.OutcomeOutsideAgenda, offer.Code);
        Assert.Equal(
            new FieldProblem("issues[1].value", "is none of the issue's values", "17", "1..10"),
            Assert.Single(offer.Refused!.Fields));
    }

    /// <summary>How a negotiation ends whose first offer the seller accepts, if it still can.</summary>
    private static async Task<NegotiationSnapshot> BuyAsync(
        TestAgent buyer, TestAgent seller, Listing listing, Request need, long price, long quantity)
    {
        var agenda = ListingRules.SubjectOf(listing, [new OrderLine(0, 1)], need.Id).Agenda;
        var negotiation = await buyer.Client.OpenAsync(listing, new NegotiationSettings
        {
            Request = need.Id,
            FirstOffer = ProposedOffer.Firm(agenda.TermsOf(Outcome.Of(price, quantity))),
        });
        var invited = await seller.NextAsync();
        _ = await invited.TryAcceptAsync(invited.State.Standing!);
        return await Eventually.DoneAsync("it ends", negotiation.WaitForEndAsync());
    }

    private static async Task<long> FundsOfAsync(TestAgent agent) => (await agent.Client.GetBalancesAsync()).Accounts
        .Single(static account => account.Account.StartsWith("funds", StringComparison.Ordinal)).Available;
}
