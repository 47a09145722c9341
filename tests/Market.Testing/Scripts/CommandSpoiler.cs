using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>Commands that a ledger has to refuse: wrong by themselves, or another content under a known id.</summary>
internal static class CommandSpoiler
{
    private const int LegsTooMany = 17;

    /// <summary>The same id with another content; commands without an id of their own stay as they are.</summary>
    public static LedgerCommand ChangeContent(LedgerCommand command, Random random) => command switch
    {
        Deposit c => c with { Amount = c.Amount with { MinorUnits = c.Amount.MinorUnits + 1 } },
        Withdraw c => new Deposit(c.Id, c.Principal, c.Amount),
        MintUnits c => c with { Quantity = c.Quantity + 1 },
        MintNeed c => c with { Owner = TestIds.Principal(c.Owner.Value + 1) },
        ReturnUnits c => new ReturnStock(c.Id, c.Listing, c.Owner),
        ReturnStock c => c with { Owner = TestIds.Principal(c.Owner.Value + 1) },
        Transfer c => c with { Legs = [.. c.Legs, c.Legs[0]] },
        HoldTransfer c => c with { ExpiresAt = c.ExpiresAt + TimeSpan.FromMinutes(1) },
        Settle c => c with { TermsHash = TestIds.Hash(2_000 + random.Next(10)) },
        GrantMandate c => new GrantMandate(c.Mandate with { BudgetMaxMinor = c.Mandate.BudgetMaxMinor + 1 }),
        PostHold c => c with { Amount = c.Amount + 1 },
        RevokeMandate c => c with { Principal = TestIds.Principal(c.Principal.Value + 1) },
        SuspendMandate c => new ResumeMandate(c.Mandate, c.Principal, c.Revision),
        ResumeMandate c => c with { Revision = c.Revision + 1 },
        Reverse c => c with { Amounts = c.Amounts.Select(amount => amount + 1).ToValueArray() },
        PayClaim c => c with { Claim = new EntryNumber(c.Claim.Value + 1) },
        OpenAccount c => c with { Account = AccountName.Funds(TestIds.Principal(7), Currency.Usd) },
        CloseSubject c => c with { Asset = Asset.Unit(TestIds.Listing(9)) },
        _ => command,
    };

    /// <summary>The command with one thing wrong in it.</summary>
    public static LedgerCommand Spoil(LedgerCommand command, Random random, LedgerTime now) => command switch
    {
        Deposit c => c with { Amount = c.Amount with { MinorUnits = BadAmount(random) } },
        Withdraw c => random.Next(2) == 0
            ? c with { Principal = PrincipalNumber.Market }
            : c with { Amount = c.Amount with { Currency = default } },
        MintUnits c => random.Next(2) == 0
            ? c with { Quantity = BadAmount(random) }
            : c with { Listing = default },
        MintNeed c => c with { Owner = TestIds.Principal(-1) },
        ReturnUnits c => c with { Quantity = BadAmount(random) },
        ReturnStock c => c with { Owner = PrincipalNumber.Market },
        Transfer c => c with { Legs = BadLegs(c.Legs, random) },
        HoldTransfer c => BadHold(c, random, now),
        PostHold c => c with { Amount = BadAmount(random) },
        ExpireHolds => new ExpireHolds(random.Next(2) == 0 ? 0 : 257),
        GrantMandate c => new GrantMandate(BadMandate(c.Mandate, random)),
        SuspendMandate c => c with { Principal = TestIds.Principal(c.Principal.Value + 1) },
        ResumeMandate c => c with { Revision = -c.Revision },
        Settle c => BadSettle(c, random, now),
        Reverse c => c with
        {
            Amounts = random.Next(3) switch
            {
                0 => [],
                1 => c.Amounts.Select(_ => 0L).ToValueArray(),
                _ => c.Amounts.Select(amount => -amount - 1).ToValueArray(),
            },
        },
        PayClaim c => c with { Claim = new EntryNumber(-1) },
        OpenAccount c => c with { Account = c.Account with { Kind = AccountKind.World } },
        CloseSubject c => c with { Asset = default },
        ExportCheckpoint c => c with { After = new EntryNumber(c.After.Value + 1_000) },
        _ => command,
    };

    private static long BadAmount(Random random) => random.Next(3) switch
    {
        0 => 0,
        1 => -5,
        _ => MarketLimits.AmountMax + 1,
    };

    private static ValueArray<Leg> BadLegs(ValueArray<Leg> legs, Random random)
    {
        var leg = legs[0];
        return random.Next(7) switch
        {
            0 => [],
            1 => Enumerable.Repeat(leg, LegsTooMany).ToValueArray(),
            2 => [leg with { Credit = leg.Debit }],
            3 => [leg with { Credit = AccountName.Owned(leg.Credit.Owner, TestIds.Listing(1)) }],
            4 => [leg with { Debit = AccountName.World(Currency.Usd) }],
            5 => [leg, leg with { Amount = BadAmount(random) }],
            _ => [leg with { Credit = leg.Credit with { Kind = AccountKind.Stock } }],
        };
    }

    private static HoldTransfer BadHold(HoldTransfer command, Random random, LedgerTime now) => random.Next(4) switch
    {
        0 => command with { ExpiresAt = now },
        1 => command with { ExpiresAt = now + TimeSpan.FromDays(500) },
        2 => command with { Leg = command.Leg with { Debit = AccountName.World(Currency.Usd) } },
        _ => command with { Leg = command.Leg with { Amount = BadAmount(random) } },
    };

    private static Mandate BadMandate(Mandate mandate, Random random) => random.Next(13) switch
    {
        0 => mandate with { PerDealMaxMinor = 0 },
        1 => mandate with { BudgetMaxMinor = MarketLimits.AmountMax + 1 },
        2 => mandate with { ExpiresAt = mandate.NotBefore },
        3 => mandate with { Currency = default },
        4 => mandate with { Window = (BudgetWindow)4 },
        5 => mandate with { Actions = 0 },
        6 => mandate with { Categories = ["food", " "] },
        7 => mandate with { CounterpartiesDenied = Enumerable.Repeat(mandate.Principal, 257).ToValueArray() },
        8 => mandate with { OpenHoldsMax = -1 },
        9 => mandate with { DealsMax = 0 },
        10 => mandate with { ApprovalAboveMinor = -1 },
        11 => mandate with { DelegationDepthMax = 9 },
        _ => mandate with { Agent = AgentNumber.None },
    };

    private static Settle BadSettle(Settle command, Random random, LedgerTime now) => random.Next(10) switch
    {
        0 => command with { Buyer = default },
        1 => command with { Seller = command.Buyer },
        2 => command with { Mode = (SettlementMode)9 },
        3 => command with { DeliveryDeadline = command.DeliveryDeadline is null ? now : null },
        4 => command with { Legs = [] },
        5 => command with { Legs = Enumerable.Repeat(command.Legs[0], LegsTooMany).ToValueArray() },
        6 => command with { Total = command.Total with { MinorUnits = command.Total.MinorUnits + 1 } },
        7 => command with { Legs = command.Legs.Take(1).ToValueArray() },
        8 => command with { Legs = [.. command.Legs, new Leg(command.Legs[^1].Credit, command.Legs[^1].Debit, 1)] },
        _ => command with { Mode = SettlementMode.OnDelivery, DeliveryDeadline = now },
    };
}
