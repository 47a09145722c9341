using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;
using MandateGranted = Market.Domain.Wire.Messages.MandateGranted;

namespace Market.Silo.Tests.Approvals;

/// <summary>Who may say what with which key, on the bare wire.</summary>
public sealed class PrincipalSessionTests : IAsyncLifetime
{
    private readonly ECDsa _alicesKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private TestMarket _market = null!;
    private TestAgent _buyer = null!;
    private TestAgent _seller = null!;
    private Listing _listing = null!;
    private MandateId _mandate;

    public async Task InitializeAsync()
    {
        _market = await TestMarket.StartAsync();
        (_buyer, _seller, _listing) = await _market.TradersAsync();
        _mandate = (await _buyer.AskAsync<MandateGranted>(Grant())).Mandate;
    }

    public async Task DisposeAsync()
    {
        await _buyer.DisposeAsync();
        await _seller.DisposeAsync();
        await _market.DisposeAsync();
        _alicesKey.Dispose();
    }

    [Fact]
    public async Task Welcome_says_whose_key_it_is_and_a_principal_is_no_agent()
    {
        await _buyer.AskAsync<PrincipalEnrolled>(Enrolment(_alicesKey));
        await using var alice = await TestAgent.ConnectAsync(_market.Uri, CopyOf(_alicesKey));
        await alice.SendAsync(1, alice.Proof());
        var welcome = Assert.IsType<Welcome>((await alice.ReceiveAsync())!.Message);
        Assert.Null(welcome.Agent);
        Assert.Equal((_buyer.Agent!.Principal, "alice", 1), (
            welcome.Principal!.Number, welcome.Principal.Handle, welcome.Principal.Revision));
        alice.StartReading();

        object[] denied =
        [
            new Subscribe(default), new Register(Some.Profile()), new GetBalances(), Some.Search(),
            new PublishListing(Some.Message(), Some.Listing()), Some.Opening(_listing),
            new SetAdmission(1, null), new GetCounterparty(default),
            new RequestApproval(Some.Message(), default, TimeSpan.FromMinutes(1)),
        ];
        foreach (var message in denied)
        {
            Refusal.Is(ApprovalRefusal.NotForPrincipals, await alice.AskAsync(message));
        }

        Assert.Empty((await alice.AskAsync<ApprovalsListed>(new ListApprovals())).Approvals);
        Refusal.Is(ApprovalRefusal.ApprovalUnknown, await alice.AskAsync(new GetApproval(default)));
    }

    [Fact]
    public async Task A_principal_reads_suspends_and_revokes_its_mandates()
    {
        var mandate = (await _buyer.AskAsync<MandateGranted>(Grant())).Mandate;
        await _buyer.AskAsync<PrincipalEnrolled>(Enrolment(_alicesKey));
        await using var alice = await TestAgent.AuthenticateAsync(_market.Uri, CopyOf(_alicesKey));

        await alice.AskAsync<MandateState>(new GetMandate(mandate));
        await alice.AskAsync<MandateChanged>(new SuspendOwnMandate(Some.Message(), mandate, 1));
        await alice.AskAsync<LedgerRecorded>(new RevokeOwnMandate(Some.Message(), mandate));
        Refusal.Is(LedgerRefusal.MandateUnknown, await alice.AskAsync(new GetMandate(default)));
    }

