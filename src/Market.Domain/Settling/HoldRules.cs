namespace Market.Domain.Settling;

/// <summary>Pending transfers outside deals, and the expiry of everything that is held.</summary>
internal static class HoldRules
{
    public static LedgerDecision Place(LedgerState state, HoldTransfer command, Hash256 payload, LedgerTime now)
    {
        var leg = command.Leg;
        var legs = new ReadOnlySpan<Leg>(in leg);
        if (LegRules.CheckDeadline(command.ExpiresAt, now) is { } deadline)
        {
            return LedgerDecision.Refuses(deadline);
        }

        Span<AccountName> opened = stackalloc AccountName[PostingPlan.OpenedMax];
        var plan = new PostingPlan(state, opened, posts: false);
        if ((LegRules.CheckFloors(legs)
            ?? plan.Resolve(legs)
            ?? plan.CheckAvailable(legs, LedgerRefusal.AvailableExceeded)) is { } refused)
        {
            return LedgerDecision.Refuses(refused);
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(
            new TransferHeld(now, command.Id, payload, command.ExpiresAt, plan.Opened(), plan.Postings[0]));
    }

    public static LedgerDecision Post(LedgerState state, PostHold command, LedgerTime now)
    {
        if (!TryFind(state, command.Hold, out var row))
        {
            return LedgerDecision.Refuses(LedgerRefusal.HoldUnknown);
        }

        if (row.Hold == HoldStatus.Posted && row.HoldPosted == command.Amount)
        {
            return LedgerDecision.AlreadyDone(row.HoldClosedBy);
        }

        if (CheckOpen(state, row, now) is { } refusal)
        {
            return LedgerDecision.Refuses(refusal, Closing(row));
        }

        if (command.Amount <= 0)
        {
            return LedgerDecision.Refuses(LedgerRefusal.AmountNotPositive);
        }

        var held = state.Holds[row.Entry].Postings[0].Amount;
        if (command.Amount > held)
        {
            return LedgerDecision.Refuses(
                new LedgerRefused(LedgerRefusal.HoldAmountExceeded, Asked: command.Amount, Allowed: held));
        }

        // The point of no return: everything below succeeds.
        return LedgerDecision.Happens(new HoldPosted(now, command.Hold, command.Amount));
    }

    public static LedgerDecision Void(LedgerState state, VoidHold command, LedgerTime now)
    {
        if (!TryFind(state, command.Hold, out var row))
        {
            return LedgerDecision.Refuses(LedgerRefusal.HoldUnknown);
        }

        if (row.Hold == HoldStatus.Voided)
        {
            return LedgerDecision.AlreadyDone(row.HoldClosedBy);
        }

        if (CheckOpen(state, row, now) is { } refusal)
        {
            return LedgerDecision.Refuses(refusal, Closing(row));
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

    private static bool TryFind(LedgerState state, LedgerCommandId hold, out CommandRow row)
    {
        var found = state.Commands.TryFind(hold, out var place);
        row = found ? state.Commands[place] : default;
        return row.Hold != default;
    }

    private static LedgerRefusal? CheckOpen(LedgerState state, in CommandRow row, LedgerTime now) => row.Hold switch
    {
        HoldStatus.Posted => LedgerRefusal.HoldAlreadyPosted,
        HoldStatus.Voided => LedgerRefusal.HoldAlreadyVoided,
        HoldStatus.Expired => LedgerRefusal.HoldExpired,
        _ => state.Holds[row.Entry].ExpiresAt <= now ? LedgerRefusal.HoldExpired : null,
    };

    private static EntryNumber? Closing(in CommandRow row) => row.HoldClosedBy.Value == 0 ? null : row.HoldClosedBy;
}
