using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>How a script is run.</summary>
public sealed record LedgerModelOptions
{
    /// <summary>The usual way: the ledger's own rules, every command, every check.</summary>
    public static LedgerModelOptions Default { get; } = new();

    /// <summary>The rules under test; put others here to see that a defect is found.</summary>
    public Func<LedgerBook, LedgerCommand, LedgerTime, LedgerDecision> Decide { get; init; } =
        static (book, command, now) => LedgerRules.DecideRecalling(book.State, command, now, book.EntryAt);

    /// <summary>How many ids the ledger remembers without reading its journal.</summary>
    public int EntriesMax { get; init; } = LedgerLimits.EntriesMax;

    /// <summary>Which commands are told in a state; the others are left out and counted. Null for all.</summary>
    public Func<LedgerBook, LedgerCommand, bool>? Precondition { get; init; }

    /// <summary>The largest part of the commands that may be left out, so that a run still says something.</summary>
    public double DiscardRateMax { get; init; } = 0.2;

    /// <summary>
    /// A check of your own after every command; a throw is a failure like any other, with the script that leads
    /// to it.
    /// </summary>
    public Action<LedgerBook, LedgerCommand, LedgerVerdict>? Also { get; init; }
}