    [Fact]
    public async Task Until_there_is_a_key_no_approval_is_possible_and_the_refusal_says_what_to_do()
    {
        var (negotiation, _) = await OfferedAsync(_buyer);
        var refused = Refusal.Is(ApprovalRefusal.PrincipalHasNoKey, await _buyer.AskAsync(Ask(negotiation)));
        Assert.Contains("market approvals enrol", refused.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agents_key_answers_nothing_and_signs_nothing()
    {
        await _buyer.AskAsync<PrincipalEnrolled>(Enrolment(_alicesKey));
        var (negotiation, _) = await OfferedAsync(_buyer);
        var id = (await _buyer.AskAsync<ApprovalAsked>(Ask(negotiation))).Id;
        await using var alice = await TestAgent.AuthenticateAsync(_market.Uri, CopyOf(_alicesKey));
        var asked = (await alice.AskAsync<ApprovalState>(new GetApproval(id))).Approval;

        Refusal.Is(ApprovalRefusal.OnlyForPrincipals, await _buyer.AskAsync(Decision(asked, _alicesKey)));
        Refusal.Is(ApprovalRefusal.ApprovalSignatureIsWrong, await alice.AskAsync(Decision(asked, _buyer.Key)));
        Refusal.Is(
            ApprovalRefusal.ApprovalDocumentDiffers,
            await alice.AskAsync(Decision(asked with { Matter = asked.Matter with { Agent = new(9) } }, _alicesKey)));
        Refusal.Is(
            LedgerRefusal.ApprovalRequired, await _buyer.AskAsync(_buyer.Signed(await AcceptAsync(negotiation))));

        var decision = Decision(asked, _alicesKey);
        var decided = await alice.AskAsync<ApprovalDecided>(decision);
        Assert.Equal(decided, await alice.AskAsync(decision));
        Refusal.Is(ApprovalRefusal.ApprovalAlreadyAnswered, await alice.AskAsync(Decision(asked, _alicesKey)));
        var accept = _buyer.Signed(await AcceptAsync(negotiation));
        var recorded = await _buyer.AskAsync<ActRecorded>(accept);
        Assert.Equal(recorded, await _buyer.AskAsync(accept));
    }

    [Fact]
    public async Task A_stranger_and_the_counterparty_find_no_approval()
    {
        await _buyer.AskAsync<PrincipalEnrolled>(Enrolment(_alicesKey));
        var (negotiation, _) = await OfferedAsync(_buyer);
        var id = (await _buyer.AskAsync<ApprovalAsked>(Ask(negotiation))).Id;

        Refusal.Is(ApprovalRefusal.ApprovalUnknown, await _seller.AskAsync(new GetApproval(id)));
        Assert.Empty((await _seller.AskAsync<ApprovalsListed>(new ListApprovals())).Approvals);
    }

    [Fact]
    public async Task A_new_key_ends_the_sessions_and_the_unused_approvals_of_the_old_one()
    {
        await _buyer.AskAsync<PrincipalEnrolled>(Enrolment(_alicesKey));
        var (negotiation, _) = await OfferedAsync(_buyer);
        var id = (await _buyer.AskAsync<ApprovalAsked>(Ask(negotiation))).Id;
        await using var alice = await TestAgent.AuthenticateAsync(_market.Uri, CopyOf(_alicesKey));
        var asked = (await alice.AskAsync<ApprovalState>(new GetApproval(id))).Approval;
        await alice.AskAsync<ApprovalDecided>(Decision(asked, _alicesKey));

        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Refusal.Is(ApprovalRefusal.KeyChangeNotAuthorized, await _buyer.AskAsync(Enrolment(next, 2)));
        Refusal.Is(
            ApprovalRefusal.KeyChangeNotAuthorized, await _buyer.AskAsync(Enrolment(next, 2, _buyer.Key)));
        var change = Enrolment(next, 2, _alicesKey);
        var enrolled = (await alice.AskAsync<PrincipalEnrolled>(change)).Principal;
        Assert.Equal(2, enrolled.Revision);
        Assert.Equal(2, (await alice.AskAsync<PrincipalEnrolled>(change)).Principal.Revision);

        Refusal.Is(ApprovalRefusal.PrincipalKeyReplaced, await alice.AskAsync(new ListApprovals()));
        Refusal.Is(
            LedgerRefusal.ApprovalRequired, await _buyer.AskAsync(_buyer.Signed(await AcceptAsync(negotiation))));
    }

    [Fact]
    public async Task A_key_has_to_prove_itself_and_be_nobody_elses()
    {
        Refusal.Is(
            ApprovalRefusal.ProofOfKeyIsWrong,
            await _buyer.AskAsync(Enrolment(_alicesKey) with { Proof = new byte[64] }));
        Refusal.Is(
            ApprovalRefusal.PrincipalKeyIsInvalid,
            await _buyer.AskAsync(Enrolment(_alicesKey) with { PublicKey = new byte[91] }));
        Refusal.Is(ApprovalRefusal.KeyBelongsToAnAgent, await _buyer.AskAsync(Enrolment(_buyer.Key)));
        await _buyer.AskAsync<PrincipalEnrolled>(Enrolment(_alicesKey));

        await using var thief = await TestAgent.AuthenticateAsync(_market.Uri);
        Refusal.Is(EnrolmentRefusal.AgentNotRegistered, await thief.AskAsync(Enrolment(_alicesKey)));
    }

    [Fact]
    public async Task An_approval_is_asked_for_only_where_the_mandate_asks_for_one()
    {
        await _buyer.AskAsync<PrincipalEnrolled>(Enrolment(_alicesKey));
        var (within, _) = await OfferedAsync(_buyer, price: 9_000);
        Refusal.Is(ApprovalRefusal.ApprovalNotNeeded, await _buyer.AskAsync(Ask(within)));
        var (above, mandate) = await OfferedAsync(_buyer, price: 10_001);
        Refusal.Is(LedgerRefusal.MandatePerDealMaxExceeded, await _buyer.AskAsync(Ask(above)));
        Refusal.Is(NegotiationRefusal.NegotiationNotFound, await _buyer.AskAsync(Ask(default)));

        var ask = Ask((await OfferedAsync(_buyer)).Negotiation);
        var asked = await _buyer.AskAsync<ApprovalAsked>(ask);
        await _buyer.AskAsync<LedgerRecorded>(new RevokeOwnMandate(Some.Message(), mandate));
        Assert.Equal(asked, await _buyer.AskAsync(ask));
    }

    private static GrantOwnMandate Grant() => new(
        Some.Message(), Currency.Usd, 10_000, 100_000, TimeSpan.FromDays(1), ApprovalAboveMinor: 9_000);

    private static RequestApproval Ask(NegotiationId negotiation) =>
        new(Some.Message(), negotiation, TimeSpan.FromMinutes(5), OfferNumber: 2);

    private static byte[] Sign(ECDsa key, byte[] payload) =>
        key.SignData(payload, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    // An agent of these tests disposes of its key.
    private static ECDsa CopyOf(ECDsa key) => ECDsa.Create(key.ExportParameters(includePrivateParameters: true));

    private EnrolPrincipalKey Enrolment(ECDsa key, int revision = 1, ECDsa? before = null)
    {
        var publicKey = key.ExportSubjectPublicKeyInfo();
        var payload = SignedPayload.ForPrincipalKey(_market.Host.MarketId, WireFormat.Encode(
            new PrincipalKeyDocument(_buyer.Agent!.Principal, publicKey, revision)));
        return new EnrolPrincipalKey(
            publicKey, revision, Sign(key, payload), before is null ? default : Sign(before, payload));
    }

    private DecideApproval Decision(ApprovalRecord asked, ECDsa key)
    {
        var expiresAt = LedgerTime.FromUtc(DateTimeOffset.UtcNow + TimeSpan.FromMinutes(10));
        var document = WireFormat.Encode(ApprovalDocument.Of(asked.Matter, expiresAt));
        return new DecideApproval(
            Some.Message(), asked.Id, ApprovalAnswer.Approve, document,
            Sign(key, SignedPayload.ForApproval(_market.Host.MarketId, document)));
    }

    /// <summary>The buyer has a mandate with a threshold, and the seller's offer stands.</summary>
    private async Task<(NegotiationId Negotiation, MandateId Mandate)> OfferedAsync(TestAgent buyer, long price = 9_400)
    {
        var opening = Some.Opening(_listing, offer: Some.Offer(6_000)) with { Mandate = _mandate };
        var opened = await buyer.AskAsync<ActRecorded>(buyer.Signed(opening));
        var offer = new MakeOffer(Some.Message(), opened.Negotiation, 1, Some.Offer(price));
        await _seller.AskAsync<ActRecorded>(_seller.Signed(offer));
        return (opened.Negotiation, _mandate);
    }

    private async Task<AcceptOffer> AcceptAsync(NegotiationId negotiation)
    {
        var standing = (Market.Grains.StandingOffer)await _market.Host.Cluster.AskAsync(
            Market.Grains.Hosting.GrainId.Of(negotiation), new Market.Grains.GetStandingOffer(_buyer.Agent!.Number));
        return new AcceptOffer(Some.Message(), negotiation, 2, 2, standing.Offer!.Hash);
    }
}
