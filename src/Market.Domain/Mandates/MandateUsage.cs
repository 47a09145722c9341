namespace Market.Domain.Mandates;

/// <summary>
/// How much of a mandate's budget deals have taken: a deal's total is held, then posted or given back.
/// </summary>
/// <param name="HeldMinor">Totals of deals held until delivery, in minor units.</param>
/// <param name="PostedMinor">Totals of deals posted, less what was reversed, in minor units.</param>
public readonly record struct MandateUsage(long HeldMinor, long PostedMinor)
{
    /// <summary>Held and posted together; never above the mandate's budget (INV-11).</summary>
    public long TotalMinor => HeldMinor + PostedMinor;
}
