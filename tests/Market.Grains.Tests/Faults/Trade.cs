using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Grains.Tests.Grains;
using Market.Testing;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Faults;

/// <summary>What the tests' buyer and seller do in an in-process market, step by step.</summary>
internal static class Trade
{
    public static GrainId Seller { get; } = GrainId.OfSeller(Some.SellerAgent);

    public static GrainId Buyer { get; } = GrainId.OfBuyer(Some.BuyerAgent);

    /// <summary>The n-th command id.</summary>
    public static LedgerCommandId Command(int number) => new(Hash256.Of(BitConverter.GetBytes(number)));

    /// <summary>A hold of 1.00 of the buyer's funds, for the seller.</summary>
    public static HoldTransfer Hold(int number, LedgerTime expiresAt, long amount = 1_00) => new(
        Command(number),
        new Leg(
            AccountName.Funds(Some.Buyer.Principal, Currency.Usd),
            AccountName.Funds(Some.Seller.Principal, Currency.Usd),
            amount),
        expiresAt);

    /// <summary>Enrols both sides, publishes one listing and one request, and lets the ledger mint both.</summary>
    public static async Task PublishAsync(InProcessMarket market)
    {
        await market.AskAsync(GrainId.Directory, GrainMessages.Enrol(1));
        await market.AskAsync(GrainId.Directory, GrainMessages.Enrol(2, "bob", AgentRole.Seller));
        await market.AskAsync(Seller, GrainMessages.Listing(1));
        await market.AskAsync(Buyer, GrainMessages.Request(1));
        await market.SettleDownAsync();
    }

    /// <summary>Opens the n-th negotiation with a firm offer of 60.00, which the seller accepts.</summary>
    public static async Task<(NegotiationId Negotiation, ActRecorded Accepted)> AgreeAsync(
        InProcessMarket market, int number)
    {
        var opening = GrainMessages.Opening(number);
        Assert.IsType<ActRecorded>(await market.AskAsync(opening));
        var accepted = await market.AskAsync(await AcceptAsync(market, number));
        return (opening.Negotiation, Assert.IsType<ActRecorded>(accepted));
    }

    /// <summary>The seller's accept of the offer that stands in the n-th negotiation.</summary>
    public static async Task<PerformAct> AcceptAsync(InProcessMarket market, int number)
    {
        var negotiation = GrainMessages.Opening(number).Negotiation;
        var standing = await market.AskAsync(GrainId.Of(negotiation), new GetStandingOffer(Some.SellerAgent));
        var offer = Assert.IsType<StandingOffer>(standing).Offer!;
        var accept = new AcceptOffer(Some.Message(9, Some.Noon), negotiation, 1, offer.Number, offer.Hash);
        return new PerformAct(Some.SellerAgent, accept, Some.Digest(9), null, default);
    }

    public static long FundsOf(LedgerState state, PrincipalNumber principal) =>
        LedgerQueries.GetBalance(state, AccountName.Funds(principal, Currency.Usd)).Available;
}
