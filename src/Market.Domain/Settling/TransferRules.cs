namespace Market.Domain.Settling;

/// <summary>Deposits, withdrawals, mints and transfers: legs posted at once, all or none.</summary>
internal static class TransferRules
{
    public static LedgerDecision Decide(
        LedgerState state, IdentifiedLedgerCommand command, Hash256 payload, LedgerTime now)
    {
        if (command is Transfer transfer)
        {
            return Move(state, transfer, payload, now);
        }

        var (reason, leg) = command switch
        {
            Deposit deposit => (TransferReason.Deposited, DepositLeg(deposit.Principal, deposit.Amount)),
            Withdraw withdraw => (TransferReason.Withdrawn, WithdrawLeg(withdraw.Principal, withdraw.Amount)),
            MintUnits mint => (
                TransferReason.UnitsMinted, MintLeg(AccountName.Stock(mint.Owner, mint.Listing), mint.Quantity)),
            MintNeed mint => (
                TransferReason.NeedMinted, MintLeg(AccountName.Need(mint.Owner, mint.Request), mint.Quantity)),
            _ => throw new ArgumentException($"The ledger knows no {command.GetType().Name}.", nameof(command)),
        };
        return Post(state, command, payload, now, reason, new ReadOnlySpan<Leg>(in leg));
    }

    private static Leg DepositLeg(PrincipalNumber principal, Money amount) =>
        new(AccountName.World(amount.Currency), AccountName.Funds(principal, amount.Currency), amount.MinorUnits);

    private static Leg WithdrawLeg(PrincipalNumber principal, Money amount) =>
        new(AccountName.Funds(principal, amount.Currency), AccountName.World(amount.Currency), amount.MinorUnits);

    private static Leg MintLeg(AccountName into, long quantity) => new(AccountName.Mint(into.Asset), into, quantity);

    private static LedgerDecision Move(LedgerState state, Transfer transfer, Hash256 payload, LedgerTime now)
    {
        var legs = transfer.Legs.AsSpan();
        return (LegRules.CheckCount(legs.Length) ?? LegRules.CheckFloors(legs)) is { } refused
            ? LedgerDecision.Refuses(refused)
            : Post(state, transfer, payload, now, TransferReason.Transferred, legs);
    }

    private static LedgerDecision Post(
        LedgerState state,
        IdentifiedLedgerCommand command,
        Hash256 payload,
        LedgerTime now,
        TransferReason reason,
        ReadOnlySpan<Leg> legs)
    {
        Span<AccountName> opened = stackalloc AccountName[PostingPlan.OpenedMax];
        var plan = new PostingPlan(state, opened, posts: true);
        if ((plan.Resolve(legs) ?? plan.CheckAvailable(legs, LedgerRefusal.AvailableExceeded)) is { } refused)
        {
            return LedgerDecision.Refuses(refused);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(
            new TransfersPosted(now, command.Id, payload, reason, plan.Opened(), plan.Postings));
    }
}
