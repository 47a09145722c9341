using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// A market without its gateway: grains, embedded cluster, journal, feed and sweeper as the server has them, with
/// agents that are registered, listed and funded.
/// </summary>
internal sealed class BenchMarket : IReceiptSigner, IAsyncDisposable
{
    private const int AgentsPerSide = 200;
    private const long UnitsPerListing = 1_000_000;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly bool _signsReceipts;
    private readonly IReadOnlyList<IGrainCluster> _clusters;
    private readonly Func<ValueTask> _close;
    private readonly List<(Agent Agent, ECDsa Key)> _buyers = [];
    private readonly List<(Agent Agent, ECDsa Key)> _sellers = [];
    private readonly List<Listing> _listings = [];

    private BenchMarket(IJournal journal, TimeProvider time, bool signsReceipts)
    {
        _signsReceipts = signsReceipts;
        Now = LedgerTime.FromUtc(time.GetUtcNow());
        var grains = new MarketGrains(Id, this, new Money(1_000_000_000_000, Currency.Usd));
        var feed = AgentFeed.Start(journal);
        var cluster = new EmbeddedCluster(journal, new WireEventCodec(), grains.Create, feed.SubscribeAsync, new()
        {
            Creates = MarketGrains.Creates,
            Time = time,
            OnError = (what, error) => Console.Error.WriteLine($"{what} {error}"),
        });
        var sweeper = new DeadlineSweeper(journal, cluster, time, error => Console.Error.WriteLine(error));
        _clusters = [cluster];
        Start = sweeper.StartAsync(CancellationToken.None);
        _close = async () =>
        {
            await sweeper.DisposeAsync();
            await cluster.DisposeAsync();
            await feed.DisposeAsync();
            await journal.DisposeAsync();
        };
    }

    private BenchMarket(IReadOnlyList<IGrainCluster> clusters, MarketId id, TimeProvider time)
    {
        (_clusters, Id) = (clusters, id);
        Now = LedgerTime.FromUtc(time.GetUtcNow());
        _close = static () => ValueTask.CompletedTask;
    }

    public MarketId Id { get; } = new(new Guid("0198f000-0000-7000-8000-000000000001"));

    public LedgerTime Now { get; }

    /// <summary>The silo that an agent is connected to.</summary>
    public IGrainCluster ClusterOf(AgentNumber agent) => _clusters[agent.Value % _clusters.Count];

    public IGrainCluster Cluster => _clusters[0];

    private Task Start { get; } = Task.CompletedTask;

    public static Task<BenchMarket> StartAsync(IJournal journal, TimeProvider time, bool signsReceipts) =>
        FillAsync(new BenchMarket(journal, time, signsReceipts));

    /// <summary>Agents in a market that others serve, by one silo or several; they close it.</summary>
    public static Task<BenchMarket> JoinAsync(
        IReadOnlyList<IGrainCluster> clusters, MarketId id, TimeProvider time) =>
        FillAsync(new BenchMarket(clusters, id, time));

    private static async Task<BenchMarket> FillAsync(BenchMarket market)
    {
        await market.Start;
        for (var i = 0; i < AgentsPerSide; i++)
        {
            market._buyers.Add(await market.EnrolAsync($"buyer-{i}", AgentRole.Buyer));
            market._sellers.Add(await market.EnrolAsync($"seller-{i}", AgentRole.Seller));
            market._listings.Add(await market.ListAsync(market._sellers[i].Agent));
        }

        return market;
    }

    public Participant BuyerOf(int deal) => Participant(_buyers[deal % AgentsPerSide].Agent);

    public Participant SellerOf(int deal) => Participant(_sellers[deal / 7 % AgentsPerSide].Agent);

    public Subject SubjectOf(int deal) =>
        ListingRules.SubjectOf(_listings[deal / 7 % AgentsPerSide], [new OrderLine(0, 1)], null);

    public ECDsa KeyOf(AgentNumber agent) =>
        _buyers.Concat(_sellers).First(pair => pair.Agent.Number == agent).Key;

    public static PerformAct CommandOf(ScriptedAct act, Hash256 verifiedOffer) =>
        new(act.From, act.Act, ActDigest.Of(act.Bytes), act.Evidence, verifiedOffer);

    public SignedReceipt Sign(Receipt receipt)
    {
        var bytes = WireFormat.Encode(receipt);
        return new SignedReceipt(bytes, _signsReceipts ? SignBytes(bytes) : ReadOnlyMemory<byte>.Empty, "bench");
    }

    public ValueTask DisposeAsync() => _close();

    private byte[] SignBytes(byte[] bytes)
    {
        lock (_key)
        {
            return _key.SignData(
                SignedPayload.ForReceipt(Id, bytes), HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    private static Participant Participant(Agent agent) => new(agent.Number, agent.Principal, null);

    private async Task<(Agent Agent, ECDsa Key)> EnrolAsync(string name, AgentRole role)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var profile = new AgentProfile(name, name, role, new Disclosure("bench", "script", "1"));
        var found = await Cluster.AskAsync(
            GrainId.Directory, new EnrolAgent(key.ExportSubjectPublicKeyInfo(), profile));
        return (((AgentFound)found).Agent!, key);
    }

    private async Task<Listing> ListAsync(Agent seller)
    {
        var draft = new ListingDraft(
            "Espresso machine", "kitchen", "", [new ListingLine("Espresso machine", 9900)], [], Currency.Usd,
            [
                Issue.UnitPrice(1, 20_000),
                Issue.Range("delivery days", 1, 10),
                Issue.Range("warranty months", 0, 24, 12),
            ],
            [], UnitsPerListing);
        var message = new MessageId(Guid.CreateVersion7(Now.ToUtc()));
        var id = new ListingId(MessageIds.Derive("listing", Id, seller.Number, message));
        var published = await Cluster.AskAsync(
            GrainId.OfSeller(seller.Number),
            new AddListing(seller.Number, seller.Principal, message, default, id, draft));
        return ((ListingPublished)published).Listing;
    }
}
