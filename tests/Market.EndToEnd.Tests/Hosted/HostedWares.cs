using Market.Client;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.EndToEnd.Tests.Hosted;

/// <summary>What the agents of these tests negotiate, and what it is worth to them.</summary>
internal static class HostedWares
{
    /// <summary>How long mandates and session keys of the tests hold.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(30);

    /// <summary>The seller's utility: a price, fast delivery costs, a long warranty costs.</summary>
    public static HostedUtility Seller(double reservationValue = 5_000) => new(
        [
            new IssueUtility(1, Slope: 1),
            new IssueUtility(1, Slope: 40, Intercept: -400),
            new IssueUtility(0.5, Table: [0, -300, -900]),
        ],
        reservationValue);

    /// <summary>The buyer's utility.</summary>
    public static HostedUtility Buyer(double reservationValue = 1_000) => new(
        [
            new IssueUtility(1, Slope: -1, Intercept: 9_000),
            new IssueUtility(1, Slope: -25),
            new IssueUtility(2, Table: [0, 250, 400]),
        ],
        reservationValue);

    /// <summary>A listing under a mandate: price, delivery days, warranty.</summary>
    public static ListingDraft Draft(MandateId mandate) => new(
        "Espresso machine",
        "machines",
        "Two groups, rebuilt.",
        [new ListingLine("machine", 9_900)],
        [],
        Currency.Usd,
        [
            Issue.TotalPrice(4_000, 9_900, 100),
            Issue.Range("delivery days", 1, 10),
            Issue.Choice("warranty", "none", "a year", "two years"),
        ],
        [],
        Stock: 1_000,
        Mandate: mandate);

    /// <summary>
    /// What two strategies of these utilities agree on in memory. The invited seller begins: it is the first of the
    /// two.
    /// </summary>
    public static (Outcome? Agreement, int Offers) InMemory(
        Agenda agenda, string buyer, HostedUtility buyerUtility, string seller, HostedUtility sellerUtility, int rounds)
    {
        var buys = StrategyCatalog.Create(buyer, new RankedOutcomes(buyerUtility.For(agenda)));
        var sells = StrategyCatalog.Create(seller, new RankedOutcomes(sellerUtility.For(agenda)));
        var space = new OutcomeSpace(agenda);
        var result = new AlternatingOffers(space).Run([sells, buys], rounds);
        return (result.IsAgreement ? space[result.Agreement] : null, result.Offers);
    }

    /// <summary>A mandate of an agent for itself.</summary>
    public static async Task<MandateId> MandateAsync(MarketClient client) =>
        (await client.GrantMandateAsync(Wares.Dollars(1_000_00), Wares.Dollars(100_000_00), Validity)).Mandate;

    /// <summary>A seller with a listing under a mandate, which its hosted strategy sells.</summary>
    public static async Task<(Listing Listing, HostingId Hosting)> HostSellerAsync(
        MarketClient seller, string strategy = "Linear", HostedUtility? utility = null)
    {
        var mandate = await MandateAsync(seller);
        var listing = await seller.PublishListingAsync(Draft(mandate));
        var hosting = await seller.HostAsync(new HostedStrategy
        {
            Strategy = strategy,
            Utility = utility ?? Seller(),
            Mandate = mandate,
            Listings = [listing.Id],
        });
        return (listing, hosting);
    }

    /// <summary>A strategy for a negotiation that the client conducts itself.</summary>
    public static INegotiator StrategyFor(Negotiation negotiation, string name, HostedUtility utility) =>
        StrategyCatalog.Create(name, new RankedOutcomes(utility.For(negotiation.State.Subject.Agenda)));

    /// <summary>How a disclosed test agent declares itself.</summary>
    public static Disclosure Disclosure { get; } = new("End-to-end tests", "hosted", "1");
}
