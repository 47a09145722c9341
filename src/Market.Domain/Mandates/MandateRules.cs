using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>
/// What one mandate allows. The ledger's own check, at its time and against its usage, is the one that binds; the same
/// rules on a copy (<see cref="MandateCopies"/>) tell an agent early, and decide nothing.
/// </summary>
public static class MandateRules
{
    /// <summary>Whether a mandate makes sense by itself; null where it does.</summary>
    public static LedgerRefusal? CheckGrant(Mandate mandate)
    {
        ArgumentNullException.ThrowIfNull(mandate);
        var isWellFormed = mandate.Principal.Value >= 1
            && mandate.Agent.Value >= 1
            && Asset.Money(mandate.Currency).IsWellFormed
            && mandate.PerDealMaxMinor is >= 1 and <= MarketLimits.AmountMax
            && mandate.BudgetMaxMinor is >= 1 and <= MarketLimits.AmountMax
            && mandate.ApprovalAboveMinor is null or (>= 0 and <= MarketLimits.AmountMax)
            && mandate.NotBefore < mandate.ExpiresAt
            && Enum.IsDefined(mandate.Window)
            && Enum.IsDefined(mandate.Actions)
            && mandate.Categories.Count <= MandateLimits.CategoriesMax
            && mandate.Categories.All(Names.IsValid)
            && mandate.CounterpartiesAllowed.Count <= MandateLimits.CounterpartiesMax
            && mandate.CounterpartiesDenied.Count <= MandateLimits.CounterpartiesMax
            && mandate.OpenHoldsMax is null or (>= 0 and <= MandateLimits.CountMax)
            && mandate.DealsMax is null or (>= 1 and <= MandateLimits.CountMax)
            && mandate.DelegationDepthMax is >= 0 and <= MandateLimits.DelegationDepthMax;
        return isWellFormed ? null : LedgerRefusal.MandateMalformed;
    }

    /// <summary>
    /// The first rule of one mandate that a deal breaks at a moment; null where it is allowed. Whose mandate it is,
    /// whether it was stopped, and its ancestors are <see cref="MandateBook"/>'s to check.
    /// </summary>
    internal static LedgerRefused? Check(in MandateRow row, in MandatedDeal deal, LedgerTime now) =>
        CheckScope(row.Mandate, deal, now) is { } refusal
            ? new LedgerRefused(refusal)
            : CheckAmounts(row, deal, now);

    /// <summary>The refusal of whatever needs a mandate that does not hold.</summary>
    internal static LedgerRefusal Stopped(MandateStatus status) => status == MandateStatus.Revoked
        ? LedgerRefusal.MandateRevoked
        : LedgerRefusal.MandateSuspended;

    private static LedgerRefusal? CheckScope(Mandate mandate, in MandatedDeal deal, LedgerTime now)
    {
        if (mandate.Currency != deal.Total.Currency)
        {
            return LedgerRefusal.MandateCurrencyDiffers;
        }

        if (now < mandate.NotBefore)
        {
            return LedgerRefusal.MandateNotYetValid;
        }

        if (now >= mandate.ExpiresAt)
        {
            return LedgerRefusal.MandateExpired;
        }

        if ((mandate.Actions & deal.Action) != deal.Action)
        {
            return LedgerRefusal.MandateActionNotAllowed;
        }

        if (mandate.Categories.Count > 0 && !Contains(mandate.Categories, deal.Category))
        {
            return LedgerRefusal.MandateCategoryNotAllowed;
        }

        return AllowsCounterparty(mandate, deal.Counterparty) ? null : LedgerRefusal.MandateCounterpartyNotAllowed;
    }

    private static LedgerRefused? CheckAmounts(in MandateRow row, in MandatedDeal deal, LedgerTime now)
    {
        var (mandate, total) = (row.Mandate, deal.Total.MinorUnits);
        if (total > mandate.PerDealMaxMinor)
        {
            return new LedgerRefused(
                LedgerRefusal.MandatePerDealMaxExceeded, Asked: total, Allowed: mandate.PerDealMaxMinor);
        }

        if (mandate.ApprovalAboveMinor is { } threshold && total > threshold && !deal.IsApproved)
        {
            return new LedgerRefused(LedgerRefusal.ApprovalRequired, Asked: total, Allowed: threshold);
        }

        if (mandate.DealsMax is { } dealsMax && row.Deals >= dealsMax)
        {
            return new LedgerRefused(LedgerRefusal.MandateDealsExceeded, Asked: row.Deals + 1, Allowed: dealsMax);
        }

        if (deal.IsHeld && mandate.OpenHoldsMax is { } holdsMax && row.OpenHolds >= holdsMax)
        {
            return new LedgerRefused(
                LedgerRefusal.MandateOpenHoldsExceeded, Asked: row.OpenHolds + 1L, Allowed: holdsMax);
        }

        var left = mandate.BudgetMaxMinor - row.UsedIn(now);
        return total > left
            ? new LedgerRefused(LedgerRefusal.MandateWouldBeExceeded, Asked: total, Allowed: left)
            : null;
    }

    private static bool AllowsCounterparty(Mandate mandate, PrincipalNumber counterparty) =>
        (mandate.CounterpartiesAllowed.Count == 0 || mandate.CounterpartiesAllowed.AsSpan().Contains(counterparty))
        && !mandate.CounterpartiesDenied.AsSpan().Contains(counterparty);

    private static bool Contains(ValueArray<string> categories, string? category)
    {
        foreach (var allowed in categories)
        {
            if (string.Equals(allowed, category, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
