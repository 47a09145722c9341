using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Tests.Audit;

/// <summary>Rows that say what is not so, under hashes that fit: the audit finds them by what they mean.</summary>
public sealed class ForgedStoreTests
{
    private static readonly Currency Usd = Currency.Usd;

    [Fact]
    public async Task A_deal_settled_twice_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var booked = forger.Find<DealBooked>().Event;
        var row = forger.AppendEntry(at => booked with { At = at, Opened = [] });

        var report = AssertFound(store, row.Position, "is settled again");

        Assert.Equal(1, report.SettledTwice);
        Assert.True(report.ChainVerified);
    }

    [Fact]
    public async Task A_deal_that_nobody_agreed_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var booked = forger.Find<DealBooked>().Event;
        var row = forger.AppendEntry(at => booked with { At = at, Opened = [], Deal = new DealId(Hash256.Of([1])) });

        AssertFound(store, row.Position, "No negotiation agreed");
    }

    [Fact]
    public async Task A_deal_that_moves_another_amount_than_agreed_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, booked) = forger.Find<DealBooked>();
        var postings = booked.Postings.ToArray();
        postings[0] = postings[0] with { Amount = postings[0].Amount - 1 };
        postings[1] = postings[1] with { Amount = postings[1].Amount + 1 };
        forger.Replace(row, booked with { Postings = postings.ToValueArray() });

        AssertFound(store, row.Position, "which was not agreed");
    }

    [Fact]
    public async Task An_entry_that_does_not_balance_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var funds = AccountOf(forger, name => name.Kind == AccountKind.Funds);
        var stock = AccountOf(forger, name => name.Kind == AccountKind.Stock);
        var row = forger.AppendEntry(at => Transfer(at, new Posting(funds, stock, 7)));

        var report = AssertFound(store, row.Position, "count different assets");

        Assert.False(report.TrialBalanceZero);
        Assert.Contains(report.TrialBalance, static line => line is { Asset: "USD", Sum: -7, Zero: false });
    }

    [Theory]
    [InlineData(0, "is not above zero")]
    [InlineData(-5, "is not above zero")]
    [InlineData(long.MaxValue, "available")]
    public async Task An_amount_that_no_entry_can_move_is_found(long amount, string what)
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var from = AccountOf(forger, static name => name.Kind == AccountKind.Funds);
        var to = AccountOf(forger, static name => name.Kind == AccountKind.Fees);
        var row = forger.AppendEntry(at => Transfer(at, new Posting(from, to, amount)));

        AssertFound(store, row.Position, what);
    }

    [Fact]
    public async Task More_sold_than_was_there_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var stock = AccountOf(forger, static name => name.Kind == AccountKind.Stock);
        var owned = AccountOf(forger, static name => name.Kind == AccountKind.Owned);
        var row = forger.AppendEntry(at => Transfer(at, new Posting(stock, owned, 1_000)));

        Assert.Equal(1, AssertFound(store, row.Position, "available").Oversold);
    }

    [Fact]
    public async Task A_deposit_done_twice_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var deposited = forger.Find<TransfersPosted>().Event;
        var row = forger.AppendEntry(at => deposited with { At = at, Opened = [] });

        AssertFound(store, row.Position, "a second time");
    }

    [Fact]
    public async Task A_hold_resolved_twice_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var row = forger.AppendEntry(at => new HoldVoided(at, forger.Find<TransferHeld>().Event.Command));

        AssertFound(store, row.Position, "has no open hold");
    }

    [Fact]
    public async Task A_hold_posted_beyond_its_amount_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, posted) = forger.Find<HoldPosted>();
        forger.Replace(row, posted with { Amount = 501 });

        AssertFound(store, row.Position, "It posts 501 of a hold of 500");
    }

    [Fact]
    public async Task A_mandate_that_is_exceeded_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var booked = forger.Find<DealBooked>().Event;
        var id = new MandateId(Guid.CreateVersion7());
        forger.AppendEntry(at => new MandateGranted(at, new Mandate(
            id, booked.Buyer.Principal, booked.Buyer.Agent, Usd, 1_000_000, booked.Total.MinorUnits - 1, at,
            at + TimeSpan.FromDays(1))));
        var row = forger.AppendEntry(at => booked with
        {
            At = at,
            Opened = [],
            Deal = new DealId(Hash256.Of([2])),
            Buyer = booked.Buyer with { Mandate = id },
        });

        AssertFound(store, row.Position, "It brings what");
    }

    [Fact]
    public async Task An_acceptance_of_other_terms_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, made) = forger.Find<OfferMade>(skip: 1);
        forger.Replace(row, made with { Offer = made.Offer with { Terms = TestStore.Firm(100, 2).Terms } });

        var accepted = forger.Find<OfferAccepted>().Row;
        Assert.Equal(row.Stream, accepted.Stream);
        AssertFound(store, accepted.Position, "The terms' hash is");
        AssertFound(store, accepted.Position, "is not the offer that was accepted");
    }

    [Fact]
    public async Task An_offer_accepted_after_its_end_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, accepted) = forger.Find<OfferAccepted>();
        forger.Replace(row, accepted with { At = accepted.At + TimeSpan.FromMinutes(6) });

        AssertFound(store, row.Position, "had expired");
    }

    [Fact]
    public async Task A_signature_that_does_not_verify_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, accepted) = forger.Find<OfferAccepted>(skip: 1);
        var signature = accepted.Evidence!.Signature.ToArray();
        signature[40] ^= 1;
        forger.Replace(row, accepted with { Evidence = accepted.Evidence with { Signature = signature } });

        Assert.Equal(8, AssertFound(store, row.Position, "The signature of the acceptance").SignaturesVerified);
    }

    [Fact]
    public async Task A_key_that_is_no_point_of_its_curve_verifies_nothing()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, registered) = forger.Find<AgentRegistered>(skip: 1);
        var key = registered.Agent.PublicKey.ToArray();
        key[^1] ^= 1;
        var agent = registered.Agent with { PublicKey = key, KeyThumbprint = Hash256.Of(key) };
        forger.Replace(row, registered with { Agent = agent });

        var report = OfflineAudit.Verify(store.Folder);

        // That agent signed one purchase, one accepted offer and one acceptance.
        Assert.Equal((6, 3), (report.SignaturesVerified, report.ErrorCount));
        Assert.All(report.Errors, error => Assert.Contains(
            $"does not verify with the key of {agent.Number}", error.What, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_acceptance_without_its_signature_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, accepted) = forger.Find<OfferAccepted>();
        forger.Replace(row, accepted with { Evidence = null });

        AssertFound(store, row.Position, "It carries no signature of the acceptance");
    }

    [Fact]
    public async Task A_receipt_that_says_something_else_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, settled) = forger.Find<DealSettled>();
        var receipt = WireFormat.Decode<Domain.Auditing.Receipt>(settled.Receipt.Bytes.Span);
        var bytes = WireFormat.Encode(receipt with { Total = new Money(1, Usd) });
        forger.Replace(row, settled with { Receipt = settled.Receipt with { Bytes = bytes } });

        AssertFound(store, row.Position, "The receipt says");
        AssertFound(store, row.Position, "The receipt's signature");
    }

    [Fact]
    public async Task A_failure_of_a_deal_that_the_ledger_settled_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, settled) = forger.Find<DealSettled>();
        forger.Replace(
            row, new DealNotSettled(settled.At, settled.Negotiation, settled.Deal, new SettlementFailure(1, 0)));

        AssertFound(store, row.Position, "had settled the deal");
    }

    [Fact]
    public async Task Time_that_does_not_pass_is_found()
    {
        using var store = await TestStore.CreateAsync();
        using var forger = new StoreForger(store);
        var (row, made) = forger.Find<OfferMade>();
        forger.Replace(row, made with { At = TestMarket.Start });

        AssertFound(store, row.Position, "is not after the time");
    }

    private static AuditReport AssertFound(TestStore store, long position, string what)
    {
        var report = OfflineAudit.Verify(store.Folder);
        Assert.Equal(position, report.Errors[0].Position);
        Assert.Contains(report.Errors, error =>
            error.Position == position && error.What.Contains(what, StringComparison.Ordinal));
        return report;
    }

    private static TransfersPosted Transfer(LedgerTime at, params Posting[] postings) => new(
        at, LedgerCommandIds.For("forged", Guid.NewGuid()), TransferReason.Transferred, [],
        postings.ToValueArray());

    private static AccountNumber AccountOf(StoreForger forger, Func<AccountName, bool> isWanted) =>
        forger.Rows(
            ).Select(static row => WireCatalog.DecodeTagged(row.Body.Span)).SelectMany(static @event => @event switch
        {
            TransfersPosted posted => posted.Opened,
            DealBooked booked => booked.Opened,
            _ => [],
        }).First(opened => isWanted(opened.Name)).Number;
}
