using Market.Client;
using Market.Client.Connecting;
using Market.Domain;
using Market.Domain.Enrolling;

namespace Market.Chaos.Killing;

/// <summary>
/// An agent on Market.Client with a connection of its own, of which is kept what its wire carried and what its user
/// saw.
/// </summary>
internal sealed class TestAgent : IAsyncDisposable
{
    private readonly List<SeenEvent> _seen = [];
    private readonly Lock _gate = new();
    private Task _reading = Task.CompletedTask;

    private TestAgent(Uri market, string name, AgentRole role) => (Uri, Name, Role) = (market, name, role);

    /// <summary>Where its market is.</summary>
    public Uri Uri { get; }

    /// <summary>Its name, and its principal's handle.</summary>
    public string Name { get; }

    /// <summary>Which side it is on.</summary>
    public AgentRole Role { get; }

    /// <summary>Its key.</summary>
    public AgentKey Key { get; } = AgentKey.Create();

    /// <summary>What its wire carried.</summary>
    public WireLog Wire { get; } = new();

    /// <summary>Its client.</summary>
    public MarketClient Client { get; private set; } = null!;

    /// <summary>Its number in the market.</summary>
    public AgentNumber Number => Client.Agent!.Number;

    /// <summary>Whom it acts for.</summary>
    public PrincipalNumber Principal => Client.Agent!.Principal;

    /// <summary>The events that its user has been given so far, in that order.</summary>
    public IReadOnlyList<SeenEvent> Seen
    {
        get
        {
            lock (_gate)
            {
                return [.. _seen];
            }
        }
    }

    /// <summary>Connects and registers an agent of a principal of its own.</summary>
    public static Task<TestAgent> ConnectAsync(Uri market, string name, AgentRole role) =>
        ConnectAsync([market], name, role);

    /// <summary>
    /// The same in a market with several gateways: it begins at the first, and goes on to where it can.
    /// </summary>
    public static async Task<TestAgent> ConnectAsync(IReadOnlyList<Uri> gateways, string name, AgentRole role)
    {
        var agent = new TestAgent(gateways[0], name, role);
        var options = new MarketClientOptions
        {
            DeliverEvents = true,
            RetryDelayMin = TimeSpan.FromMilliseconds(10),
            RetryDelayMax = TimeSpan.FromMilliseconds(100),
        };
        IFrameDialer[] dialers = [.. gateways.Select(
            uri => new RecordingDialer(new WebSocketDialer(uri, options.FrameBytesMax), agent.Wire, uri))];
        var dialer = dialers.Length == 1 ? dialers[0] : new AnyGateway(dialers);
        agent.Client = await MarketClient.ConnectAsync(dialer, agent.Key, options.Checked(), CancellationToken.None);
        await agent.Client.RegisterAsync(
            new AgentProfile(name, name, role, new Disclosure("End-to-end tests", "scripted", "1")));
        agent._reading = agent.ReadAsync();
        return agent;
    }

    /// <summary>Connects a buyer.</summary>
    public static Task<TestAgent> BuyerAsync(Uri market, string name = "alice") =>
        ConnectAsync(market, name, AgentRole.Buyer);

    /// <summary>Connects a seller.</summary>
    public static Task<TestAgent> SellerAsync(Uri market, string name = "bob") =>
        ConnectAsync(market, name, AgentRole.Seller);

    /// <summary>The next negotiation that a counterparty opens with it.</summary>
    public async Task<Negotiation> NextAsync()
    {
        await using var negotiations = Client.NegotiationsAsync().GetAsyncEnumerator();
        return await Eventually.DoneAsync("a negotiation is opened", negotiations.MoveNextAsync().AsTask())
            ? negotiations.Current
            : throw new RunFailedException("The client ended before a negotiation was opened.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _reading;
        Key.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var @event in Client.EventsAsync())
        {
            lock (_gate)
            {
                _seen.Add(new SeenEvent(@event.Event.Negotiation, @event.Seq, @event.Event));
            }
        }
    }
}
