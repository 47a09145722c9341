using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Tests.Audit;

/// <summary>An agent with a key, whose acts it sends as the gateway would pass them on.</summary>
internal sealed class TestAgent
{
    private static readonly NegotiationRules Rules =
        new(Protocol.Bilateral, RoundsMax: 10, TimeSpan.FromHours(1), FeeBasisPoints: 100, SignaturesRequired: true);

    private readonly TestMarket _market;
    private readonly ECDsa _key;

    private TestAgent(TestMarket market, ECDsa key, Agent agent)
    {
        _market = market;
        _key = key;
        Number = agent.Number;
        Principal = agent.Principal;
    }

    public AgentNumber Number { get; }

    public PrincipalNumber Principal { get; }

    public static async Task<TestAgent> RegisterAsync(TestMarket market, string name, AgentRole role)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var profile = new AgentProfile(name, name, role, new Disclosure("tests", "scripted", "1"));
        var found = await market.AskAsync(GrainId.Directory, new EnrolAgent(key.ExportSubjectPublicKeyInfo(), profile));
        return new TestAgent(market, key, ((AgentFound)found!).Agent!);
    }

    public Task<Listing> PublishAsync(long unitPrice, long stock) => PublishAsync(new ListingDraft(
        "Espresso machine", "kitchen", "", [new ListingLine("machine", unitPrice)], [], Currency.Usd,
        [Issue.UnitPrice(100, 100_000), Issue.Quantity(1, 10), Issue.Range("delivery days", 1, 10)],
        [unitPrice, 1, 5], stock));

    public async Task<Listing> PublishAsync(ListingDraft draft)
    {
        var id = new ListingId(Guid.CreateVersion7(_market.Now.ToUtc()));
        var reply = await _market.AskAsync(
            GrainId.OfSeller(Number), new AddListing(Number, Principal, NewMessage(), default, id, draft));
        return ((ListingPublished)reply!).Listing;
    }

    /// <summary>Changes a listing; asks again where the ledger has to answer first.</summary>
    public async Task<Listing> ChangeAsync(Listing listing, ListingDraft draft)
    {
        var change = new ChangeListing(
            Number, Principal, NewMessage(), default, listing.Id, listing.Version, draft);
        var reply = await _market.AskAsync(GrainId.OfSeller(Number), change);
        return ((ListingPublished)(reply is Refused
            ? await _market.AskAsync(GrainId.OfSeller(Number), change)
            : reply)!).Listing;
    }

    public async Task WithdrawAsync(Listing listing) => Assert.IsType<ListingWithdrawn>(await _market.AskAsync(
        GrainId.OfSeller(Number),
        new EndListing(Number, Principal, NewMessage(), default, listing.Id, listing.Version)));

    public async Task<Request> NeedAsync(long quantity)
    {
        var id = new RequestId(Guid.CreateVersion7(_market.Now.ToUtc()));
        var reply = await _market.AskAsync(
            GrainId.OfBuyer(Number),
            new AddRequest(Number, Principal, NewMessage(), default, id, new RequestDraft("A machine", "", quantity)));
        return ((RequestPublished)reply!).Request;
    }

    /// <summary>Opens a negotiation with a firm offer, or buys at the posted price.</summary>
    public async Task<NegotiationId> OpenAsync(
        Listing listing, Request? request, ProposedOffer? offer, Protocol protocol = Protocol.Bilateral,
        int impasseAfter = 0)
    {
        var message = NewMessage();
        ValueArray<OrderLine> order = [new OrderLine(0, 1)];
        var subject = ListingRules.SubjectOf(listing, order, request?.Id);
        var proposed = protocol == Protocol.PostedPrice ? ProposedOffer.Firm(subject.Posted!) : offer;
        var act = new OpenNegotiation(
            message, listing.Id, listing.Version, order, request?.Id, null, protocol, Rules.RoundsMax, Rules.Duration,
            proposed, impasseAfter);
        var (digest, evidence) = Sign(act);
        var id = new NegotiationId(MessageIds.Derive("negotiation", _market.Id, Number, message));
        await Recorded(id, new OpenNegotiationCommand(
            message, digest, id, Party.Buyer, new Participant(Number, Principal, null),
            new Participant(listing.Seller, listing.Principal, null), subject,
            Rules with { Protocol = protocol, ImpasseAfter = impasseAfter },
            proposed, proposed is null ? null : evidence));
        return id;
    }

    public Task<ActRecorded> OfferAsync(NegotiationId id, long seq, ProposedOffer offer) =>
        ActAsync(id, new MakeOffer(NewMessage(), id, seq, offer), default);

    public async Task<ActRecorded> AcceptAsync(NegotiationId id, long seq, long? quantity = null)
    {
        var standing = (StandingOffer)(await _market.AskAsync(GrainId.Of(id), new GetStandingOffer(Number)))!;
        var offer = standing.Offer!;
        return await ActAsync(
            id, new AcceptOffer(NewMessage(), id, seq, offer.Number, offer.Hash, quantity), offer.Hash);
    }

    public Task<ActRecorded> InquireAsync(NegotiationId id, string text) =>
        ActAsync(id, new Inquire(NewMessage(), id, 0, text), default);

    public Task<ActRecorded> InformAsync(NegotiationId id, long inReplyTo, string text) =>
        ActAsync(id, new Inform(NewMessage(), id, 0, inReplyTo, [], text), default);

    public Task<ActRecorded> WithdrawAsync(NegotiationId id, long seq, long offer) =>
        ActAsync(id, new WithdrawOffer(NewMessage(), id, seq, offer), default);

    public Task<ActRecorded> RejectAsync(NegotiationId id, long seq, long offer) =>
        ActAsync(id, new RejectOffer(NewMessage(), id, seq, offer, ReasonCode.Price), default);

    /// <summary>The act's digest, and the agent's signature over it.</summary>
    public (ActDigest Digest, Evidence Evidence) Sign(object act)
    {
        var bytes = WireCatalog.EncodeTagged(act);
        var signature = _key.SignData(
            SignedPayload.ForAct(_market.Id, bytes), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return (ActDigest.Of(bytes), new Evidence(Number, bytes, signature));
    }

    private async Task<ActRecorded> ActAsync(NegotiationId id, NegotiationAct act, Hash256 verifiedOffer)
    {
        var (digest, evidence) = Sign(act);
        var isBinding = act is MakeOffer or AcceptOffer;
        return await Recorded(id, new PerformAct(Number, act, digest, isBinding ? evidence : null, verifiedOffer));
    }

    private async Task<ActRecorded> Recorded(NegotiationId id, object command) =>
        Assert.IsType<ActRecorded>(await _market.AskAsync(GrainId.Of(id), command));

    private MessageId NewMessage() => new(Guid.CreateVersion7(_market.Now.ToUtc()));
}
