using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>Ids, parties and commands for the ledger's tests. Alice buys, Bob sells.</summary>
internal static class Some
{
    public static readonly PrincipalNumber Alice = new(1);
    public static readonly PrincipalNumber Bob = new(2);
    public static readonly PrincipalNumber Carol = new(3);
    public static readonly AgentNumber AgentA = new(11);
    public static readonly AgentNumber AgentB = new(12);
    public static readonly LedgerTime Start = LedgerTime.FromUtc(new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
    public static readonly LedgerTime Friday = Start + TimeSpan.FromDays(4);
    public static readonly ListingId Listing = new(Id(101));
    public static readonly RequestId Request = new(Id(201));
    public static readonly MandateId MandateOne = new(Id(301));
    public static readonly AccountName AliceFunds = AccountName.Funds(Alice, Currency.Usd);
    public static readonly AccountName BobFunds = AccountName.Funds(Bob, Currency.Usd);
    public static readonly AccountName BobStock = AccountName.Stock(Bob, Listing);
    public static readonly AccountName AliceOwned = AccountName.Owned(Alice, Listing);
    public static readonly AccountName AliceNeed = AccountName.Need(Alice, Request);
    public static readonly AccountName Filled = AccountName.Filled(Request);
    public static readonly AccountName FeesUsd = AccountName.Fees(Currency.Usd);

    public static Guid Id(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    public static Hash256 Hash(int number) => new(1, 2, 3, (ulong)number);

    public static LedgerCommandId CommandId(int number) => new(Hash(number));

    public static DealId DealId(int number) => new(Hash(1_000 + number));

    public static Money Usd(long cents) => new(cents, Currency.Usd);

    public static Leg Leg(AccountName debit, AccountName credit, long amount) => new(debit, credit, amount);

    public static Mandate Mandate(
        long perDeal = 10_000, long budget = 15_000, MandateId? id = null, PrincipalNumber? principal = null) => new(
            id ?? MandateOne, principal ?? Alice, AgentA, Currency.Usd, perDeal, budget, Start, Friday);

    /// <summary>A deal of Alice's with Bob, at 1 % fee, for one unit unless said otherwise.</summary>
    public static Settle Settle(
        int deal = 1,
        long total = 8_400,
        long quantity = 1,
        SettlementMode mode = SettlementMode.Immediate,
        MandateId? buyerMandate = null,
        RequestId? request = null,
        PrincipalNumber? seller = null,
        LedgerTime? deadline = null)
    {
        var to = seller ?? Bob;
        return new Settle(
            DealId(deal),
            new NegotiationId(Id(400 + deal)),
            Hash(2_000 + deal),
            new DealParty(AgentA, Alice, buyerMandate),
            new DealParty(AgentB, to, null),
            Usd(total),
            DealLegs.Build(Alice, to, Usd(total), feeBasisPoints: 100, Listing, quantity, request),
            mode,
            mode == SettlementMode.OnDelivery ? deadline ?? Friday : null);
    }
}
