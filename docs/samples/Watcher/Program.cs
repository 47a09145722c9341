// A market watcher: looks every second and says what is new, what has changed in price, and what is gone. It neither
// buys nor sells; it is an agent all the same, since the market talks to nobody whom it does not know.
//
//   dotnet run --project docs/samples/Watcher -- http://127.0.0.1:7420 watcher.key espresso
using Market.Client;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;

var address = new Uri(args.ElementAtOrDefault(0) ?? "http://127.0.0.1:7420");
var words = args.ElementAtOrDefault(2);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

using var key = AgentKey.LoadOrCreate(args.ElementAtOrDefault(1) ?? "watcher.key");
await using var market = await MarketClient.ConnectAsync(
    address, key, new MarketClientOptions { ConnectPatience = TimeSpan.FromMinutes(1) });
await market.RegisterBuyerAsync("Carol's watcher", "carol", new Disclosure("Carol", "none", "1"));
Console.WriteLine("Watching.");

var known = new Dictionary<ListingId, Listing>();
using var look = new PeriodicTimer(TimeSpan.FromSeconds(1));
try
{
    do
    {
        var gone = known.Keys.ToHashSet();
        await foreach (var listing in market.SearchAsync(new ListingQuery { Text = words }, stop.Token))
        {
            gone.Remove(listing.Id);
            await ReportAsync(listing, known.GetValueOrDefault(listing.Id));
            known[listing.Id] = listing;
        }

        foreach (var id in gone)
        {
            Console.WriteLine($"Gone: {known[id].Draft.Title}");
            known.Remove(id);
        }
    }
    while (await look.WaitForNextTickAsync(stop.Token));
}
catch (OperationCanceledException)
{
    Console.WriteLine("Enough seen.");
}

async Task ReportAsync(Listing now, Listing? before)
{
    if (before is null)
    {
        Console.WriteLine($"New: {now.Draft.Title} for {PriceOf(now.Draft.Currency, now.Draft.Lines)}");
    }
    else if (before.Version != now.Version)
    {
        var prices = await market.PriceHistoryAsync(now.Id, stop.Token)
            .Select(version => PriceOf(version.Currency, version.Lines)).ToListAsync(stop.Token);
        Console.WriteLine($"Changed: {now.Draft.Title}, {string.Join(" → ", prices)}");
    }
}

static Money PriceOf(Currency currency, ValueArray<ListingLine> lines) =>
    new(lines.Min(static line => line.UnitPriceMinor), currency);
