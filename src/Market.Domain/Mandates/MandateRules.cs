using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>
/// What a mandate allows. The ledger's own check, at its time and against its usage, is the one that binds; the
/// same rules on a copy tell an agent early, and decide nothing.
/// </summary>
public static class MandateRules
{
    /// <summary>Whether a mandate can be granted at all; null where it can.</summary>
    public static LedgerRefusal? CheckGrant(Mandate mandate)
    {
        ArgumentNullException.ThrowIfNull(mandate);
        var isWellFormed = mandate.Principal.Value >= 1
            && mandate.Agent.Value >= 1
            && Asset.Money(mandate.Currency).IsWellFormed
            && mandate.PerDealMaxMinor is >= 1 and <= MarketLimits.AmountMax
            && mandate.BudgetMaxMinor is >= 1 and <= MarketLimits.AmountMax
            && mandate.NotBefore < mandate.ExpiresAt;
        return isWellFormed ? null : LedgerRefusal.MandateMalformed;
    }

    /// <summary>
    /// Whether a deal of this total would be within a mandate, by a copy of it: the answer may be out of date and
    /// binds nobody. Null where it would.
    /// </summary>
    /// <param name="mandate">The copy.</param>
    /// <param name="used">Its usage as far as is known.</param>
    /// <param name="total">What the deal would cost in all.</param>
    /// <param name="now">The moment.</param>
    public static LedgerRefusal? AdvisoryCheck(Mandate mandate, MandateUsage used, Money total, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(mandate);
        return CheckDeal(mandate, used, total, now)?.Reason;
    }

    /// <summary>The binding check of one side of a deal; null where the mandate allows it.</summary>
    internal static LedgerRefused? Check(in MandateRow row, DealParty party, Money total, LedgerTime now)
    {
        if (row.RevokedBy.Value != 0)
        {
            return new LedgerRefused(LedgerRefusal.MandateRevoked, Entry: row.RevokedBy);
        }

        if (row.Mandate.Agent != party.Agent || row.Mandate.Principal != party.Principal)
        {
            return new LedgerRefused(LedgerRefusal.MandateOfAnotherAgent);
        }

        return CheckDeal(row.Mandate, row.Usage, total, now);
    }

    private static LedgerRefused? CheckDeal(Mandate mandate, MandateUsage used, Money total, LedgerTime now)
    {
        if (mandate.Currency != total.Currency)
        {
            return new LedgerRefused(LedgerRefusal.MandateCurrencyDiffers);
        }

        if (now < mandate.NotBefore)
        {
            return new LedgerRefused(LedgerRefusal.MandateNotYetValid);
        }

        if (now >= mandate.ExpiresAt)
        {
            return new LedgerRefused(LedgerRefusal.MandateExpired);
        }

        if (total.MinorUnits > mandate.PerDealMaxMinor)
        {
            return new LedgerRefused(
                LedgerRefusal.MandatePerDealMaxExceeded, Asked: total.MinorUnits, Allowed: mandate.PerDealMaxMinor);
        }

        var left = mandate.BudgetMaxMinor - used.TotalMinor;
        return total.MinorUnits > left
            ? new LedgerRefused(LedgerRefusal.MandateWouldBeExceeded, Asked: total.MinorUnits, Allowed: left)
            : null;
    }
}
