// A seller: lists five espresso machines and bargains with whoever comes, with each buyer by itself.
//
//   dotnet run --project docs/samples/Seller -- http://127.0.0.1:7420 seller.key
//
// It may be killed at any moment: started again it goes on where it was, and lists nothing twice.
using Market.Client;
using Market.Client.Pending;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

const long Posted = 99_00, Floor = 85_00, Step = 3_00; // in cents; the floor is nobody's business
var address = new Uri(args.ElementAtOrDefault(0) ?? "http://127.0.0.1:7420");
var keyFile = args.ElementAtOrDefault(1) ?? "seller.key";
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

using var key = AgentKey.LoadOrCreate(keyFile);
await using var market = await MarketClient.ConnectAsync(address, key, new MarketClientOptions
{
    ConnectPatience = TimeSpan.FromMinutes(1),
    PendingCommands = new FilePendingCommands(keyFile + ".pending"),
});
await market.RegisterSellerAsync("Bob's clerk", "bob", new Disclosure("Bob", "rules by hand", "1"));
await foreach (var act in market.ResumePendingAsync())
{
    Console.WriteLine($"Before I was stopped: {act.Message.GetType().Name}, {(act.IsDone ? "done" : act.Code)}");
}

if (!await market.SearchAsync(new ListingQuery { Text = "espresso" }).AnyAsync(IsMine))
{
    await market.PublishListingAsync(new ListingDraft(
        "Espresso machine", "kitchen", "Two groups, rebuilt.", [new ListingLine("Espresso machine", Posted)], [],
        Currency.Usd, [Issue.TotalPrice(50_00, 0)], [0], Stock: 5));
}

Console.WriteLine("Open for business.");
try
{
    await foreach (var negotiation in market.NegotiationsAsync(stop.Token))
    {
        _ = BargainAsync(negotiation);
    }
}
catch (OperationCanceledException)
{
    Console.WriteLine("Closed.");
}

bool IsMine(Listing listing) => listing.Seller == market.Agent!.Number;

async Task BargainAsync(Negotiation negotiation)
{
    try
    {
        await foreach (var turn in negotiation.TurnsAsync(stop.Token))
        {
            if (turn.HasEnded)
            {
                Console.WriteLine($"{turn.State.Status} {turn.State.Agreed?.TotalMinorUnits}");
                break;
            }

            // A step down in every round, never below the floor; taken is what is no worse than the next offer.
            var price = Math.Max(Floor, Posted - (Step * turn.State.Round));
            var result = turn.CounterpartyOffer is { Binding: OfferBinding.Firm } offer
                && offer.Terms.TotalMinorUnits >= price
                ? await turn.TryAcceptAsync(stop.Token)
                : await turn.TryOfferAsync(Outcome.Of(price), cancellationToken: stop.Token);
            if (!result.IsRecorded && !result.Refused.IsRace)
            {
                Console.WriteLine($"The market refuses: {result.Refused.Explanation}");
                break;
            }
        }
    }
    catch (Exception error) when (error is OperationCanceledException or MarketConnectionException)
    {
        Console.WriteLine($"Stopped within a negotiation: {error.Message}");
    }
}
