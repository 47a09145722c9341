namespace Market.Domain.Mandates;

/// <summary>The time over which a mandate's budget is counted.</summary>
public enum BudgetWindow : byte
{
    /// <summary>One UTC day, from midnight.</summary>
    Day = 1,

    /// <summary>One UTC calendar month, from midnight of its first day.</summary>
    Month = 2,

    /// <summary>The mandate's whole life.</summary>
    Total = 3,
}

/// <summary>Where windows begin: a function of the ledger's time alone.</summary>
public static class BudgetWindows
{
    /// <summary>The first moment of the window that a moment is in; the default moment for a total budget.</summary>
    public static LedgerTime StartOf(BudgetWindow window, LedgerTime at) => window switch
    {
        BudgetWindow.Day => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerDay)),
        BudgetWindow.Month => MonthOf(at),
        _ => default,
    };

    private static LedgerTime MonthOf(LedgerTime at)
    {
        var day = at.ToUtc();
        return LedgerTime.FromUtc(new DateTimeOffset(day.Year, day.Month, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
