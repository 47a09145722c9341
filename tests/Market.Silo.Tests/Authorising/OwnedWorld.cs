using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Gateway.Authorising;
using Market.Silo.Tests.Hosting;
using Market.Silo.Tests.Support;
using MandateGranted = Market.Domain.Wire.Messages.MandateGranted;

namespace Market.Silo.Tests.Authorising;

/// <summary>
/// A served market in which Alice and Bob own one thing of each kind, and Carol and Dave, a buyer and a seller with
/// principals' keys of their own, own none of them.
/// </summary>
internal sealed class OwnedWorld : IAsyncDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestMarket _market;
    private readonly Dictionary<SessionKinds, TestAgent> _strangers = [];
    private readonly List<TestAgent> _agents = [];

    private OwnedWorld(TestMarket market) => _market = market;

    public TestMarket Market => _market;

    public long Head => _market.Host.Journal.Head;

    public Listing Open { get; private set; } = null!;

    public Things Owned { get; private set; } = new();

    /// <summary>Somebody of a kind who owns nothing.</summary>
    public TestAgent Stranger(SessionKinds kind) => _strangers[kind];

    public static async Task<OwnedWorld> StartAsync()
    {
        var world = new OwnedWorld(await TestMarket.StartAsync(
            configure: static options => options with { StartingBalance = null }));
        await world.FillAsync();
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }

        await _market.DisposeAsync();
    }

    private async Task FillAsync()
    {
        var (alice, bob) = (Keep(await _market.BuyerAsync()), Keep(await _market.SellerAsync()));
        var (carol, dave) = (Keep(await _market.BuyerAsync("carol")), Keep(await _market.SellerAsync("dave")));
        _strangers[SessionKinds.Unregistered] = Keep(await TestAgent.AuthenticateAsync(_market.Uri));
        _strangers[SessionKinds.Buyer] = carol;
        _strangers[SessionKinds.Seller] = dave;
        var granted = await GrantAsync(alice, 6_000);
        await EnrolAsync(alice);
        await EnrolAsync(dave);
        _strangers[SessionKinds.Principal] =
            Keep(await TestAgent.AuthenticateAsync(_market.Uri, await EnrolAsync(carol)));

        Open = await PublishAsync(bob, Some.Listing());
        var negotiation = await NegotiateAsync(alice, bob, granted);
        var request = (await alice.AskAsync<RequestPublished>(
            new PublishRequest(Some.Message(), new RequestDraft("Coffee", "For us.", 1)))).Request.Id;
        var (mandate, hosted, key, hosting) = await HostAsync(bob);
        Owned = new Things
        {
            Agent = alice.Agent!.Number,
            Negotiation = negotiation.Id,
            Mandate = mandate,
            Request = request,
            Listing = hosted,
            Tender = (await alice.AskAsync<TenderRecorded>(new OpenTender(
                Some.Message(), request, null, Hour, [bob.Agent!.Number], 10, Hour))).Tender,
            Approval = negotiation.Approval,
            SessionKey = key,
            Hosting = hosting,
        };
        await QuietAsync();
    }

    private TestAgent Keep(TestAgent agent)
    {
        _agents.Add(agent);
        return agent;
    }

    private static async Task<Listing> PublishAsync(TestAgent seller, ListingDraft draft) =>
        (await seller.AskAsync<ListingPublished>(new PublishListing(Some.Message(), draft))).Listing;

    private static async Task<MandateId> GrantAsync(TestAgent agent, long? approvalAbove = null) =>
        (await agent.AskAsync<MandateGranted>(new GrantOwnMandate(
            Some.Message(), Currency.Usd, 1_000_00, 1_000_00, Hour, ApprovalAboveMinor: approvalAbove))).Mandate;

    /// <summary>Bob's firm offer stands, and Alice has asked to approve it.</summary>
    private async Task<(NegotiationId Id, ApprovalId Approval)> NegotiateAsync(
        TestAgent alice, TestAgent bob, MandateId granted)
    {
        var opening = Some.Opening(Open, offer: Some.Offer(5_000)) with { Mandate = granted };
        var id = (await alice.AskAsync<ActRecorded>(alice.Signed(opening))).Negotiation;
        await bob.AskAsync<ActRecorded>(bob.Signed(new MakeOffer(Some.Message(), id, 1, Some.Offer(9_000))));
        var asked = await alice.AskAsync<ApprovalAsked>(new RequestApproval(Some.Message(), id, Hour, OfferNumber: 2));
        return (id, asked.Id);
    }

    private static async Task<(MandateId, ListingId, SessionKeyId, HostingId)> HostAsync(TestAgent bob)
    {
        var mandate = await GrantAsync(bob);
        var listing = await PublishAsync(bob, HostedBench.Draft(mandate));
        var made = await bob.AskAsync<SessionKeyMade>(new MakeSessionKey(Some.Message()));
        await bob.AskAsync<SessionKeyRecorded>(bob.Signed(new EnrolSessionKey(
            Some.Message(), made.Key, made.PublicKey, mandate, LedgerTime.FromUtc(DateTimeOffset.UtcNow) + Hour)));
        var hosted = await bob.AskAsync<HostingRecorded>(new HostStrategy(
            Some.Message(), "Linear", HostedUtility.PriceAtLeast(6_000), mandate, made.Key, [listing.Id]));
        return (mandate, listing.Id, made.Key, hosted.Hosting);
    }

    private static async Task<ECDsa> EnrolAsync(TestAgent agent)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = key.ExportSubjectPublicKeyInfo();
        var document = new PrincipalKeyDocument(agent.Agent!.Principal, publicKey, 1);
        var payload = SignedPayload.ForPrincipalKey(agent.Hello.Market, WireFormat.Encode(document));
        await agent.AskAsync<PrincipalEnrolled>(new EnrolPrincipalKey(publicKey, 1, key.SignData(
            payload, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)));
        return key;
    }

    /// <summary>
    /// Waits for what follows by itself: the ledger's answers about two stocks and a need, and one invitation.
    /// </summary>
    private async Task QuietAsync()
    {
        using var patience = new CancellationTokenSource(TestAgent.Patience * 3);
        int[] awaited = [WireCatalog.NumberOf(typeof(Domain.Settling.LedgerCommandAnswered)),
            WireCatalog.NumberOf(typeof(SellerInvited))];
        while (true)
        {
            var rows = await _market.Host.Journal.ReadForwardAsync(0, 10_000, patience.Token);
            if (rows.Count(row => awaited.Contains(NumberOf(row.Body.Span))) == 4)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }

    private static int NumberOf(ReadOnlySpan<byte> body)
    {
        var reader = new MessagePackReader(body);
        reader.BeginArray(required: 2);
        return (int)reader.ReadInt64();
    }
}
