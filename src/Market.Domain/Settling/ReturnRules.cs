namespace Market.Domain.Settling;

/// <summary>
/// Unsold units that go back to the mint. Whoever told it may tell it again before it has the answer; so that a return
/// which was refused never happens later, its refusal is an entry too.
/// </summary>
internal static class ReturnRules
{
    public static LedgerDecision Decide(LedgerState state, ReturnUnits command, LedgerTime now)
    {
        var leg = TransferRules.LegOf(command);
        var legs = new ReadOnlySpan<Leg>(in leg);
        Span<AccountName> opened = stackalloc AccountName[2];
        var plan = new PostingPlan(state, opened, posts: true);
        if (plan.Resolve(legs) is { } wrong)
        {
            return LedgerDecision.Refuses(wrong);
        }

        if (plan.CheckAvailable(legs, LedgerRefusal.AvailableExceeded) is { Asked: { }, Allowed: { } allowed })
        {
            var refused = new ReturnRefused(
                now, command.Id, command.Listing, command.Owner, command.Quantity, allowed);
            return LedgerDecision.Refuses(RefusedBy(refused, state.NextEntry), refused);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new TransfersPosted(
            now, command.Id, TransferReason.UnitsReturned, plan.Opened(), plan.Postings));
    }

    /// <summary>The answer to a return that was refused, then and whenever it is told again.</summary>
    public static LedgerRefused RefusedBy(ReturnRefused refused, EntryNumber entry) =>
        new(LedgerRefusal.AvailableExceeded, refused.Quantity, refused.Available, entry);
}
