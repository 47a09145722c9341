using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Grains.Hosting;
using Market.Grains.Tests.Grains;
using Market.Testing;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Tendering;

/// <summary>
/// A need of seven machines by tender, awarded in two parts: three from one seller and four from another. The bids of
/// three sellers, one of whom replaces its bid, are revealed when the window ends; a fourth is invited and does not
/// bid.
/// </summary>
internal static class TenderScenario
{
    public static readonly TenderId Tender = new(Some.Message(90, Some.Noon).Value);

    private static readonly Agenda Agenda = new(
        Currency.Usd, [Issue.UnitPrice(1_00, 200_00), Issue.Quantity(1, 7)]);

    public static InProcessMarketOptions Options { get; } = new()
    {
        StartingBalance = new Money(2_000_00, Currency.Usd),
    };

    public static IReadOnlyList<Func<InProcessMarket, Task<object>>> Steps { get; } =
    [
        Ask(GrainId.Directory, GrainMessages.Enrol(1)),
        Ask(GrainId.Directory, GrainMessages.Enrol(2, "bob", AgentRole.Seller)),
        Ask(GrainId.Directory, GrainMessages.Enrol(3, "carol", AgentRole.Seller)),
        Ask(GrainId.Directory, GrainMessages.Enrol(4, "dave", AgentRole.Seller)),
        Ask(GrainId.Directory, GrainMessages.Enrol(5, "erin", AgentRole.Seller)),
        Ask(GrainId.OfSeller(new AgentNumber(2)), Listing(2)),
        Ask(GrainId.OfSeller(new AgentNumber(3)), Listing(3)),
        Ask(GrainId.OfSeller(new AgentNumber(4)), Listing(4)),
        Ask(GrainId.OfBuyer(new AgentNumber(1)), Publishing),
        Ask(GrainId.Of(Tender), Opening),
        Ask(GrainId.Of(Tender), Bid(2, price: 90_00, quantity: 5, message: 20)),
        Ask(GrainId.Of(Tender), Bid(3, price: 85_00, quantity: 4, message: 21)),
        Ask(GrainId.Of(Tender), Bid(4, price: 99_00, quantity: 7, message: 22)),
        Ask(GrainId.Of(Tender), Bid(2, price: 80_00, quantity: 3, message: 23)),
        async market =>
        {
            await market.AdvanceAsync(TimeSpan.FromMinutes(6));
            return await market.AskAsync(GrainId.Of(Tender), new AskTender(Buyer, new GetBids(Tender)));
        },
        async market => await market.AskAsync(GrainId.Of(Tender), await ChoosingAsync(market)),
        market => AcceptAsync(market, seller: 2, message: 31),
        market => AcceptAsync(market, seller: 3, message: 32),
        async market => await market.AskAsync(GrainId.Of(Tender), Act(Buyer, new CloseTender(Message(33), Tender), 33)),
    ];

    public static AgentNumber Buyer => new(1);

    public static Request Need => new(
        new RequestId(Some.Message(80, Some.Noon).Value), Buyer, new PrincipalNumber(1),
        new RequestDraft("Seven machines", "", Quantity: 7, Currency: Currency.Usd, Issues: Agenda.Issues));

    private static AddRequest Publishing => new(
        Buyer, new PrincipalNumber(1), Message(80), Some.Digest(80), Need.Id, Need.Draft);

    private static OpenTenderCommand Opening => TenderBench.Opening() with
    {
        Tender = Tender,
        Message = Message(90),
        Buyer = new Participant(Buyer, new PrincipalNumber(1), null),
        Request = Need,
        Window = TimeSpan.FromMinutes(6),
        Invited = [new AgentNumber(2), new AgentNumber(3), new AgentNumber(4), new AgentNumber(5)],
        Rules = Some.Rules() with { Duration = TimeSpan.FromHours(1) },
    };

    private static AddListing Listing(int seller) => new(
        new AgentNumber(seller), new PrincipalNumber(seller), Message(60 + seller), Some.Digest(60 + seller),
        ListingOf(seller),
        new ListingDraft(
            "Espresso machine", "kitchen", "New.", [new ListingLine("Espresso machine", 120_00)], [], Currency.Usd,
            Agenda.Issues, [], Stock: 10));

    private static ListingId ListingOf(int seller) => new(Message(60 + seller).Value);

    private static PerformTenderAct Bid(int seller, long price, long quantity, int message)
    {
        var offer = new ProposedOffer(
            Agenda.TermsOf(Outcome.Of(price, quantity)), OfferBinding.Firm, TimeSpan.FromMinutes(30));
        var act = new SubmitBid(
            Message(message), Tender, ListingOf(seller), 1, [new OrderLine(0, 1)], offer,
            Hash256.Of(BitConverter.GetBytes(message)));
        return Act(new AgentNumber(seller), act, message) with
        {
            Bidder = new Participant(new AgentNumber(seller), new PrincipalNumber(seller), null),
            Subject = new Subject(
                ListingOf(seller), 1, null, [new OrderLine(0, 1)], Agenda, Posted: null, Category: "kitchen"),
        };
    }

    private static async Task<PerformTenderAct> ChoosingAsync(InProcessMarket market)
    {
        var page = await BidsAsync(market);
        var hashes = page.Bids.Where(bid => bid.Seller.Value is 2 or 3).OrderBy(bid => bid.Seller.Value)
            .Select(bid => bid.Hash).ToValueArray();
        return Act(Buyer, new ChooseBids(Message(30), Tender, hashes), 30);
    }

    private static async Task<BidsPage> BidsAsync(InProcessMarket market) => Assert.IsType<BidsPage>(
        await market.AskAsync(GrainId.Of(Tender), new AskTender(Buyer, new GetBids(Tender))));

    private static async Task<object> AcceptAsync(InProcessMarket market, int seller, int message)
    {
        var chosen = (BidsWereChosen)await market.AskAsync(GrainId.Of(Tender), await ChoosingAsync(market));
        var negotiation = chosen.Chosen[seller - 2].Negotiation;
        var standing = await market.AskAsync(GrainId.Of(negotiation), new GetStandingOffer(Buyer));
        if (standing is GrainNotFound)
        {
            return standing; // its opening is still being told
        }

        if (((StandingOffer)standing).Offer is not { } offer)
        {
            return standing;
        }

        var accept = new AcceptOffer(Message(message), negotiation, 1, offer.Number, offer.Hash);
        return await market.AskAsync(new PerformAct(Buyer, accept, Some.Digest(message), null, default));
    }

    private static PerformTenderAct Act(AgentNumber from, TenderAct act, int message) =>
        new(from, act, Some.Digest(message), Evidence: null, Bidder: null, Subject: null);

    private static MessageId Message(int number) => Some.Message(number, Some.Noon);

    private static Func<InProcessMarket, Task<object>> Ask(GrainId grain, object message) =>
        async market => await market.AskAsync(grain, message);
}
