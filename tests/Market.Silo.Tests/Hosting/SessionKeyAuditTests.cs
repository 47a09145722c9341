using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Silo.Commands.Audit;
using Market.Silo.Tests.Audit;

namespace Market.Silo.Tests.Hosting;

/// <summary>The offline audit verifies what session keys signed, with the keys' bounds and time.</summary>
public sealed class SessionKeyAuditTests
{
    [Fact]
    public async Task A_store_with_hosted_deals_is_sound()
    {
        using var store = await CreateAsync();
        var report = OfflineAudit.Verify(store.Folder);
        Assert.True(report.IsSound, string.Join("; ", report.Errors));
        Assert.Equal(1, report.DealsSettled);
    }

    [Fact]
    public async Task A_session_key_with_other_bounds_than_its_agent_signed_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, enrolled) = forger.Find<SessionKeyEnrolled>();
        var other = enrolled.Key with { Mandate = new MandateId(Guid.CreateVersion7()) };
        forger.Replace(row, enrolled with { Key = other });

        AssertFound(store, "What the agent signed is not this enrolment", "is bound to another mandate");
    }

    [Fact]
    public async Task An_act_after_its_session_key_had_expired_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, enrolled) = forger.Find<SessionKeyEnrolled>();
        var early = enrolled.Key with { ExpiresAt = enrolled.At + TimeSpan.FromTicks(1) };
        forger.Replace(row, enrolled with { Key = early });

        AssertFound(store, "had expired when it signed");
    }

    [Fact]
    public async Task An_act_that_a_session_key_may_not_sign_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, enrolled) = forger.Find<SessionKeyEnrolled>();
        var signedByKey = forger.Find<OfferAccepted>().Event.Evidence!.SessionKey is null
            ? SessionKeyActions.Accept
            : SessionKeyActions.Offer;
        forger.Replace(row, enrolled with { Key = enrolled.Key with { Actions = signedByKey } });

        AssertFound(store, "The session key may not sign");
    }

    [Fact]
    public async Task An_act_of_a_session_key_that_was_taken_back_is_found()
    {
        using var store = await CreateAsync(takesBackFirst: true);
        using var forger = new StoreForger(store);
        var revoked = forger.Find<SessionKeyRevoked>().Event.Key;
        Forge(forger, evidence => evidence with { SessionKey = revoked });

        AssertFound(store, "was not enrolled, or was taken back", "does not verify with the session key");
    }

    [Fact]
    public async Task An_act_of_a_session_key_that_nobody_enrolled_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        Forge(forger, evidence => evidence with { SessionKey = new SessionKeyId(Guid.CreateVersion7()) });

        AssertFound(store, "No session key");
    }

    [Fact]
    public async Task A_receipt_that_names_another_kind_of_signer_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        Forge(forger, evidence => evidence with { SessionKey = null });

        AssertFound(store, "The receipt says");
    }

    /// <summary>
    /// Changes the evidence that a session key made under the deal, be it of the offer or of the accept.
    /// </summary>
    private static void Forge(StoreForger forger, Func<Evidence, Evidence> change)
    {
        var (row, accepted) = forger.Find<OfferAccepted>();
        if (accepted.Evidence!.SessionKey is not null)
        {
            forger.Replace(row, accepted with { Evidence = change(accepted.Evidence) });
            return;
        }

        var offers = forger.Rows().Count(static r => WireCatalog.DecodeTagged(r.Body.Span) is OfferMade);
        for (var i = 0; i < offers; i++)
        {
            var (offerRow, made) = forger.Find<OfferMade>(i);
            if (made.Offer.Number == accepted.OfferNumber && made.Negotiation == accepted.Negotiation)
            {
                forger.Replace(offerRow, made with { Evidence = change(made.Evidence!) });
            }
        }
    }

    private static void AssertFound(TestStore store, params string[] findings)
    {
        var report = OfflineAudit.Verify(store.Folder);
        Assert.All(findings, finding => Assert.Contains(
            report.Errors, error => error.What.Contains(finding, StringComparison.Ordinal)));
    }

    private static async Task<TestStore> CreateAsync(bool takesBackFirst = false)
    {
        var store = TestStore.Empty();
        await using var market = await HostedBench.StartAsync(store.Folder);
        var seller = await market.ConnectAsync(AgentRole.Seller, "bob");
        var buyer = await market.ConnectAsync(AgentRole.Buyer, "alice");
        if (takesBackFirst)
        {
            var (_, hosting) = await HostedBench.HostAsync(seller);
            await seller.StopHostingAsync(hosting);
        }

        var (listing, _) = await HostedBench.HostAsync(seller);
        await HostedBench.BuyAsync(buyer, listing);
        return store;
    }
}
