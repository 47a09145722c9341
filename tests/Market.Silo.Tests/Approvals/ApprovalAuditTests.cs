using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Silo.Commands.Audit;
using Market.Silo.Tests.Audit;

namespace Market.Silo.Tests.Approvals;

/// <summary>
/// The offline audit verifies approvals again: by whose key, over what, and whether they still held.
/// </summary>
public sealed class ApprovalAuditTests
{
    [Fact]
    public async Task A_store_with_an_approved_deal_is_sound()
    {
        using var store = await ApprovedMarket.StoreAsync();

        var report = OfflineAudit.Verify(store.Folder);

        Assert.True(report.IsSound, string.Join('\n', report.Errors));
        Assert.Equal((1, 1), (report.Deals, report.DealsSettled));

        // Two enrolments, offer and accept, the proof of Alice's key, and her approval where she gave it and where it
        // was used.
        Assert.Equal(7, report.SignaturesVerified);
    }

    [Fact]
    public async Task A_deal_above_the_threshold_without_an_approval_is_found()
    {
        using var store = await ApprovedMarket.StoreAsync();
        using var forger = new StoreForger(store);
        var (accept, accepted) = forger.Find<OfferAccepted>();
        forger.Replace(accept, accepted with { Approval = null });
        var (booking, booked) = forger.Find<DealBooked>();

        AssertFound(store, booking, "names another approval");
        forger.Replace(booking, booked with { Buyer = booked.Buyer with { Approval = null } });
        AssertFound(store, booking, "asks for its principal's approval");
    }

    [Fact]
    public async Task An_approval_by_the_agents_own_key_is_found()
    {
        using var store = TestStore.Empty();
        byte[] forged;
        await using (var market = await ApprovedMarket.StartAsync(store.Folder))
        {
            await market.DealAsync();
            using var reading = new StoreForger(store);
            var document = reading.Find<ApprovalGranted>().Event.Approval.Document;
            forged = market.BuyersKey.Sign(
                Domain.Wire.Messages.SignedPayload.ForApproval(market.Buyer.Market, document.Span));
        }

        using var forger = new StoreForger(store);
        var (accept, accepted) = forger.Find<OfferAccepted>();
        forger.Replace(accept, accepted with { Approval = accepted.Approval! with { Signature = forged } });

        AssertFound(store, accept, "does not verify with a key of principal_1");
    }

    [Fact]
    public async Task An_approval_of_other_terms_or_of_another_time_is_found()
    {
        using var store = await ApprovedMarket.StoreAsync();
        using var forger = new StoreForger(store);
        var (accept, accepted) = forger.Find<OfferAccepted>();
        var said = ApprovalDocument.Read(accepted.Approval!.Document)!;

        Replace(said with { Total = new Money(1, Currency.Usd) });
        AssertFound(store, accept, "not one of exactly these terms");
        Replace(said with { ExpiresAt = accepted.At });
        AssertFound(store, accept, "Its approval ended at");
        Replace(said with { ExpiresAt = said.ExpiresAt + TimeSpan.FromTicks(1) });
        AssertFound(store, accept, "none that a principal granted");

        void Replace(ApprovalDocument document) => forger.Replace(accept, accepted with
        {
            Approval = accepted.Approval with { Document = WireFormat.Encode(document) },
        });
    }

    [Fact]
    public async Task A_grant_of_something_else_than_was_asked_for_is_found()
    {
        using var store = await ApprovedMarket.StoreAsync();
        using var forger = new StoreForger(store);
        var (row, granted) = forger.Find<ApprovalGranted>();
        forger.Replace(row, granted with { ExpiresAt = granted.ExpiresAt + TimeSpan.FromHours(1) });

        AssertFound(store, row, "not what was asked for");
    }

    [Fact]
    public async Task A_principals_key_that_proves_nothing_or_is_an_agents_is_found()
    {
        using var store = await ApprovedMarket.StoreAsync();
        using var forger = new StoreForger(store);
        var (row, enrolled) = forger.Find<PrincipalKeyEnrolled>();
        var agents = forger.Find<AgentRegistered>().Event.Agent.PublicKey;

        forger.Replace(row, enrolled with { Proof = new byte[64] });
        AssertFound(store, row, "proof of the principal's key");
        forger.Replace(row, enrolled with { PublicKey = agents });
        AssertFound(store, row, "is an agent's");
        forger.Replace(row, enrolled with { Revision = 2 });
        AssertFound(store, row, "where 1 is next");
    }

    private static void AssertFound(TestStore store, Grains.Journaling.JournalRow row, string what) => Assert.Contains(
        OfflineAudit.Verify(store.Folder).Errors,
        error => error.Position == row.Position && error.What.Contains(what, StringComparison.Ordinal));
}
