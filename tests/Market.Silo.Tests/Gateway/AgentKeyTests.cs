using System.Net.WebSockets;
using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

/// <summary>
/// Agents' keys rotate with an overlap and are taken back at once (S17), and forgers are shown out (S2).
/// </summary>
public sealed class AgentKeyTests : IAsyncLifetime
{
    private readonly ECDsa _next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private TestMarket _market = null!;
    private TestAgent _buyer = null!;
    private TestAgent _seller = null!;
    private Listing _listing = null!;

    public async Task InitializeAsync()
    {
        _market = await TestMarket.StartAsync();
        (_buyer, _seller, _listing) = await _market.TradersAsync();
    }

    public async Task DisposeAsync()
    {
        await _buyer.DisposeAsync();
        await _seller.DisposeAsync();
        await _market.DisposeAsync();
        _next.Dispose();
    }

    [Fact]
    public async Task A_revoked_key_ends_its_live_sessions_at_once_and_opens_no_other()
    {
        await using var second = await TestAgent.AuthenticateAsync(_market.Uri, CopyOf(_buyer.Key));
        var revoke = new RevokeKey(PrintOf(_buyer.Key), KeyRevocationReason.Compromised);
        var recorded = await second.AskAsync<AgentKeyRecorded>(revoke);
        Assert.False(recorded.IsLive);

        await AssertEndedAsync(_buyer, AgentKeyRefusal.KeyRevoked);
        await AssertEndedAsync(second, AgentKeyRefusal.KeyRevoked);
        await AssertNotLetInAsync(_buyer.Key, AgentKeyRefusal.KeyRevoked);
    }

    [Fact]
    public async Task What_a_key_signed_before_it_was_revoked_stays_good()
    {
        var opened = await _buyer.AskAsync<ActRecorded>(
            _buyer.Signed(Some.Opening(_listing, offer: Some.Offer(6_000))));
        await _buyer.AskAsync<AgentKeyRecorded>(new RevokeKey(PrintOf(_buyer.Key), KeyRevocationReason.Lost));
        await AssertEndedAsync(_buyer, AgentKeyRefusal.KeyRevoked);

        var standing = (StandingOffer)await _market.Host.Cluster.AskAsync(
            GrainId.Of(opened.Negotiation), new GetStandingOffer(_seller.Agent!.Number));
        var accept = new AcceptOffer(Some.Message(), opened.Negotiation, 1, 1, standing.Offer!.Hash);
        await _seller.AskAsync<ActRecorded>(_seller.Signed(accept));
    }

    [Fact]
    public async Task In_the_overlap_both_keys_open_sessions_and_sign()
    {
        await _buyer.AskAsync<AgentKeyRecorded>(Rotation(_buyer, _next, TimeSpan.FromHours(1)));
        await using var renewed = await TestAgent.AuthenticateAsync(_market.Uri, CopyOf(_next));
        Assert.Equal(_buyer.Agent!.Number, renewed.Agent!.Number);

        var opened = await _buyer.AskAsync<ActRecorded>(
            _buyer.Signed(Some.Opening(_listing, offer: Some.Offer(6_000))));
        await _seller.AskAsync<ActRecorded>(_seller.Signed(
            new MakeOffer(Some.Message(), opened.Negotiation, 1, Some.Offer(9_000))));
        await renewed.AskAsync<ActRecorded>(renewed.Signed(
            new MakeOffer(Some.Message(), opened.Negotiation, 2, Some.Offer(7_000))));
        var listed = Assert.Single((await renewed.AskAsync<AgentsListed>(new ListAgents())).Agents);
        Assert.Equal([PrintOf(_buyer.Key), PrintOf(_next)], listed.Keys.Select(key => key.Thumbprint));
    }

    [Fact]
    public async Task When_the_overlap_is_over_the_old_keys_sessions_end()
    {
        var rotation = Rotation(_buyer, _next, TimeSpan.FromMilliseconds(500));
        await _buyer.AskAsync<AgentKeyRecorded>(rotation);
        await AssertEndedAsync(_buyer, AgentKeyRefusal.KeyHasEnded);
        await AssertNotLetInAsync(_buyer.Key, AgentKeyRefusal.KeyHasEnded);

        await using var renewed = await TestAgent.AuthenticateAsync(_market.Uri, CopyOf(_next));
        Assert.True((await renewed.AskAsync<AgentKeyRecorded>(rotation)).IsLive);
        using var oldOnce = CopyOf(_buyer.Key);
        Refusal.Is(
            AgentKeyRefusal.KeyHasEnded,
            await renewed.AskAsync(SignedBy(oldOnce, Some.Opening(_listing, offer: Some.Offer(6_000)))));
    }

