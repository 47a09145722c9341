using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Tests.Audit;

/// <summary>
/// The audit follows versions of listings, returns of stock, and computes totals with charges by itself.
/// </summary>
public sealed class ListingsAuditTests
{
    private static readonly ListingDraft Pen = ListingDraft.Of("Fountain pen", "pens", Currency.Usd)
        .WithLine("pen", 120_00)
        .WithIssues(
            Issue.UnitPrice(80_00, 120_00),
            Issue.Choice("ship to", "EU", "US"),
            Issue.Text("engraving"),
            Issue.Range("months", 0, 24).FixedAt(12))
        .WithDeliveryBy("shipping", "ship to", 5_00, 15_00)
        .WithCharge(Charge.FeeRate("service", 1_25))
        .WithCharge(Charge.TaxAdded("sales tax", 8_25))
        .WithStock(10);

    [Fact]
    public async Task A_store_with_charges_texts_and_changed_listings_has_nothing_wrong()
    {
        using var store = await CreateAsync();

        Assert.Empty(OfflineAudit.Verify(store.Folder).Errors);
    }

    [Fact]
    public async Task A_total_that_lacks_a_charge_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, opened) = forger.Find<NegotiationOpened>(skip: 6);
        var charges = opened.Subject.Agenda.Charges.Take(2).ToValueArray();
        forger.Replace(row, opened with
        {
            Subject = opened.Subject with { Agenda = opened.Subject.Agenda with { Charges = charges } },
        });

        AssertFound(store, "The offer's total is");
    }

    [Fact]
    public async Task A_version_that_was_left_out_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, changed) = forger.Find<ListingChanged>();
        forger.Replace(row, changed with { Listing = changed.Listing with { Version = 7 } });

        AssertFound(store, "is about version 7 of its listing, where 2 is due");
    }

    [Fact]
    public async Task Units_that_come_back_from_elsewhere_than_the_stock_are_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var minted = forger.Find<TransfersPosted>(skip: 2).Event;
        forger.AppendEntry(at => minted with
        {
            At = at,
            Opened = [],
            Command = LedgerCommandIds.For("forged", Guid.NewGuid()),
            Reason = TransferReason.UnitsReturned,
        });

        AssertFound(store, "It says UnitsReturned, and moves from");
    }

    private static Task<TestStore> CreateAsync() => TestStore.CreateAsync(static async (market, buyer, _) =>
    {
        var seller = await TestAgent.RegisterAsync(market, "dora", AgentRole.Seller);
        var listing = await seller.PublishAsync(Pen);
        var terms = ListingRules.SubjectOf(listing, [new OrderLine(0, 1)], null).Agenda
            .TermsOf(Outcome.Of(100_00, 1, 0, 12), ["For Ada"]);
        var deal = await buyer.OpenAsync(listing, null, ProposedOffer.Firm(terms));
        await seller.AcceptAsync(deal, 1);
        listing = await seller.ChangeAsync(listing, listing.Draft with { Stock = 12 });
        listing = await seller.ChangeAsync(listing, listing.Draft with { Stock = 4, Title = "Pen" });
        Assert.Equal(3, listing.Version);
        await market.AskAsync(
            GrainId.Ledger,
            new ReturnUnits(LedgerCommandIds.For("test", listing.Id.Value), listing.Id, seller.Principal, 100));
        await seller.WithdrawAsync(listing);
    });

    private static void AssertFound(TestStore store, string text) => Assert.Contains(
        OfflineAudit.Verify(store.Folder).Errors,
        error => error.What.Contains(text, StringComparison.Ordinal));
}
