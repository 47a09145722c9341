namespace Market.Domain.Settling;

/// <summary>The limits of one ledger command, each with its reason. Above a limit the command is refused.</summary>
public static class LedgerLimits
{
    /// <summary>
    /// Legs of one entry: five make a deal of two listings; the bound keeps a decision short and its row small.
    /// </summary>
    public const int LegsMax = 16;

    /// <summary>Holds that one entry expires, so that an entry stays small; the next step takes the rest.</summary>
    public const int HoldsExpiredMax = 256;

    /// <summary>Accounts that one question about a principal looks at, so that no question stalls the book.</summary>
    public const int AccountsShownMax = 256;

    /// <summary>Accounts that the closing of a listing or a request evicts, so that its entry stays small.</summary>
    public const int AccountsEvictedMax = 1_024;

    /// <summary>
    /// Ids that a book remembers exactly unless it is told another number: those that are told again soon are among
    /// them, and they lie near the processor. Older ones are looked up in the journal.
    /// </summary>
    public const int EntriesMax = 16_384;

    /// <summary>
    /// Open holds on one principal's money. Whoever reserves goods of others by holds it never posts runs out of them.
    /// </summary>
    public const int HoldsPerPrincipalMax = 1_000_000;

    /// <summary>Fee of 100 %, in basis points.</summary>
    public const int BasisPointsMax = 10_000;

    /// <summary>How far ahead a hold may end: every hold has a deadline in reach (INV-21).</summary>
    public static readonly TimeSpan HoldDurationMax = TimeSpan.FromDays(400);
}
