namespace Market.Domain.Settling;

/// <summary>What is wrong with a leg by itself, whatever the state.</summary>
internal static class LegRules
{
    public static LedgerRefused? CheckCount(int legs) => legs switch
    {
        0 => new LedgerRefused(LedgerRefusal.LegsMissing),
        > LedgerLimits.LegsMax => new LedgerRefused(
            LedgerRefusal.TooManyLegs, Asked: legs, Allowed: LedgerLimits.LegsMax),
        _ => null,
    };

    public static LedgerRefused? CheckAmount(long amount) => amount switch
    {
        <= 0 => new LedgerRefused(LedgerRefusal.AmountNotPositive, Asked: amount),
        > MarketLimits.AmountMax => new LedgerRefused(
            LedgerRefusal.AmountTooLarge, Asked: amount, Allowed: MarketLimits.AmountMax),
        _ => null,
    };

    public static LedgerRefused? CheckPair(in Leg leg)
    {
        if (leg.Debit.Asset != leg.Credit.Asset)
        {
            return new LedgerRefused(LedgerRefusal.AccountsHaveDifferentAssets);
        }

        return leg.Debit == leg.Credit ? new LedgerRefused(LedgerRefusal.AccountsAreTheSame) : null;
    }

    public static LedgerRefused? CheckName(in AccountName name)
    {
        if (!name.HoldsItsAsset)
        {
            return new LedgerRefused(LedgerRefusal.AccountDoesNotHoldAsset);
        }

        return name.HasItsOwner ? null : new LedgerRefused(LedgerRefusal.AccountOwnerWrong);
    }

    /// <summary>Only deposits, withdrawals and mints move the accounts without a floor.</summary>
    public static LedgerRefused? CheckFloors(ReadOnlySpan<Leg> legs)
    {
        foreach (ref readonly var leg in legs)
        {
            if (!leg.Debit.IsLimited || !leg.Credit.IsLimited)
            {
                return new LedgerRefused(LedgerRefusal.AccountHasNoFloor);
            }
        }

        return null;
    }

    /// <summary>A hold or a delivery ends later than now, and within reach.</summary>
    public static LedgerRefusal? CheckDeadline(LedgerTime deadline, LedgerTime now)
    {
        if (deadline <= now)
        {
            return LedgerRefusal.DeadlineNotInFuture;
        }

        // Both are non-negative here, so the difference fits.
        return deadline - now > LedgerLimits.HoldDurationMax ? LedgerRefusal.DeadlineTooFar : null;
    }
}
