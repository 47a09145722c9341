using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Silo;

namespace Market.Benchmarks;

/// <summary>Sellers with a stock, buyers with funds and a need, and their open negotiations: new for a race.</summary>
internal sealed class RaceWorld(MarketEngine engine, Agenda agenda)
{
    private static int _principals = 1_000;

    /// <summary>Opens a negotiation of every buyer with every seller, with a firm offer of the buyer's.</summary>
    public async Task<IReadOnlyList<OpenNegotiationCommand>> PrepareAsync(int buyers, int sellers, int units)
    {
        var buying = Enumerable.Range(0, buyers).Select(_ => NextParticipant()).ToList();
        var selling = Enumerable.Range(0, sellers).Select(_ => NextParticipant()).ToList();
        var request = buyers == 1 ? new RequestId(Guid.CreateVersion7()) : (RequestId?)null;
        await Task.WhenAll(buying.Select(buyer => TellAsync(new Deposit(
            LedgerCommandIds.For("fund", buyer.Principal), buyer.Principal, new Money(1_000_00, Currency.Usd)))));
        if (request is { } need)
        {
            await TellAsync(new MintNeed(
                LedgerCommandIds.For("need", need.Value), need, buying[0].Principal, units));
        }

        var openings = new List<OpenNegotiationCommand>();
        foreach (var seller in selling)
        {
            var listing = new ListingId(Guid.CreateVersion7());
            await TellAsync(new MintUnits(
                LedgerCommandIds.For("stock", listing.Value), listing, seller.Principal, units));
            openings.AddRange(buying.Select(buyer => Opening(buyer, seller, listing, request)));
        }

        await Task.WhenAll(openings.Select(o => engine.Cluster.AskAsync(GrainId.Of(o.Negotiation), o).AsTask()));
        return openings;
    }

    /// <summary>The seller accepts what stands.</summary>
    public async Task AcceptAsync(OpenNegotiationCommand opening)
    {
        var seller = opening.Seller.Agent;
        var grain = GrainId.Of(opening.Negotiation);
        var standing = await engine.Cluster.AskAsync(grain, new GetStandingOffer(seller));
        if (standing is StandingOffer { Offer: { } offer })
        {
            var accept = new AcceptOffer(NewMessage(), opening.Negotiation, 1, offer.Number, offer.Hash);
            await engine.Cluster.AskAsync(grain, new PerformAct(seller, accept, default, null, default));
        }
    }

    private OpenNegotiationCommand Opening(
        Participant buyer, Participant seller, ListingId listing, RequestId? request) => new(
            NewMessage(), default, new NegotiationId(Guid.CreateVersion7()), Party.Buyer, buyer, seller,
            new Subject(listing, 1, request, [new OrderLine(0, 1)], agenda, null),
            new NegotiationRules(
                Protocol.Bilateral, 10, TimeSpan.FromMinutes(30), new MarketSiloOptions().FeeBasisPoints,
                SignaturesRequired: false),
            ProposedOffer.Firm(agenda.TermsOf(Outcome.Of(60_00))), null);

    private static Participant NextParticipant()
    {
        var number = Interlocked.Increment(ref _principals);
        return new Participant(new AgentNumber(number), new PrincipalNumber(number), null);
    }

    private static MessageId NewMessage() => new(Guid.CreateVersion7());

    private async Task TellAsync(LedgerCommand command)
    {
        if (await engine.Cluster.AskAsync(GrainId.Ledger, command) is not LedgerDone)
        {
            throw new InvalidOperationException($"The ledger did not do {command.GetType().Name}.");
        }
    }
}
