using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>A mandate as the audit follows it: what deals under it and under its children have taken.</summary>
internal sealed class AuditedMandate(Mandate mandate)
{
    private readonly Dictionary<long, Int128> _usedByWindow = [];

    public Mandate Mandate { get; } = mandate;

    /// <summary>The entry that revoked it; 0 for none.</summary>
    public long RevokedBy { get; set; }

    public bool IsSuspended { get; set; }

    public long Deals { get; set; }

    public long OpenHolds { get; set; }

    /// <summary>What deals settled in the window of a moment have taken, less what was given back.</summary>
    public Int128 UsedIn(Moment at) => _usedByWindow.GetValueOrDefault(WindowOf(at));

    public void Take(long amount, Moment at, bool isHeld)
    {
        _usedByWindow[WindowOf(at)] = UsedIn(at) + amount;
        Deals++;
        OpenHolds += isHeld ? 1 : 0;
    }

    public void GiveBack(long amount, Moment at) => _usedByWindow[WindowOf(at)] = UsedIn(at) - amount;

    /// <summary>Whether a mandate lets its agent deal with a principal.</summary>
    public static bool MayDealWith(Mandate mandate, PrincipalNumber other) =>
        !mandate.Denied.All.Contains(other.Value)
        && (mandate.Allowed.Count == 0 || mandate.Allowed.All.Contains(other.Value));

    /// <summary>Whether a child allows nothing that its parent does not allow.</summary>
    public static bool IsNarrower(Mandate child, Mandate parent) =>
        child.Currency == parent.Currency
        && child.PerDealMaxMinor <= parent.PerDealMaxMinor
        && child.BudgetMaxMinor <= parent.BudgetMaxMinor
        && child.NotBefore >= parent.NotBefore
        && child.ExpiresAt <= parent.ExpiresAt
        && child.Window >= parent.Window
        && (child.Actions & ~parent.Actions) == 0
        && child.DelegationDepthMax < parent.DelegationDepthMax
        && IsWithin(child.OpenHoldsMax, parent.OpenHoldsMax)
        && IsWithin(child.DealsMax, parent.DealsMax)
        && IsWithin(child.ApprovalAboveMinor, parent.ApprovalAboveMinor);

    private static bool IsWithin(long? child, long? parent) => parent is null || child <= parent;

    // The day or month of a moment, UTC; one window for a total budget.
    private long WindowOf(Moment at) => Mandate.Window switch
    {
        BudgetWindow.Day => at.Ticks / TimeSpan.TicksPerDay,
        BudgetWindow.Month => new DateTime(at.Ticks, DateTimeKind.Utc) is var day ? (day.Year * 12) + day.Month : 0,
        _ => 0,
    };
}
