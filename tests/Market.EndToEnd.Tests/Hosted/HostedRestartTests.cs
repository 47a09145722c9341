using Market.Client;
using Market.Domain.Negotiating;
using Market.EndToEnd.Tests.Support;
using Market.Silo.Commands.Audit;

namespace Market.EndToEnd.Tests.Hosted;

/// <summary>A hosted strategy outlives the process that runs it, killed wherever it stands (INV-8, INV-16).</summary>
public sealed class HostedRestartTests : IDisposable
{
    private const int Rounds = 20;

    private readonly TestFolder _folder = new();
    private readonly int _port = FreePort.Find();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Linear")]
    [InlineData("NaiveTitForTat+AC-combi(0.9)")]
    public async Task A_hosted_strategy_goes_on_after_a_kill_and_the_deal_is_that_of_an_undisturbed_market(
        string strategy)
    {
        var server = await StartAsync("--starting-balance", "1000.00");
        var seller = await TestAgent.SellerAsync(ServeProcess.UriOf(_port));
        await using var buyer = await TestAgent.BuyerAsync(ServeProcess.UriOf(_port));
        var (listing, _) = await HostedWares.HostSellerAsync(seller.Client, strategy);
        await seller.DisposeAsync();
        var negotiation = await buyer.Client.OpenAsync(listing, new NegotiationSettings { RoundsMax = Rounds });
        var running = negotiation.RunAsync(new Paced(
            HostedWares.StrategyFor(negotiation, "Linear", HostedWares.Buyer()), out var paces));

        // Killed right after each of the buyer's first acts: before, while or after the strategy answers.
        for (var kill = 0; kill < 4; kill++)
        {
            await Eventually.DoneAsync("the buyer's turn", paces.NextAsync());
            server.Kill();
            await server.ExitAsync();
            await server.DisposeAsync();
            server = await StartAsync();
        }

        var result = await Eventually.DoneAsync("the negotiation ends", running);
        var expected = HostedWares.InMemory(
            negotiation.State.Subject.Agenda, "Linear", HostedWares.Buyer(), strategy, HostedWares.Seller(), Rounds);
        Assert.Equal(expected.Agreement, result.Deal?.Terms.Outcome);
        Assert.Equal(SignerKind.SessionKey, result.Deal!.SellerSigner);

        await server.SignalAsync("TERM");
        Assert.Equal((0, ""), await server.ExitAsync());
        await server.DisposeAsync();
        var report = OfflineAudit.Verify(_folder.Path);
        Assert.True(report.IsSound, string.Join("; ", report.Errors));
        Assert.Equal(expected.Offers, await OffersAsync(negotiation.Id));
    }

    private async Task<int> OffersAsync(Domain.NegotiationId negotiation) =>
        (await JournalView.ReadAsync(_folder.Path)).Of(negotiation).Count(static e => e is OfferMade);

    private Task<ServeProcess> StartAsync(params string[] more) =>
        ServeProcess.StartReadyAsync(_folder.Path, _port, more);
}
