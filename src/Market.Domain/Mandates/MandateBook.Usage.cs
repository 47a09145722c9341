using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <content>
/// What deals take of mandates, and give back. An amount counts in the window in which its deal was settled, and is
/// given back to that window only: a deal of yesterday's that is reversed today does not widen today's budget.
/// </content>
internal sealed partial class MandateBook
{
    /// <summary>A deal settled at a moment takes its total of a mandate and of every ancestor.</summary>
    /// <param name="place">The mandate, or <see cref="OpenHold.None"/>.</param>
    /// <param name="amount">The deal's total, in minor units.</param>
    /// <param name="isHeld">Whether it is held until delivery rather than posted.</param>
    /// <param name="at">When the deal was settled.</param>
    public void Take(int place, long amount, bool isHeld, LedgerTime at)
    {
        for (; place != None; place = _rows[place].Parent)
        {
            ref var row = ref _rows[place];
            var window = BudgetWindows.StartOf(row.Mandate.Window, at);
            if (window != row.WindowStart)
            {
                (row.WindowStart, row.WindowUsedMinor) = (window, 0);
            }

            row.WindowUsedMinor += amount;
            row.Deals++;
            row.OpenHolds += isHeld ? 1 : 0;
            row.Usage = isHeld
                ? row.Usage with { HeldMinor = row.Usage.HeldMinor + amount }
                : row.Usage with { PostedMinor = row.Usage.PostedMinor + amount };
        }
    }

    /// <summary>A deal that was held is posted: what it took stays taken.</summary>
    public void Post(int place, long amount)
    {
        for (; place != None; place = _rows[place].Parent)
        {
            ref var row = ref _rows[place];
            row.OpenHolds--;
            row.Usage = new MandateUsage(row.Usage.HeldMinor - amount, row.Usage.PostedMinor + amount);
        }
    }

    /// <summary>A deal that was held is voided: everything is as before it.</summary>
    /// <param name="place">The mandate, or <see cref="OpenHold.None"/>.</param>
    /// <param name="amount">What the deal had taken.</param>
    /// <param name="takenAt">When it was settled.</param>
    public void Release(int place, long amount, LedgerTime takenAt)
    {
        for (; place != None; place = _rows[place].Parent)
        {
            ref var row = ref _rows[place];
            row.OpenHolds--;
            row.Deals--;
            row.Usage = row.Usage with { HeldMinor = row.Usage.HeldMinor - amount };
            GiveBackToWindow(ref row, amount, takenAt);
        }
    }

    /// <summary>
    /// A posted deal is reversed in part or in whole: the amount may be used again, the deal still counts as one.
    /// </summary>
    /// <param name="place">The mandate, or <see cref="OpenHold.None"/>.</param>
    /// <param name="amount">What is reversed, in minor units.</param>
    /// <param name="takenAt">When the deal was settled, not when it is reversed.</param>
    public void GiveBack(int place, long amount, LedgerTime takenAt)
    {
        for (; place != None; place = _rows[place].Parent)
        {
            ref var row = ref _rows[place];
            row.Usage = row.Usage with { PostedMinor = row.Usage.PostedMinor - amount };
            GiveBackToWindow(ref row, amount, takenAt);
        }
    }

    /// <summary>Asserts that a mandate and its ancestors are within their budgets (INV-11).</summary>
    public void AssertWithinBudget(int place)
    {
        for (; place != None; place = _rows[place].Parent)
        {
            ref readonly var row = ref this[place];
            LedgerAssert.That(
                row.WindowUsedMinor <= row.Mandate.BudgetMaxMinor, "An entry exceeds a mandate's budget.");
        }
    }

    private static void GiveBackToWindow(ref MandateRow row, long amount, LedgerTime takenAt)
    {
        if (BudgetWindows.StartOf(row.Mandate.Window, takenAt) == row.WindowStart)
        {
            row.WindowUsedMinor -= amount;
        }
    }
}
