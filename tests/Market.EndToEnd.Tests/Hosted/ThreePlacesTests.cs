using Market.Client;
using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.EndToEnd.Tests.Support;

namespace Market.EndToEnd.Tests.Hosted;

/// <summary>
/// One strategy with one seed, in three places: a simulation, an agent's own program in front of a server, and hosted
/// in the market's grains.
/// </summary>
public sealed class ThreePlacesTests
{
    private const int Rounds = 20;
    private const ulong BuyerSeed = 42;

    [Theory]
    [InlineData("negmas:Linear", "negmas:Boulware")]
    [InlineData("negmas:NaiveTitForTat", "genius:Conceder")]
    [InlineData("market:FixedStep", "negmas:Tough")]
    [InlineData("negmas:MiCRO", "paper:MiCRO")]
    [InlineData("negmas:Random(0.1)", "negmas:Random(0.1)")]
    [InlineData("negmas:Conceder+AC-combi(0.9)+model:frequency", "negmas:Random(0)")]
    public async Task A_strategy_makes_the_same_offers_in_a_simulation_in_a_program_and_in_a_grain(
        string sellerStrategy, string buyerStrategy)
    {
        await using var market = await TestMarket.StartAsync();
        await using var buyer = await TestAgent.BuyerAsync(market.Uri);

        // In a grain. The market draws the chance of what it hosts from ids; the other places take the same seed.
        var hostingSeller = await TestAgent.SellerAsync(market.Uri, "bob");
        var (hostedListing, hosting) = await HostedWares.HostSellerAsync(hostingSeller.Client, sellerStrategy);
        await hostingSeller.DisposeAsync();
        var hosted = await OpenAsync(buyer, hostedListing);
        var inGrain = await BuyAsync(hosted, buyerStrategy);
        var seed = HostingRules.SeedOf(hosting, hosted.Id);

        // In two programs.
        await using var seller = await TestAgent.SellerAsync(market.Uri, "carol");
        var listing = await seller.Client.PublishListingAsync(
            HostedWares.Draft(await HostedWares.MandateAsync(seller.Client)));
        var negotiation = await OpenAsync(buyer, listing);
        var selling = (await seller.NextAsync()).RunAsync(
            StrategyCatalog.Create(sellerStrategy, Ranked(negotiation, HostedWares.Seller()), seed));
        var inPrograms = await BuyAsync(negotiation, buyerStrategy);
        await Eventually.DoneAsync("the seller ends", selling);

        // In a simulation. The invited seller begins.
        var agenda = hosted.State.Subject.Agenda;
        Assert.Equal(agenda, negotiation.State.Subject.Agenda);
        var space = new OutcomeSpace(agenda);
        var trace = new ActTrace();
        var result = new AlternatingOffers(space).Run(
            [
                StrategyCatalog.Create(sellerStrategy, Ranked(hosted, HostedWares.Seller()), seed),
                StrategyCatalog.Create(buyerStrategy, Ranked(hosted, HostedWares.Buyer()), BuyerSeed),
            ],
            Rounds,
            trace,
            Party.Seller);
        var simulated = trace.Offers
            .Select(act => (act.Party == 0 ? Party.Seller : Party.Buyer, space[act.Outcome]))
            .ToList();

        Assert.Null(result.Failure);
        Assert.NotEmpty(simulated);
        Assert.Equal(simulated, inGrain);
        Assert.Equal(simulated, inPrograms);
        Outcome? agreed = result.IsAgreement ? space[result.Agreement] : null;
        Assert.Equal(agreed, hosted.State.Agreed?.Outcome);
        Assert.Equal(agreed, negotiation.State.Agreed?.Outcome);
    }

    private static Task<Negotiation> OpenAsync(TestAgent buyer, Domain.Listings.Listing listing) =>
        buyer.Client.OpenAsync(listing, new NegotiationSettings { RoundsMax = Rounds });

    /// <summary>Lets the buyer's strategy conduct a negotiation; gives every offer of both sides, in order.</summary>
    private static async Task<List<(Party, Outcome)>> BuyAsync(Negotiation negotiation, string strategy)
    {
        var noting = new Noting(
            StrategyCatalog.Create(strategy, Ranked(negotiation, HostedWares.Buyer()), BuyerSeed));
        await Eventually.DoneAsync("the negotiation ends", negotiation.RunAsync(noting));
        return noting.Offers;
    }

    private static RankedOutcomes Ranked(Negotiation negotiation, HostedUtility utility) =>
        new(utility.For(negotiation.State.Subject.Agenda));

    /// <summary>A strategy, with every offer noted that it is shown or makes.</summary>
    private sealed class Noting(INegotiator strategy) : INegotiator
    {
        public List<(Party, Outcome)> Offers { get; } = [];

        public NegotiatorAct Act(in NegotiationView view)
        {
            if (view.CounterpartyOffer is { } offer)
            {
                Offers.Add((view.Own.Counterparty(), offer));
            }

            var act = strategy.Act(view);
            if (act.Kind == NegotiatorActKind.Propose)
            {
                Offers.Add((view.Own, act.Outcome));
            }

            return act;
        }
    }
}
