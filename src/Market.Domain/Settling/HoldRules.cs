namespace Market.Domain.Settling;

/// <summary>Pending transfers outside deals, and the expiry of everything that is held.</summary>
internal static class HoldRules
{
    public static LedgerDecision Place(LedgerState state, HoldTransfer command, LedgerTime now)
    {
        var leg = command.Leg;
        var legs = new ReadOnlySpan<Leg>(in leg);
        if (LegRules.CheckDeadline(command.ExpiresAt, now) is { } deadline)
        {
            return LedgerDecision.Refuses(deadline);
        }

        Span<AccountName> opened = stackalloc AccountName[2];
        var plan = new PostingPlan(state, opened, posts: false);
        if ((LegRules.CheckFloors(legs)
            ?? plan.Resolve(legs)
            ?? plan.CheckAvailable(legs, LedgerRefusal.AvailableExceeded)
            ?? (leg.Debit.Kind == AccountKind.Funds ? CheckCount(state, leg.Debit.Owner) : null)) is { } refused)
        {
            return LedgerDecision.Refuses(refused);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(
            new TransferHeld(now, command.Id, command.ExpiresAt, plan.Opened(), plan.Postings[0]));
    }

    /// <summary>Why no further hold may be open on a principal's money; null where one may.</summary>
    public static LedgerRefused? CheckCount(LedgerState state, PrincipalNumber owner)
    {
        var open = state.HoldCountOf(owner);
        return open < state.HoldsPerPrincipalMax ? null
            : new LedgerRefused(LedgerRefusal.TooManyHolds, Asked: open + 1L, Allowed: state.HoldsPerPrincipalMax);
    }

    public static LedgerDecision Post(LedgerState state, PostHold command, LedgerTime now, ref Past past)
    {
        var hold = state.Holds.Find(command.Hold);
        if (hold is null && past.TryFind(RememberedKind.HoldEnd, command.Hold.Value, out var end)
            && end.Mark == (byte)HoldStatus.Posted && end.Amount == command.Amount)
        {
            return LedgerDecision.AlreadyDone(end.Entry);
        }

        if (CheckOpen(hold, command.Hold, now, ref past) is { } refused)
        {
            return LedgerDecision.Refuses(refused);
        }

        if (command.Amount <= 0)
        {
            return LedgerDecision.Refuses(LedgerRefusal.AmountNotPositive);
        }

        var held = hold!.Postings[0].Amount;
        if (command.Amount > held)
        {
            return LedgerDecision.Refuses(
                new LedgerRefused(LedgerRefusal.HoldAmountExceeded, Asked: command.Amount, Allowed: held));
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new HoldPosted(now, command.Hold, command.Amount));
    }

    public static LedgerDecision Void(LedgerState state, VoidHold command, LedgerTime now, ref Past past)
    {
        var hold = state.Holds.Find(command.Hold);
        if (hold is null && past.TryFind(RememberedKind.HoldEnd, command.Hold.Value, out var end)
            && end.Mark == (byte)HoldStatus.Voided)
        {
            return LedgerDecision.AlreadyDone(end.Entry);
        }

        if (CheckOpen(hold, command.Hold, now, ref past) is { } refused)
        {
            return LedgerDecision.Refuses(refused);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new HoldVoided(now, command.Hold));
    }

    public static LedgerDecision Expire(LedgerState state, ExpireHolds command, LedgerTime now)
    {
        if (command.Max is < 1 or > LedgerLimits.HoldsExpiredMax)
        {
            return LedgerDecision.Refuses(LedgerRefusal.StepSizeOutOfRange);
        }

        var due = new List<EntryNumber>();
        foreach (var hold in state.Holds.ByDeadline)
        {
            if (due.Count == command.Max || hold.ExpiresAt > now)
            {
                break;
            }

            due.Add(hold.Entry);
        }

        if (due.Count == 0)
        {
            return LedgerDecision.Refuses(LedgerRefusal.NoHoldIsDue);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new HoldsExpired(now, due.ToValueArray()));
    }

    private static LedgerRefused? CheckOpen(OpenHold? hold, LedgerCommandId id, LedgerTime now, ref Past past)
    {
        if (hold is not null)
        {
            return hold.ExpiresAt <= now ? new LedgerRefused(LedgerRefusal.HoldExpired) : null;
        }

        if (!past.TryFind(RememberedKind.HoldEnd, id.Value, out var end))
        {
            return new LedgerRefused(LedgerRefusal.HoldUnknown);
        }

        return new LedgerRefused((HoldStatus)end.Mark switch
        {
            HoldStatus.Posted => LedgerRefusal.HoldAlreadyPosted,
            HoldStatus.Voided => LedgerRefusal.HoldAlreadyVoided,
            _ => LedgerRefusal.HoldExpired,
        }, Entry: end.Entry);
    }
}
