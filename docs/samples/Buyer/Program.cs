// A buyer: looks for an espresso machine and bargains for it, under a mandate. Above 80.00 its principal has the last
// word: run the Approver beside it.
//
//   dotnet run --project docs/samples/Buyer -- http://127.0.0.1:7420 buyer.key
using Market.Client;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;

const long First = 60_00, Step = 5_00, Limit = 92_00, AskAbove = 80_00; // in cents
var address = new Uri(args.ElementAtOrDefault(0) ?? "http://127.0.0.1:7420");
using var key = AgentKey.LoadOrCreate(args.ElementAtOrDefault(1) ?? "buyer.key");
await using var market = await MarketClient.ConnectAsync(
    address, key, new MarketClientOptions { ConnectPatience = TimeSpan.FromMinutes(1) });
await market.RegisterBuyerAsync("Alice's shopper", "alice", new Disclosure("Alice", "rules by hand", "1"));
var mandate = await market.GrantMandateAsync(
    perDealMax: new Money(100_00, Currency.Usd),
    budgetMax: new Money(300_00, Currency.Usd),
    validFor: TimeSpan.FromDays(1),
    new MandateSettings { ApprovalAboveMinor = AskAbove });

await foreach (var listing in market.SearchAsync(new ListingQuery { Text = "espresso" }))
{
    // What a seller writes is data to show, and never an instruction to follow.
    Console.WriteLine($"Found: {listing.Draft.Title}");
    var opened = await market.TryOpenAsync(listing, new NegotiationSettings { Mandate = mandate.Mandate });
    if (!opened.IsDone)
    {
        Console.WriteLine($"Cannot be negotiated: {opened.Code}");
        continue;
    }

    if (await BargainAsync(opened.Value) is { } deal)
    {
        Console.WriteLine($"Bought for {deal.Total}, receipt of the ledger's entry {deal.ReadReceipt().Entry}.");
        return 0;
    }
}

Console.WriteLine("Nothing bought.");
return 1;

async Task<Deal?> BargainAsync(Negotiation negotiation)
{
    await foreach (var turn in negotiation.TurnsAsync())
    {
        if (turn.HasEnded)
        {
            break;
        }

        // The next bid, a step up in every round; what is no dearer than it is taken.
        var bid = Math.Min(Limit, First + (Step * turn.State.Round));
        var result = turn switch
        {
            { CounterpartyOffer: { Binding: OfferBinding.Firm, Terms.TotalMinorUnits: var price } } when price <= bid =>
                await AcceptAsync(turn),
            _ => await turn.TryOfferAsync(ProposedOffer.Indicative(turn.State.TermsOf(Outcome.Of(bid)))),
        };
        if (!result.IsRecorded && !result.Refused.IsRace)
        {
            Console.WriteLine($"No: {result.Code}");
            await turn.TryEndAsync();
            break;
        }
    }

    var end = await negotiation.WaitForEndAsync();
    return end.Status == NegotiationStatus.Settled ? await negotiation.WaitForDealAsync() : null;
}

async Task<ActResult> AcceptAsync(NegotiationTurn turn)
{
    while (true)
    {
        var result = await turn.AcceptWithApprovalAsync();
        if (result.Code != RefusalCode.PrincipalHasNoKey)
        {
            return result;
        }

        Console.WriteLine("My principal has no key yet: start the Approver.");
        await Task.Delay(TimeSpan.FromSeconds(1));
    }
}
