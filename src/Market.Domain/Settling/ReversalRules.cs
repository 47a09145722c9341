namespace Market.Domain.Settling;

/// <summary>
/// Taking back what a deal moved: never by touching its entry, always by a new one with the opposite postings, and of
/// each leg at most what it moved (INV-6). What a reversal looks at is the deal's own entry, read from the journal.
/// </summary>
internal static class ReversalRules
{
    public static LedgerDecision Reverse(LedgerState state, Reverse command, LedgerTime now, ref Past past)
    {
        if (!past.TryFind(RememberedKind.Deal, command.Deal.Value, out var deal)
            || deal.Mark == (byte)DealStatus.Refused)
        {
            return LedgerDecision.Refuses(LedgerRefusal.DealUnknown);
        }

        if (CheckPosted(state, command.Deal, deal, ref past) is { } notPosted)
        {
            return LedgerDecision.Refuses(notPosted);
        }

        if (past.Read(deal.Entry) is not DealBooked booked)
        {
            return default; // the past completes this into a recall
        }

        var legs = new Leg[booked.Postings.Count];
        if ((CheckAmounts(state, command, deal.Entry, booked) ?? TryTurn(state, booked, command, ref legs))
            is { } wrong)
        {
            return LedgerDecision.Refuses(wrong);
        }

        Span<AccountName> opened = stackalloc AccountName[2 * legs.Length];
        var plan = new PostingPlan(state, opened, posts: true);
        if ((plan.Resolve(legs)
            ?? plan.CheckAvailable(legs, LedgerRefusal.GoodsNotReturnable, AccountKind.Owned)
            ?? plan.CheckAvailable(legs, LedgerRefusal.GoodsNotReturnable, AccountKind.Filled)) is { } refused)
        {
            return LedgerDecision.Refuses(refused);
        }

        var paid = booked.Total with { MinorUnits = PaidBack(state, booked, command.Amounts) };
        var (buyer, seller) = (booked.Buyer.Mandate, booked.Seller.Mandate);
        if (plan.CheckAvailable(legs, LedgerRefusal.SellerCannotRefund) is { Asked: { } asked, Allowed: { } allowed })
        {
            var claim = new RefundClaimed(
                now, command.Id, command.Deal, deal.Entry, command.Amounts, plan.Postings, paid, buyer, seller,
                asked, allowed, booked.At);
            return LedgerDecision.Refuses(RefusedBy(claim, state.NextEntry), claim);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new DealReversed(
            now, command.Id, command.Deal, deal.Entry, command.Amounts, plan.Postings, paid, buyer, seller,
            booked.At));
    }

    public static LedgerDecision Pay(LedgerState state, PayClaim command, LedgerTime now, ref Past past)
    {
        if (!state.Claims.TryGetValue(command.Claim, out var claim))
        {
            if (command.Claim.Value < 1 || command.Claim.Value > state.LastEntry.Value)
            {
                return LedgerDecision.Refuses(LedgerRefusal.ClaimUnknown);
            }

            return LedgerDecision.Refuses(past.Read(command.Claim) is RefundClaimed
                ? LedgerRefusal.ClaimAlreadyPaid
                : LedgerRefusal.ClaimUnknown);
        }

        var legs = new Leg[claim.Postings.Count];
        for (var i = 0; i < legs.Length; i++)
        {
            var posting = claim.Postings[i];
            if (Turned(state, posting.Debit, posting.Credit, posting.Amount) is not { } leg)
            {
                return LedgerDecision.Refuses(LedgerRefusal.AccountEvicted);
            }

            legs[i] = leg;
        }

        Span<AccountName> opened = stackalloc AccountName[2 * legs.Length];
        var plan = new PostingPlan(state, opened, posts: true);
        if ((plan.Resolve(legs) ?? plan.CheckAvailable(legs, LedgerRefusal.ClaimNotCovered)) is { } refused)
        {
            return LedgerDecision.Refuses(refused);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new ClaimPaid(now, command.Id, command.Claim));
    }

    /// <summary>The answer to a reversal that became a claim, then and whenever it is told again.</summary>
    public static LedgerRefused RefusedBy(RefundClaimed claim, EntryNumber entry) =>
        new(LedgerRefusal.SellerCannotRefund, claim.Asked, claim.Allowed, entry);

    private static LedgerRefused? CheckPosted(
        LedgerState state, DealId id, in RememberedRow deal, ref Past past)
    {
        if (deal.Mark == (byte)DealStatus.Posted)
        {
            return null;
        }

        if (state.Holds.Find(id) is not null)
        {
            return new LedgerRefused(LedgerRefusal.DealNotPosted, Entry: deal.Entry);
        }

        return past.TryFind(RememberedKind.DealEnd, id.Value, out var end) && end.Mark == (byte)DealStatus.Delivered
            ? null
            : new LedgerRefused(LedgerRefusal.DealNotPosted, Entry: end.Entry);
    }

    private static LedgerRefused? CheckAmounts(
        LedgerState state, Reverse command, EntryNumber settled, DealBooked booked)
    {
        var amounts = command.Amounts.AsSpan();
        if (amounts.Length != booked.Postings.Count)
        {
            return new LedgerRefused(
                LedgerRefusal.ReversalAmountsMissing, Asked: amounts.Length, Allowed: booked.Postings.Count);
        }

        if (!amounts.ContainsAnyExcept(0))
        {
            return new LedgerRefused(LedgerRefusal.ReversalEmpty);
        }

        var before = state.Reversals.GetValueOrDefault(settled);
        for (var i = 0; i < amounts.Length; i++)
        {
            var left = booked.Postings[i].Amount - (before is null ? 0 : before[i]);
            if (amounts[i] < 0)
            {
                return new LedgerRefused(LedgerRefusal.AmountNotPositive, Asked: amounts[i]);
            }

            if (amounts[i] > left)
            {
                return new LedgerRefused(LedgerRefusal.ReversalExceedsLeg, Asked: amounts[i], Allowed: left);
            }
        }

        return null;
    }

    /// <summary>The legs of the way back.</summary>
    private static LedgerRefused? TryTurn(LedgerState state, DealBooked booked, Reverse command, ref Leg[] legs)
    {
        var count = 0;
        for (var i = 0; i < booked.Postings.Count; i++)
        {
            if (command.Amounts[i] == 0)
            {
                continue;
            }

            var posting = booked.Postings[i];
            if (Turned(state, posting.Credit, posting.Debit, command.Amounts[i]) is not { } leg)
            {
                return new LedgerRefused(LedgerRefusal.AccountEvicted);
            }

            legs[count++] = leg;
        }

        Array.Resize(ref legs, count);
        return null;
    }

    private static Leg? Turned(LedgerState state, AccountNumber from, AccountNumber to, long amount) =>
        LedgerQueries.GetAccount(state, from) is { } debit && LedgerQueries.GetAccount(state, to) is { } credit
            ? new Leg(debit, credit, amount)
            : null;

    // Money accounts are never evicted, so the kind of a money leg is always at hand.
    private static long PaidBack(LedgerState state, DealBooked booked, ValueArray<long> amounts)
    {
        var paid = 0L;
        for (var i = 0; i < amounts.Count; i++)
        {
            var isMoney = LedgerQueries.GetAccount(state, booked.Postings[i].Debit)?.Kind == AccountKind.Funds;
            paid += isMoney ? amounts[i] : 0;
        }

        return paid;
    }
}
