using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Silo.Commands.Audit;
using Agents = Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Audit;

/// <summary>The offline audit knows who enrolled whom, and from which row to which row each key was good.</summary>
public sealed class AgentKeyAuditTests : IAsyncLifetime
{
    private readonly ECDsa _alice = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _old = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _new = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TestStore _store = TestStore.Empty();
    private MarketId _market;

    /// <summary>
    /// Alice brings an agent with her own key. It makes an offer by its first key, rotates, and its first key is
    /// revoked; then the offer is accepted, and a second one, made by the new key, is too.
    /// </summary>
    public async Task InitializeAsync()
    {
        await using var market = await Agents.TestMarket.StartAsync(
            configure: options => options with { DataFolder = _store.Folder });
        _market = market.Host.MarketId;
        await using var seller = await market.SellerAsync();
        var listing = (await seller.AskAsync<ListingPublished>(
            new PublishListing(Agents.Some.Message(), Agents.Some.Listing()))).Listing;
        await using var buyer = await Agents.TestAgent.AuthenticateAsync(market.Uri, CopyOf(_old));
        await buyer.RegisterAsync(Agents.Some.Profile(), _alice);
        var opening = Agents.Some.Opening(listing, offer: Agents.Some.Offer(6_000));
        var first = (await buyer.AskAsync<ActRecorded>(buyer.Signed(opening))).Negotiation;

        await buyer.AskAsync<AgentKeyRecorded>(Rotation(buyer));
        await using var renewed = await Agents.TestAgent.AuthenticateAsync(market.Uri, CopyOf(_new));
        await renewed.AskAsync<AgentKeyRecorded>(new RevokeKey(PrintOf(_old), KeyRevocationReason.Compromised));
        var second = (await renewed.AskAsync<ActRecorded>(
            renewed.Signed(opening with { Message = Agents.Some.Message() }))).Negotiation;
        foreach (var negotiation in new[] { first, second })
        {
            var standing = (StandingOffer)await market.Host.Cluster.AskAsync(
                GrainId.Of(negotiation), new GetStandingOffer(seller.Agent!.Number));
            await seller.AskAsync<ActRecorded>(seller.Signed(
                new AcceptOffer(Agents.Some.Message(), negotiation, 1, 1, standing.Offer!.Hash)));
        }

        await market.Host.StopAsync();
    }

    public Task DisposeAsync()
    {
        _store.Dispose();
        _alice.Dispose();
        _old.Dispose();
        _new.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void Offers_by_each_key_while_it_was_good_are_sound_also_when_they_are_accepted_later()
    {
        var report = OfflineAudit.Verify(_store.Folder);
        Assert.True(report.IsSound, string.Join('\n', report.Errors));

        // Two enrolments, two for the new key, and two deals' offers and accepts.
        Assert.Equal(8, report.SignaturesVerified);
    }

    [Fact]
    public void An_act_that_a_key_signed_after_it_was_revoked_is_found()
    {
        using var forger = new StoreForger(_store);
        var (row, opened) = forger.Find<NegotiationOpened>(1);
        var payload = SignedPayload.ForAct(_market, opened.Evidence!.SignedBytes.Span);
        forger.Replace(row, opened with { Evidence = opened.Evidence with { Signature = Sign(_old, payload) } });
        AssertFound("The signature of the offer does not verify");
    }

    [Fact]
    public void An_act_that_a_key_signed_before_the_agent_had_it_is_found()
    {
        using var forger = new StoreForger(_store);
        var (row, opened) = forger.Find<NegotiationOpened>();
        var payload = SignedPayload.ForAct(_market, opened.Evidence!.SignedBytes.Span);
        forger.Replace(row, opened with { Evidence = opened.Evidence with { Signature = Sign(_new, payload) } });
        AssertFound("The signature of the offer does not verify");
    }

    [Fact]
    public void A_profile_that_the_principal_has_not_signed_is_found()
    {
        using var forger = new StoreForger(_store);
        var (row, registered) = forger.Find<AgentRegistered>(1);
        var profile = registered.Agent.Profile with { Disclosure = new Disclosure("Somebody else", "human", "") };
        forger.Replace(row, registered with { Agent = registered.Agent with { Profile = profile } });
        AssertFound("Its enrolment is for another profile");
    }

    [Fact]
    public void An_enrolment_by_another_key_is_found()
    {
        using var forger = new StoreForger(_store);
        var (row, registered) = forger.Find<AgentRegistered>(1);
        forger.Replace(row, registered with
        {
            Enrolment = registered.Enrolment! with { PublicKey = _new.ExportSubjectPublicKeyInfo() },
        });
        AssertFound("The signature of the enrolment of");
    }

    [Fact]
    public void A_key_that_nobody_with_a_say_has_let_in_is_found()
    {
        using var forger = new StoreForger(_store);
        var (row, enrolled) = forger.Find<AgentKeyEnrolled>();
        forger.Replace(row, enrolled with { AuthorizedBy = PrintOf(_new), Authorization = enrolled.Proof });
        AssertFound("Neither the replaced key nor the principal's has let it in");
    }

    [Fact]
    public void A_key_that_does_not_prove_itself_is_found()
    {
        using var forger = new StoreForger(_store);
        var (row, enrolled) = forger.Find<AgentKeyEnrolled>();
        forger.Replace(row, enrolled with { Proof = enrolled.Authorization });
        AssertFound("The proof of the agent's key does not verify with it");
    }

    private static Hash256 PrintOf(ECDsa key) => Hash256.Of(key.ExportSubjectPublicKeyInfo());

    private static ECDsa CopyOf(ECDsa key) => ECDsa.Create(key.ExportParameters(includePrivateParameters: true));

    private static byte[] Sign(ECDsa key, byte[] payload) =>
        key.SignData(payload, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private RotateKey Rotation(Agents.TestAgent agent)
    {
        var document = WireFormat.Encode(new AgentKeyDocument(
            agent.Agent!.Number, _new.ExportSubjectPublicKeyInfo(), PrintOf(_old), TimeSpan.FromHours(1),
            LedgerTime.FromUtc(DateTimeOffset.UtcNow + TimeSpan.FromHours(1))));
        var payload = SignedPayload.ForAgentKey(_market, document);
        return new RotateKey(document, Sign(_new, payload), Sign(_old, payload));
    }

    private void AssertFound(string finding)
    {
        var report = OfflineAudit.Verify(_store.Folder);
        Assert.Contains(report.Errors, error => error.ToString().Contains(finding, StringComparison.Ordinal));
    }
}
