using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>
/// Delegation: a child allows nothing that its parent does not allow. A budget over a longer window is the narrower
/// one: whoever spends at most 10 in a month spends at most 10 on each of its days.
/// </summary>
internal static class DelegationRules
{
    /// <summary>Why a mandate cannot be delegated from another one; null where it can.</summary>
    public static LedgerRefused? Check(Mandate child, Mandate parent)
    {
        if (parent.DelegationDepthMax == 0)
        {
            return new LedgerRefused(LedgerRefusal.MandateMayNotDelegate);
        }

        return WiderField(child, parent) is { } field
            ? new LedgerRefused(LedgerRefusal.MandateNotNarrower, Field: field)
            : null;
    }

    /// <summary>The first field in which a child allows more than its parent; null where there is none.</summary>
    private static LedgerField? WiderField(Mandate child, Mandate parent) =>
        child.Currency != parent.Currency ? LedgerField.Currency
        : child.PerDealMaxMinor > parent.PerDealMaxMinor ? LedgerField.PerDealMaxMinor
        : child.BudgetMaxMinor > parent.BudgetMaxMinor ? LedgerField.BudgetMaxMinor
        : child.NotBefore < parent.NotBefore ? LedgerField.NotBefore
        : child.ExpiresAt > parent.ExpiresAt ? LedgerField.ExpiresAt
        : child.Window < parent.Window ? LedgerField.Window
        : (child.Actions & ~parent.Actions) != 0 ? LedgerField.Actions
        : !IsSubset(child.Categories, parent.Categories, StringComparer.OrdinalIgnoreCase)
            ? LedgerField.Categories
        : !IsSubset(child.CounterpartiesAllowed, parent.CounterpartiesAllowed)
            ? LedgerField.CounterpartiesAllowed
        : parent.CounterpartiesDenied.Except(child.CounterpartiesDenied).Any() ? LedgerField.CounterpartiesDenied
        : IsWider(child.OpenHoldsMax, parent.OpenHoldsMax) ? LedgerField.OpenHoldsMax
        : IsWider(child.DealsMax, parent.DealsMax) ? LedgerField.DealsMax
        : IsWider(child.ApprovalAboveMinor, parent.ApprovalAboveMinor) ? LedgerField.ApprovalAboveMinor
        : child.DelegationDepthMax >= parent.DelegationDepthMax ? LedgerField.DelegationDepthMax
        : null;

    private static bool IsWider(long? child, long? parent) => parent is { } limit && (child is null || child > limit);

    /// <summary>Whether all that a list allows another one allows too; an empty list allows everything.</summary>
    private static bool IsSubset<T>(ValueArray<T> child, ValueArray<T> parent, IEqualityComparer<T>? comparer = null) =>
        parent.Count == 0 || (child.Count > 0 && !child.Except(parent, comparer).Any());
}
