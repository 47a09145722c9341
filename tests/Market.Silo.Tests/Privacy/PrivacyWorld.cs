using System.Buffers.Binary;
using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Listings;
using Market.Grains.Mandates;
using Market.Grains.Searching;
using Market.Silo.Gateway;
using Market.Testing.Hosting;

namespace Market.Silo.Tests.Privacy;

/// <summary>
/// A whole market behind the gateway's dispatcher, with a buyer and a seller, each with private things of its own, a
/// listing and a request. Everything else is the same in every world: clock, ids, order of acts.
/// </summary>
internal sealed class PrivacyWorld : IAsyncDisposable
{
    /// <summary>Units of the listing, and of the need: both run out in some scripts.</summary>
    public const long Stock = 9;

    private const long Needed = 4;

    private readonly InProcessMarket _market;
    private readonly SqliteCatalog _catalog;
    private readonly ListingVersions _listings;
    private readonly AgentKeyCache _keys;
    private readonly Dispatcher _dispatcher;
    private readonly Dictionary<Party, Agent> _agents = [];
    private readonly Dictionary<Party, long> _seen = [];
    private readonly Dictionary<Party, ECDsa> _principalKeys = [];
    private readonly Dictionary<long, HashSet<AgentNumber>> _groups = [];
    private readonly OpenTenders _tenders;
    private readonly MandateWatch _mandates;
    private int _messages;
    private long _seenUpTo;

    private PrivacyWorld(InProcessMarket market)
    {
        _market = market;
        var cluster = new NotedCluster(market);
        _catalog = new SqliteCatalog(market.Journal);
        _keys = new AgentKeyCache(cluster);
        var options = new GatewayOptions(market.Id, "privacy", 100, SignaturesRequired: false, default, market.Clock);
        _listings = new ListingVersions(market.Journal);
        _tenders = new OpenTenders(market.Journal);
        _mandates = new MandateWatch(market.Journal);
        _dispatcher = new Dispatcher(
            cluster, _catalog, _tenders, _listings, new ActVerifier(cluster, _keys, market.Id), options, _mandates)
        {
            TenderNonces = static tender => Hash256.Of(tender.Value.ToByteArray()),
        };
    }

    /// <summary>The seller's listing.</summary>
    public Listing Listing { get; private set; } = null!;

    /// <summary>The buyer's request.</summary>
    public RequestId Request { get; private set; }

    /// <summary>The mandates that both sides act under.</summary>
    public Dictionary<Party, MandateId> Mandates { get; } = [];

    /// <summary>A side's number.</summary>
    public AgentNumber NumberOf(Party party) => _agents[party].Number;

