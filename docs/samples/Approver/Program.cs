// A principal: Alice, who answers what her agent asks her. Up to her limit she signs exactly the terms that she is
// shown; above it she denies. The seller notices nothing of it.
//
//   dotnet run --project docs/samples/Approver -- http://127.0.0.1:7420 buyer.key alice.key
//
// The agent's key is needed once, to say whose key the principal's is.
using Market.Client;
using Market.Domain.Approvals;

const long Limit = 95_00; // in cents
var address = new Uri(args.ElementAtOrDefault(0) ?? "http://127.0.0.1:7420");
var patience = new MarketClientOptions { ConnectPatience = TimeSpan.FromMinutes(1) };
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

using var ownKey = AgentKey.LoadOrCreate(args.ElementAtOrDefault(2) ?? "alice.key");
using (var agentsKey = AgentKey.Load(args.ElementAtOrDefault(1) ?? "buyer.key"))
{
    await using var agent = await MarketClient.ConnectAsync(address, agentsKey, patience);
    await agent.EnrolPrincipalKeyAsync(ownKey);
}

await using var alice = await PrincipalClient.ConnectAsync(address, ownKey, patience);
Console.WriteLine("Ready to be asked.");
using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
try
{
    do
    {
        await foreach (var asked in alice.ApprovalsAsync(cancellationToken: stop.Token))
        {
            await AnswerAsync(asked);
        }
    }
    while (await look.WaitForNextTickAsync(stop.Token));
}
catch (OperationCanceledException)
{
    Console.WriteLine("Gone.");
}

async Task AnswerAsync(ApprovalRecord asked)
{
    var isFine = asked.Matter.Terms.TotalMinorUnits <= Limit;
    var answer = isFine
        ? await alice.TryApproveAsync(asked, TimeSpan.FromMinutes(2), stop.Token)
        : await alice.TryDenyAsync(asked.Id, stop.Token);
    var word = answer.IsDone ? isFine ? "Approved" : "Denied" : $"Too late ({answer.Code})";
    Console.WriteLine($"{word}: {asked.Matter.Total} for {asked.Names.Listing}");
}
