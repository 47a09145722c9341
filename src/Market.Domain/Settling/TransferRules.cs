namespace Market.Domain.Settling;

/// <summary>Deposits, withdrawals, mints, returns and transfers: legs posted at once, all or none.</summary>
internal static class TransferRules
{
    public static LedgerDecision Decide(LedgerState state, IdentifiedLedgerCommand command, LedgerTime now)
    {
        if (command is Transfer transfer)
        {
            return Move(state, transfer, now);
        }

        var reason = command switch
        {
            Deposit => TransferReason.Deposited,
            Withdraw => TransferReason.Withdrawn,
            MintUnits => TransferReason.UnitsMinted,
            MintNeed => TransferReason.NeedMinted,
            ReturnStock => TransferReason.StockReturned,
            _ => throw new ArgumentException($"The ledger knows no {command.GetType().Name}.", nameof(command)),
        };
        var leg = command is ReturnStock all ? AllOf(state, all) : LegOf(command);
        return Post(state, command, now, reason, new ReadOnlySpan<Leg>(in leg));
    }

    /// <summary>
    /// The one leg of a deposit, a withdrawal, a mint or a return; of a return of all stock, without the amount.
    /// </summary>
    public static Leg LegOf(IdentifiedLedgerCommand command) => command switch
    {
        Deposit deposit => DepositLeg(deposit.Principal, deposit.Amount),
        Withdraw withdraw => WithdrawLeg(withdraw.Principal, withdraw.Amount),
        MintUnits mint => MintLeg(AccountName.Stock(mint.Owner, mint.Listing), mint.Quantity),
        MintNeed mint => MintLeg(AccountName.Need(mint.Owner, mint.Request), mint.Quantity),
        ReturnUnits units => ReturnLeg(AccountName.Stock(units.Owner, units.Listing), units.Quantity),
        ReturnStock all => ReturnLeg(AccountName.Stock(all.Owner, all.Listing), 0),
        _ => throw new ArgumentException($"A {command.GetType().Name} has no one leg.", nameof(command)),
    };

    /// <summary>What is left of a stock; where nothing is, one unit, which is refused as any other that is not
    /// there.</summary>
    private static Leg AllOf(LedgerState state, ReturnStock command)
    {
        var leg = LegOf(command);
        var available = state.Accounts.TryFind(leg.Debit, out var stock) ? state.Accounts[stock].Available : 0;
        return leg with { Amount = Math.Clamp(available, 1, MarketLimits.AmountMax) };
    }

    private static Leg DepositLeg(PrincipalNumber principal, Money amount) =>
        new(AccountName.World(amount.Currency), AccountName.Funds(principal, amount.Currency), amount.MinorUnits);

    private static Leg WithdrawLeg(PrincipalNumber principal, Money amount) =>
        new(AccountName.Funds(principal, amount.Currency), AccountName.World(amount.Currency), amount.MinorUnits);

    private static Leg MintLeg(AccountName into, long quantity) => new(AccountName.Mint(into.Asset), into, quantity);

    private static Leg ReturnLeg(AccountName from, long quantity) => new(from, AccountName.Mint(from.Asset), quantity);

    private static LedgerDecision Move(LedgerState state, Transfer transfer, LedgerTime now)
    {
        var legs = transfer.Legs.AsSpan();
        return (LegRules.CheckCount(legs.Length) ?? LegRules.CheckFloors(legs)) is { } refused
            ? LedgerDecision.Refuses(refused)
            : Post(state, transfer, now, TransferReason.Transferred, legs);
    }

    private static LedgerDecision Post(
        LedgerState state,
        IdentifiedLedgerCommand command,
        LedgerTime now,
        TransferReason reason,
        ReadOnlySpan<Leg> legs)
    {
        Span<AccountName> opened = stackalloc AccountName[2 * legs.Length];
        var plan = new PostingPlan(state, opened, posts: true);
        if ((plan.Resolve(legs) ?? plan.CheckAvailable(legs, LedgerRefusal.AvailableExceeded)) is { } refused)
        {
            return LedgerDecision.Refuses(refused);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(
            new TransfersPosted(now, command.Id, reason, plan.Opened(), plan.Postings));
    }
}
