using Market.Client;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Microsoft.Extensions.Logging;

namespace Market.Silo.Tests.Hosting;

/// <summary>A market with clients of both sides, and a price to negotiate.</summary>
internal sealed class HostedBench : IAsyncDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(30);

    private readonly List<IAsyncDisposable> _open = [];
    private readonly List<AgentKey> _keys = [];

    private HostedBench(MarketHost host) => Host = host;

    public MarketHost Host { get; }

    public static async Task<HostedBench> StartAsync(string? folder = null, ILoggerFactory? log = null) =>
        new(await MarketHost.StartAsync(new MarketSiloOptions
        {
            DataFolder = folder,
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            StartingBalance = new Money(1_000_00, Currency.Usd),
            LoggerFactory = log,
        }));

    public async Task<MarketClient> ConnectAsync(AgentRole role, string principal)
    {
        var key = AgentKey.Create();
        _keys.Add(key);
        var client = await MarketClient.ConnectAsync(Host.Uri, key);
        _open.Add(client);
        await client.RegisterAsync(
            new AgentProfile(principal, principal, role, new Disclosure("Tests Ltd", "hosted", "1")));
        return client;
    }

    public static async Task<MandateId> MandateAsync(MarketClient client) =>
        (await client.GrantMandateAsync(Dollars(100_00), Dollars(10_000_00), Validity)).Mandate;

    public static ListingDraft Draft(MandateId? mandate) => new(
        "Espresso machine", "machines", "Rebuilt.", [new ListingLine("machine", 99_00)], [], Currency.Usd,
        [Issue.TotalPrice(40_00, 99_00, 1_00)], [], Stock: 100, mandate);

    public static HostedStrategy Strategy(MandateId mandate, ListingId listing, double reservationValue = 50_00) =>
        new()
        {
            Strategy = "Linear",
            Utility = HostedUtility.PriceAtLeast(0) with { ReservationValue = reservationValue },
            Mandate = mandate,
            Listings = [listing],
        };

    /// <summary>A seller's listing with a hosted strategy.</summary>
    public static async Task<(Listing Listing, HostingId Hosting)> HostAsync(
        MarketClient seller, double reservationValue = 50_00)
    {
        var mandate = await MandateAsync(seller);
        var listing = await seller.PublishListingAsync(Draft(mandate));
        return (listing, await seller.HostAsync(Strategy(mandate, listing.Id, reservationValue)));
    }

    /// <summary>A buyer's own strategy buys.</summary>
    public static async Task<Deal> BuyAsync(MarketClient buyer, Listing listing)
    {
        var negotiation = await buyer.OpenAsync(listing, new NegotiationSettings { RoundsMax = 8 });
        var utility = HostedUtility.PriceAtMost(95_00).For(negotiation.State.Subject.Agenda);
        var running = negotiation.RunAsync(StrategyCatalog.Create("Linear", new RankedOutcomes(utility)));
        var result = await running.WaitAsync(Support.TestAgent.Patience * 3);
        return result.Deal ?? throw new InvalidOperationException($"It ended {result.End.Status}.");
    }

    public static Money Dollars(long cents) => new(cents, Currency.Usd);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _open)
        {
            await client.DisposeAsync();
        }

        await Host.DisposeAsync();
        _keys.ForEach(static key => key.Dispose());
    }
}