    [Fact]
    public async Task Without_an_overlap_the_answer_comes_and_the_session_ends()
    {
        Assert.True((await _buyer.AskAsync<AgentKeyRecorded>(Rotation(_buyer, _next, TimeSpan.Zero))).IsLive);
        await AssertEndedAsync(_buyer, AgentKeyRefusal.KeyHasEnded);
    }

    [Fact]
    public async Task A_new_key_must_prove_itself_and_be_let_in_by_the_old_one()
    {
        var good = Rotation(_buyer, _next, TimeSpan.Zero);
        Refusal.Is(AgentKeyRefusal.AgentKeyProofIsWrong, await _buyer.AskAsync(
            good with { Proof = good.Authorization }));
        Refusal.Is(AgentKeyRefusal.AgentKeyNotAuthorized, await _buyer.AskAsync(
            good with { Authorization = good.Proof }));
        Refusal.Is(AgentKeyRefusal.AgentKeyDocumentIsInvalid, await _buyer.AskAsync(
            good with { Document = new byte[] { 0x90 } }));
        Refusal.Is(AgentKeyRefusal.AgentUnknown, await _seller.AskAsync(good));
        Refusal.Is(AgentKeyRefusal.AgentUnknown, await _seller.AskAsync(
            new RevokeKey(PrintOf(_buyer.Key), KeyRevocationReason.Lost, _buyer.Agent!.Number)));
        Refusal.Is(AgentKeyRefusal.AgentKeyUnknown, await _seller.AskAsync(
            new RevokeKey(PrintOf(_buyer.Key), KeyRevocationReason.Lost)));
    }

    [Fact]
    public async Task Eight_wrong_signatures_are_refused_and_the_ninth_closes_the_connection_and_so_does_one_after_it()
    {
        for (var i = 0; i < 8; i++)
        {
            Refusal.Is(GatewayRefusal.SignatureIsWrong, await _buyer.AskAsync(Forged()));
        }

        Refusal.Is(AgentKeyRefusal.TooManyWrongSignatures, await _buyer.AskAsync(Forged()));
        Assert.False(await _buyer.Notices.WaitToReadAsync().AsTask().WaitAsync(TestAgent.Patience));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, _buyer.CloseStatus);

        await using var again = await TestAgent.AuthenticateAsync(_market.Uri, CopyOf(_buyer.Key));
        await again.AskAsync<ActRecorded>(again.Signed(Some.Opening(_listing, offer: Some.Offer(6_000))));
        Refusal.Is(AgentKeyRefusal.TooManyWrongSignatures, await again.AskAsync(Forged()));
        await _seller.AskAsync<Balances>(new GetBalances());
    }

    private static Hash256 PrintOf(ECDsa key) => Hash256.Of(key.ExportSubjectPublicKeyInfo());

    private static byte[] Sign(ECDsa key, byte[] payload) =>
        key.SignData(payload, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static ECDsa CopyOf(ECDsa key) => ECDsa.Create(key.ExportParameters(includePrivateParameters: true));

    private static async Task AssertEndedAsync(TestAgent agent, AgentKeyRefusal refusal)
    {
        using var timeout = new CancellationTokenSource(TestAgent.Patience);
        Refusal.Is(refusal, await agent.Notices.ReadAsync(timeout.Token));
        Assert.False(await agent.Notices.WaitToReadAsync(timeout.Token));
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, agent.CloseStatus);
    }

    private static RotateKey Rotation(TestAgent agent, ECDsa next, TimeSpan overlap)
    {
        var document = WireFormat.Encode(new AgentKeyDocument(
            agent.Agent!.Number, next.ExportSubjectPublicKeyInfo(), PrintOf(agent.Key), overlap,
            LedgerTime.FromUtc(DateTimeOffset.UtcNow + TimeSpan.FromHours(1))));
        var payload = SignedPayload.ForAgentKey(agent.Hello.Market, document);
        return new RotateKey(document, Sign(next, payload), agent.Sign(payload));
    }

    private SignedAct Forged() => _buyer.Signed(Some.Opening(_listing, offer: Some.Offer(6_000))) with
    {
        Signature = new byte[64],
    };

    private SignedAct SignedBy(ECDsa key, object act)
    {
        var bytes = WireCatalog.EncodeTagged(act);
        return new SignedAct(bytes, Sign(key, SignedPayload.ForAct(_market.Host.MarketId, bytes)));
    }

    private async Task AssertNotLetInAsync(ECDsa key, AgentKeyRefusal refusal)
    {
        await using var agent = await TestAgent.ConnectAsync(_market.Uri, CopyOf(key));
        await agent.SendAsync(7, agent.Proof());
        Refusal.Is(refusal, (await agent.ReceiveAsync())!.Message);
        Assert.Null(await agent.ReceiveAsync());
    }
}
