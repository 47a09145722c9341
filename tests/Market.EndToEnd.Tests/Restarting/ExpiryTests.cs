using Market.Client;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.EndToEnd.Tests.Support;
using Market.Silo.Commands.Audit;
using Xunit.Abstractions;

namespace Market.EndToEnd.Tests.Restarting;

/// <summary>
/// Offers that expire while no server runs (INV-18): the expiry is in the journal before anyone is told of it, whoever
/// notices first, the sweeper or a late accept, and whatever is killed in between.
/// </summary>
public sealed class ExpiryTests(ITestOutputHelper output) : IDisposable
{
    private const int Negotiations = 24;
    private const int Late = 4;

    // Long enough that a slow machine has opened all of them before the first one ends, and apart enough that a server
    // that starts finds some expired and others not yet.
    private static readonly TimeSpan ShortestValidity = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(200);

    private readonly TestFolder _folder = new();
    private readonly int _port = FreePort.Find();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_expiry_is_journalled_before_anyone_is_told_of_it()
    {
        var first = await StartAsync();
        await using var seller = await TestAgent.SellerAsync(ServeProcess.UriOf(_port));
        await using var buyer = await TestAgent.BuyerAsync(ServeProcess.UriOf(_port));
        var bought = await OpenAllAsync(buyer, seller);
        first.Kill();
        await first.ExitAsync();
        await first.DisposeAsync();

        // Some are accepted too late, while nobody is there to say so; the others are left to the sweeper.
        var late = seller.Client.LiveNegotiations.OrderBy(static n => n.State.Standing!.ValidUntil).Take(Late).ToList();
        var lastOfThem = late[^1].State.Standing!.ValidUntil.ToUtc();
        await Eventually.TrueAsync(
            "the first offers are past their validity", () => DateTimeOffset.UtcNow > lastOfThem);
        var accepts = late.Select(static n => (n.Id, Answer: n.TryAcceptAsync(n.State.Standing!))).ToList();

        var kills = 0;
        while (!AllAreTold(seller, buyer))
        {
            await KillAtFirstWordAsync([seller, buyer]);
            await CheckToldAsync([seller, buyer], accepts);
            kills++;
        }

        output.WriteLine($"killed {kills} times at the first word of an expiry");
        await using var last = await StartAsync();
        var answers = await Eventually.DoneAsync(
            "every late accept is answered", Task.WhenAll(accepts.Select(static a => a.Answer)));
        Assert.All(answers, static answer => Assert.True(
            answer.Code is RefusalCode.OfferHasExpired or RefusalCode.OfferNotStanding, $"It was answered {answer}."));
        await GoOnAsync(bought, seller);
        await last.SignalAsync("TERM");
        Assert.Equal((0, ""), await last.ExitAsync());
        await CheckEndAsync();
    }

    private static bool AllAreTold(params TestAgent[] agents) =>
        agents.All(static agent => agent.Seen.Count(static e => e.Event is OfferExpired) == Negotiations);

    private static async Task<Negotiation[]> OpenAllAsync(TestAgent buyer, TestAgent seller)
    {
        var listing = await seller.Client.PublishListingAsync(Wares.Draft());
        var bought = await Task.WhenAll(Enumerable.Range(0, Negotiations).Select(i => buyer.Client.OpenAsync(
            listing, new NegotiationSettings { FirstOffer = Wares.Firm(50_00, ShortestValidity + (i * Apart)) })));
        await Eventually.TrueAsync(
            "the seller learns of all of them", () => seller.Client.LiveNegotiations.Count == Negotiations);
        return bought;
    }

    /// <summary>
    /// Starts a server and kills it at the moment at which anyone hears from it of an expiry: not even the rest of what
    /// it has just sent is waited for.
    /// </summary>
    private async Task KillAtFirstWordAsync(IReadOnlyList<TestAgent> agents)
    {
        await using var server = ServeProcess.Start(_folder.Path, _port);
        foreach (var agent in agents)
        {
            agent.Wire.Received = message =>
            {
                if (message is EventNotice { Event: OfferExpired }
                    or Refused { Code: (int)RefusalCode.OfferHasExpired or (int)RefusalCode.OfferNotStanding })
                {
                    server.Kill();
                }
            };
        }

        await server.ExitAsync();
        foreach (var agent in agents)
        {
            agent.Wire.Received = null;
        }
    }

    /// <summary>Whoever was told of an expiry by now finds it in the journal.</summary>
    private async Task CheckToldAsync(
        IReadOnlyList<TestAgent> agents, IReadOnlyList<(NegotiationId Id, Task<ActResult> Answer)> accepts)
    {
        var journal = await JournalView.ReadAsync(_folder.Path);
        var expired = journal.Entries.Select(static e => e.Event).OfType<OfferExpired>()
            .Select(static e => e.Negotiation).ToHashSet();
        var byEvent = agents.SelectMany(static a => a.Seen).Where(static e => e.Event is OfferExpired)
            .Select(static e => e.Negotiation);
        var byRefusal = accepts.Where(static a => a.Answer.IsCompletedSuccessfully).Select(static a => a.Id);
        var told = byEvent.Concat(byRefusal).ToHashSet();
        output.WriteLine(
            $"{told.Count} of {Negotiations} expiries told, {expired.Count} journalled");
        Assert.Subset(expired, told);
    }

    /// <summary>The negotiations go on where they were: it is the seller's turn still.</summary>
    private static async Task GoOnAsync(Negotiation[] bought, TestAgent seller)
    {
        foreach (var buyers in bought)
        {
            var sellers = seller.Client.LiveNegotiations.Single(n => n.Id == buyers.Id);
            await Eventually.DoneAsync(
                "both sides see the expiry",
                Task.WhenAll(
                    buyers.WaitForAsync(static s => s.Seq == 2), sellers.WaitForAsync(static s => s.Seq == 2)));
            Assert.Equal((null, Party.Seller), (buyers.State.Standing, buyers.State.Turn!.Value));
            await sellers.OfferAsync(Wares.Firm(60_00));
            await Eventually.DoneAsync("the buyer sees the new offer", buyers.WaitForAsync(static s => s.Seq == 3));
            await buyers.AcceptAsync(buyers.State.Standing!);
            await Eventually.DoneAsync("the deal is settled", buyers.WaitForDealAsync());
        }
    }

    private async Task CheckEndAsync()
    {
        var journal = await JournalView.ReadAsync(_folder.Path);
        var validUntil = journal.Entries.Select(static e => e.Event).OfType<NegotiationOpened>()
            .ToDictionary(static e => e.Negotiation, static e => e.FirstOffer!.ValidUntil);
        var expired = journal.Entries.Select(static e => e.Event).OfType<OfferExpired>().ToList();
        Assert.Equal(Negotiations, expired.Count);
        Assert.All(expired, e => Assert.True(e.At >= validUntil[e.Negotiation], $"{e} came before its time."));
        var audit = OfflineAudit.Verify(_folder.Path);
        Assert.True(audit is { IsSound: true, DealsSettled: Negotiations }, string.Join('\n', audit.Errors));
    }

    private Task<ServeProcess> StartAsync() =>
        ServeProcess.StartReadyAsync(_folder.Path, _port, "--starting-balance", "10000.00");
}
