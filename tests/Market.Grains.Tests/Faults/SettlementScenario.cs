using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Mandates;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Grains.Tests.Grains;
using Market.Testing;
using Market.Testing.Faults;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Faults;

/// <summary>One step of a scenario; asked again, it is the same step.</summary>
internal delegate Task Step(InProcessMarket market, ClientHistory history);

/// <summary>
/// Every kind of entry once: deposits, deals that settle and fail, holds that are posted in part, voided and expire, a
/// mandate that is revoked in mid-deal, a delivery.
/// </summary>
internal static class SettlementScenario
{
    private static readonly PrincipalNumber Buyer = Some.Buyer.Principal;
    private static readonly ListingId Wares = new(Some.Message(70, Some.Noon).Value);
    private static readonly MandateId Mandate = new(Some.Message(71, Some.Noon).Value);

    public static InProcessMarketOptions Options { get; } = new()
    {
        StartingBalance = new Money(500_00, Currency.Usd),
        Cluster = options => options with { SnapshotEvery = 7 },
    };

    public static IReadOnlyList<Step> Steps { get; } =
    [
        async (market, _) => await market.AskAsync(GrainId.Directory, GrainMessages.Enrol(1)),
        async (market, _) => await market.AskAsync(
            GrainId.Directory, GrainMessages.Enrol(2, "bob", AgentRole.Seller)),
        async (market, _) => await market.AskAsync(Trade.Seller, GrainMessages.Listing(1)),
        async (market, _) => await market.AskAsync(Trade.Buyer, GrainMessages.Request(1)),
        Tell(new Deposit(Trade.Command(1), Buyer, new Money(1_000_00, Currency.Usd))),
        Tell(new MintUnits(Trade.Command(2), Wares, Some.Seller.Principal, 3)),
        Tell(new Withdraw(Trade.Command(3), Buyer, new Money(30_00, Currency.Usd))),
        (market, history) => history.AskAsync(market, GrainMessages.Opening(1)),
        (market, history) => history.AskAsync(market, GrainMessages.Opening(2)),
        async (market, history) => await history.AskAsync(market, await Trade.AcceptAsync(market, 1)),
        async (market, history) => await history.AskAsync(market, await Trade.AcceptAsync(market, 2)),
        Tell(Trade.Hold(4, Some.Noon + TimeSpan.FromHours(2))),
        Tell(Trade.Hold(5, Some.Noon + TimeSpan.FromHours(2))),
        Tell(Trade.Hold(6, Some.Noon + TimeSpan.FromMinutes(10))),
        Tell(new PostHold(Trade.Command(4), 40)),
        Tell(new VoidHold(Trade.Command(5))),
        Tell(new GrantMandate(new Mandate(
            Mandate, Buyer, Some.BuyerAgent, Currency.Usd, 100_00, 150_00, Some.Noon,
            Some.Noon + TimeSpan.FromDays(1)))),
        Tell(Deal(1)),
        Tell(new RevokeMandate(Mandate, Buyer)),
        Tell(Deal(2)),
        Tell(new ConfirmDelivery(Deal(1).Deal)),
        (market, _) => market.AdvanceAsync(TimeSpan.FromMinutes(10)),
    ];

    /// <summary>The n-th deal on delivery under the mandate: one unit for 50.00.</summary>
    private static Settle Deal(int number)
    {
        var total = new Money(50_00, Currency.Usd);
        return new Settle(
            new DealId(Hash256.Of(BitConverter.GetBytes(number))),
            Some.Negotiation,
            Hash256.Of(BitConverter.GetBytes(number + 1_000)),
            new DealParty(Some.BuyerAgent, Buyer, Mandate),
            new DealParty(Some.SellerAgent, Some.Seller.Principal, null),
            total,
            DealLegs.Build(Buyer, Some.Seller.Principal, total, 100, Wares, 1, null),
            SettlementMode.OnDelivery,
            Some.Noon + TimeSpan.FromDays(2));
    }

    private static Step Tell(LedgerCommand command) => (market, history) => history.AskAsync(market, command);
}
