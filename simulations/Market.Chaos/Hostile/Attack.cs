using System.Diagnostics;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile;

/// <summary>How much of an attack is made.</summary>
/// <param name="Connections">Connections at once, of the attack that only holds them.</param>
/// <param name="Requests">Requests, of those that flood.</param>
/// <param name="SlowSeconds">What the market lets a handshake or a frame take, in seconds.</param>
internal sealed record AttackSize(int Connections, int Requests, int SlowSeconds)
{
    /// <summary>How long the market may take beyond its own limits on a busy machine.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(SlowSeconds + 50);
}

/// <summary>One way to attack a market: what is tried, and what the market must answer.</summary>
internal abstract class Attack
{
    /// <summary>Its name.</summary>
    public abstract string Name { get; }

    /// <summary>Attacks once.</summary>
    /// <param name="market">The market's WebSocket address.</param>
    /// <param name="size">How much.</param>
    /// <param name="log">Takes what comes back.</param>
    public abstract Task RunAsync(Uri market, AttackSize size, AttackLog log);

    /// <summary>Every attack that there is, in order of its name.</summary>
    public static IReadOnlyList<Attack> All { get; } =
        [.. typeof(Attack).Assembly.GetTypes()
            .Where(static type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(Attack)))
            .Select(static type => (Attack)Activator.CreateInstance(type)!)
            .OrderBy(static attack => attack.Name, StringComparer.Ordinal)];

    /// <summary>A handle that no other agent of any run has.</summary>
    protected static string Handle(string stem) => $"{stem}-{Guid.NewGuid():n}";

    /// <summary>A buyer, a seller and the seller's listing.</summary>
    protected static async Task<Traders> TradersAsync(Uri market)
    {
        var seller = await WireAgent.RegisterAsync(market, AgentRole.Seller, Handle("seller"));
        var published = (ListingPublished)await seller.AskAsync(new PublishListing(Wares.Message(), Wares.Listing()));
        return new Traders(
            await WireAgent.RegisterAsync(market, AgentRole.Buyer, Handle("buyer")), seller, published.Listing);
    }

    /// <summary>Waits until something holds; whether it came to.</summary>
    protected static async Task<bool> HoldsAsync(Func<bool> condition, TimeSpan within)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > within)
            {
                return false;
            }

            await Task.Delay(10);
        }

        return true;
    }
}

/// <summary>Two agents that could deal with each other.</summary>
internal sealed record Traders(WireAgent Buyer, WireAgent Seller, Listing Listing) : IAsyncDisposable
{
    /// <summary>The negotiation, and the sequence number after the buyer's signed opening offer.</summary>
    public async Task<ActRecorded> OpenAsync(long price = 5_000) =>
        (ActRecorded)await Buyer.AskAsync(Buyer.Signed(Wares.Opening(Listing, Wares.Firm(price))));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Buyer.DisposeAsync();
        await Seller.DisposeAsync();
    }
}