    /// <summary>A message id of the market's time; the n-th is the same in every world.</summary>
    public MessageId NextMessage()
    {
        Span<byte> id = stackalloc byte[16];
        var milliseconds = (_market.Now.Ticks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMillisecond;
        BinaryPrimitives.WriteInt64BigEndian(id, milliseconds << 16);
        id[6] = 0x70;
        id[8] = 0x80;
        BinaryPrimitives.WriteInt32BigEndian(id[12..], ++_messages);
        return new MessageId(new Guid(id, bigEndian: true));
    }

    /// <summary>Opens one.</summary>
    /// <param name="buyer">The buyer's private things.</param>
    /// <param name="seller">The seller's.</param>
    /// <param name="refusesEarly">Whether a side is refused at once what its mandate forbids, or by the ledger.</param>
    public static async Task<PrivacyWorld> OpenAsync(PrivateThings buyer, PrivateThings seller, bool refusesEarly)
    {
        WireCatalog.Register(typeof(MarketGrains).Assembly);
        var market = await InProcessMarket.StartAsync(new InProcessMarketOptions { Watches = refusesEarly });
        var world = new PrivacyWorld(market);
        await world._catalog.StartAsync();
        await world._listings.StartAsync();
        await world._tenders.StartAsync();
        await world._mandates.StartAsync();
        await world.EnrolAsync(Party.Buyer, AgentRole.Buyer, "alice", buyer);
        await world.EnrolAsync(Party.Seller, AgentRole.Seller, "bob", seller);
        await world.PublishAsync();
        await market.SettleDownAsync();
        world._seenUpTo = market.Journal.Head;
        return world;
    }

    /// <summary>Does what a side asks, and lets everything that follows from it happen.</summary>
    public async Task<object> AskAsync(Party by, object message)
    {
        var request = AgentRequest.Decode(FrameOf(message));
        Assert.Null(request.Refusal);
        var answer = Dispatcher.AnswerOf(await _dispatcher.AskAsync(_agents[by], request), message);
        await _market.SettleDownAsync();
        return answer;
    }

    /// <summary>A side's principal answers, by its own key, the oldest question that waits for it.</summary>
    /// <returns>The market's answer, or null where nothing waits.</returns>
    public async Task<object?> AnswerApprovalAsync(Party of, MessageId message, bool approves)
    {
        var principal = await PrincipalOfAsync(of);
        var listed = (ApprovalsListed)await _dispatcher.AskAsync(
            principal, AgentRequest.Decode(FrameOf(new ListApprovals())));
        if (listed.Approvals is not [.., var waiting])
        {
            return null;
        }

        var document = WireFormat.Encode(ApprovalDocument.Of(waiting.Matter, _market.Now + TimeSpan.FromMinutes(20)));
        var decide = approves
            ? new DecideApproval(message, waiting.Id, ApprovalAnswer.Approve, document, Sign(
                of, SignedPayload.ForApproval(_market.Id, document)))
            : new DecideApproval(message, waiting.Id, ApprovalAnswer.Deny);
        var answer = await _dispatcher.AskAsync(principal, AgentRequest.Decode(FrameOf(decide)));
        await _market.SettleDownAsync();
        return answer;
    }

    /// <summary>Lets time pass, with all that comes due.</summary>
    public Task WaitAsync(TimeSpan span) => _market.AdvanceAsync(span);

    /// <summary>What a negotiation has come to, as both sides may know it.</summary>
    public async Task<NegotiationState> StateOfAsync(NegotiationId id)
    {
        var state = new NegotiationState(_market.Id);
        foreach (var @event in await _market.ReadNegotiationAsync(id))
        {
            state.Apply(@event);
        }

        return state;
    }

    /// <summary>What a tender has come to.</summary>
    public async Task<TenderState> StateOfAsync(TenderId id)
    {
        var state = new TenderState(_market.Id);
        var stream = (await _market.Journal.OpenAsync(GrainId.Of(id))).Number;
        foreach (var row in await _market.Journal.ReadStreamAsync(stream, 0, 10_000))
        {
            state.Apply((TenderEvent)WireCatalog.DecodeTagged(row.Body.Span));
        }

        return state;
    }

    /// <summary>
    /// The events since the last call, as the event pump sends them to each side. Negotiations that one step ends all
    /// at once are written in an order that the threads make and nobody chooses: they come in the order of their ids.
    /// </summary>
    public async Task<List<(Party Viewer, object Notice)>> NewEventsAsync()
    {
        var notices = new List<(Party, object)>();
        var rows = await _market.Journal.ReadForwardAsync(_seenUpTo, 10_000);
        _seenUpTo = rows.Count == 0 ? _seenUpTo : rows[^1].Position;
        foreach (var row in rows.OrderBy(static row => row.Stream).ThenBy(static row => row.Version))
        {
            foreach (var (viewer, agent) in _agents)
            {
                if (IsFor(row, agent.Number))
                {
                    notices.Add((viewer, NoticeOf(row, viewer)));
                }
            }
        }

        return notices;
    }

    public async ValueTask DisposeAsync()
    {
        await _market.DisposeAsync();
        await _tenders.DisposeAsync();
        await _mandates.DisposeAsync();
        foreach (var key in _principalKeys.Values)
        {
            key.Dispose();
        }

        await _catalog.DisposeAsync();
        await _listings.DisposeAsync();
        _keys.Dispose();
    }

    /// <summary>The cursor is the count of what the side has seen: a real one says less, being opaque.</summary>
    private object NoticeOf(JournalRow row, Party viewer)
    {
        var cursor = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(cursor, _seen[viewer] = _seen.GetValueOrDefault(viewer) + 1);
        return WireCatalog.DecodeTagged(row.Body.Span) is var fact && fact is NegotiationEvent @event
            ? new EventNotice(cursor, row.Version, NegotiationViews.SeenBy(@event, viewer))
            : new AgentNotice(cursor, ((AgentEvent)fact).SeenBy(_agents[viewer].Number));
    }

    private bool IsFor(JournalRow row, AgentNumber agent)
    {
        if (row.Audience.IsJoining)
        {
            _groups.TryAdd(row.Stream, []);
            _groups[row.Stream].Add(row.Audience.First);
        }

        return row.Audience.IsWholeGroup
            ? _groups.TryGetValue(row.Stream, out var group) && group.Contains(agent)
            : row.Audience.Includes(agent);
    }

    private static byte[] FrameOf(object message) => WireCatalog.EncodeFrame(1, message);

    private async Task EnrolAsync(Party party, AgentRole role, string name, PrivateThings own)
    {
        var profile = new AgentProfile(name, name, role, new Disclosure("Tests", "scripted", "1"));
        var enrol = new EnrolAgent(new byte[] { (byte)party }, profile);
        var found = (AgentFound)await _market.AskAsync(GrainId.Directory, enrol);
        _agents[party] = found.Agent!;
        var deposit = new Deposit(
            LedgerCommandIds.For("deposit", found.Agent!.Principal), found.Agent.Principal,
            new Money(own.Balance, Currency.Usd));
        Assert.IsType<LedgerDone>(await _market.AskAsync(deposit));
        var granted = await AskAsync(party, new GrantOwnMandate(
            NextMessage(), Currency.Usd, own.PerDealMax, own.BudgetMax, TimeSpan.FromDays(1),
            DealsMax: own.DealsMax, ApprovalAboveMinor: own.ApprovalAbove));
        Mandates[party] = Assert.IsType<Domain.Wire.Messages.MandateGranted>(granted).Mandate;

        var key = _principalKeys[party] = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var document = new PrincipalKeyDocument(found.Agent.Principal, key.ExportSubjectPublicKeyInfo(), 1);
        var proof = Sign(party, SignedPayload.ForPrincipalKey(_market.Id, WireFormat.Encode(document)));
        Assert.IsType<PrincipalEnrolled>(
            await AskAsync(party, new EnrolPrincipalKey(document.PublicKey, 1, proof)));
    }

    private byte[] Sign(Party party, byte[] payload) => _principalKeys[party].SignData(
        payload, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private async Task<EnrolledPrincipal> PrincipalOfAsync(Party party) =>
        ((AgentFound)await _market.AskAsync(GrainId.Directory, new FindPrincipal(_agents[party].Principal))).Principal!;

    private async Task PublishAsync()
    {
        var draft = new ListingDraft(
            "Espresso machine", "machines", "Brews strong coffee.", [new ListingLine("machine", 80_00)], [],
            Currency.Usd, [Issue.UnitPrice(1_00, 200_00), Issue.Quantity(1, 5)], [80_00, 1], Stock,
            Mandates[Party.Seller]);
        Listing = ((ListingPublished)await AskAsync(Party.Seller, new PublishListing(NextMessage(), draft))).Listing;
        var request = await AskAsync(
            Party.Buyer, new PublishRequest(NextMessage(), new RequestDraft("Machines", "Some.", Needed)));
        Request = ((RequestPublished)request).Request.Id;
    }

    /// <summary>The market's cluster, which waits for what it is asked when the market settles down.</summary>
    private sealed class NotedCluster(InProcessMarket market) : IGrainCluster
    {
        public ValueTask<object> AskAsync(
            GrainId grain, object message, CancellationToken cancellationToken = default) =>
            market.AskAsync(grain, message);

        public void Tell(GrainId grain, object message) => market.Cluster.Tell(grain, message);

        public IAsyncEnumerable<JournalRow> SubscribeAsync(
            AgentNumber agent, long afterPosition, CancellationToken cancellationToken) =>
            market.SubscribeAsync(agent, afterPosition, cancellationToken);
    }
}
